"""Everything that can be asked."""

from __future__ import annotations

import strawberry

from registry.graphql_api.certification.party.signed_in import SignedInQuery
from registry.graphql_api.certification.public import PublicQuery
from registry.graphql_api.query.lists import Lists
from registry.graphql_api.query.lookup import Lookup

__all__ = ["Query"]


@strawberry.type(description="Everything that can be asked.")
class Query(Lists, Lookup, PublicQuery, SignedInQuery):
    """Everything that can be asked."""
