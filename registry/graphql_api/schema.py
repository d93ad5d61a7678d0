"""The schema, with limits on what one request may ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import strawberry
from strawberry.extensions import MaskErrors, MaxAliasesLimiter, MaxTokensLimiter, QueryDepthLimiter

from registry.errors import KoepelError
from registry.graphql_api.queries import Query

if TYPE_CHECKING:
    from graphql import GraphQLError
    from strawberry.types.execution import ExecutionContext

__all__ = ["SCHEMA_FILE", "schema"]

SCHEMA_FILE: Final = Path(__file__).parent / "schema.graphql"
"""The schema as clients see it."""

DEEPEST: Final = 8
MOST_ALIASES: Final = 15
MOST_TOKENS: Final = 1000


class Schema(strawberry.Schema):
    """Writes to the log what is wrong with the registry, and not what is wrong with a request."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log what nobody expected."""
        super().process_errors([error for error in errors if _is_unexpected(error)], execution_context)


def _is_unexpected(error: GraphQLError) -> bool:
    """Errors of the registry and of GraphQL say what to do next; anything else stays inside."""
    return error.original_error is not None and not isinstance(error.original_error, KoepelError)


schema: Final = Schema(
    query=Query,
    extensions=[
        lambda: QueryDepthLimiter(max_depth=DEEPEST),
        lambda: MaxAliasesLimiter(max_alias_count=MOST_ALIASES),
        lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
        lambda: MaskErrors(should_mask_error=_is_unexpected),
    ],
)
