"""The pages and addresses of the site, one module per group.

Addresses for programs come first: what they do not take is a page, whose address begins with a language.
"""

from registry.web.pages import comparison, document, search, source, sparql, standard, start, term, thing

__all__ = ["ROUTERS"]

ROUTERS = tuple(
    module.router for module in (sparql, document, term, standard, start, search, thing, comparison, source)
)
