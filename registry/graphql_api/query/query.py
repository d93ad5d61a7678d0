"""Everything that can be asked."""

from __future__ import annotations

import strawberry

from registry.graphql_api.query.lists import Lists
from registry.graphql_api.query.lookup import Lookup

__all__ = ["Query"]


@strawberry.type(description="Everything that can be asked.")
class Query(Lists, Lookup):
    """Everything that can be asked."""
