"""The pages and addresses of the site, one module per group.

Addresses for programs come first: what they do not take is a page, whose address begins with a language.
"""

from registry.web.pages import (
    check,
    comparison,
    document,
    graphql_endpoint,
    health,
    organisation,
    search,
    snapshot,
    source,
    sparql,
    standard,
    start,
    term,
    thing,
)

__all__ = ["ROUTERS"]

ROUTERS = (
    health.router,
    sparql.router,
    check.router,
    graphql_endpoint.router,
    snapshot.router,
    document.router,
    organisation.router,
    term.router,
    standard.router,
    start.router,
    search.router,
    thing.router,
    comparison.router,
    source.router,
)
