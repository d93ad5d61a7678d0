"""The pages and addresses of the site, one module per group.

Addresses for programs come first: what they do not take is a page, whose address begins with a language.
"""

from registry.web.pages import search, sparql, start, thing

__all__ = ["ROUTERS"]

ROUTERS = (sparql.router, start.router, search.router, thing.router)
