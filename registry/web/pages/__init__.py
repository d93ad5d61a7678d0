"""The pages and addresses of the site, one module per group.

Addresses for programs come first: what they do not take is a page, whose address begins with a language.
"""

from registry.web.pages import (
    check,
    comparison,
    document,
    graphql_endpoint,
    search,
    source,
    sparql,
    standard,
    start,
    term,
    thing,
)

__all__ = ["ROUTERS"]

ROUTERS = (
    sparql.router,
    check.router,
    graphql_endpoint.router,
    document.router,
    term.router,
    standard.router,
    start.router,
    search.router,
    thing.router,
    comparison.router,
    source.router,
)
