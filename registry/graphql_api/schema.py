"""The schema, with what watches over every question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, cast

import strawberry
from strawberry.extensions import ParserCache
from strawberry.federation.schema import FederationAny

from registry.graphql_api.certification.act.mutation import Mutation
from registry.graphql_api.entity import entities
from registry.graphql_api.limit.measure import Measure
from registry.graphql_api.mistake import is_unexpected
from registry.graphql_api.query.query import Query
from registry.graphql_api.session import Asked
from registry.graphql_api.state import OneState
from registry.graphql_api.thing.resource import Resource

if TYPE_CHECKING:
    from graphql import GraphQLError, GraphQLObjectType
    from strawberry.types.execution import ExecutionContext

__all__ = ["SCHEMA_FILE", "schema"]

SCHEMA_FILE: Final = Path(__file__).parent / "schema.graphql"
"""The schema as clients see it."""

#: What comes with the library, for portals that put several registers together, says nothing of itself.
TYPES: Final = {
    "_Any": "What another service knows of an entity: its type and its IRI.",
    "_Entity": "Anything that another service may refer to by its IRI.",
    "_Service": "This service, for a gateway that puts several together.",
}
ENTITIES: Final = "What this register knows of the entities that a gateway asks for."
REPRESENTATIONS: Final = "What the gateway knows of them: their type and their IRI."
SERVICE: Final = "This service, for a gateway that puts several together."
SDL: Final = "The schema, with what a gateway needs to know."


class Schema(strawberry.federation.Schema):
    """Writes to the log what is wrong with the registry, and not what is wrong with a question."""

    async def entities_resolver(  # type: ignore[override]  # awaited
        self, info: Asked, representations: list[FederationAny]
    ) -> list[FederationAny]:
        """Find what a gateway asks for."""
        return cast("list[FederationAny]", await entities(info, representations))

    def describe(self) -> Self:
        """Let everything that a gateway asks for say what it is."""
        types = self._schema.type_map
        for name, description in TYPES.items():
            types[name].description = description
        fields = cast("GraphQLObjectType", types["Query"]).fields
        fields["_entities"].description = ENTITIES
        fields["_entities"].args["representations"].description = REPRESENTATIONS
        fields["_service"].description = SERVICE
        cast("GraphQLObjectType", types["_Service"]).fields["sdl"].description = SDL
        return self

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log what nobody expected."""
        super().process_errors([error for error in errors if is_unexpected(error)], execution_context)


schema: Final = Schema(
    query=Query,
    mutation=Mutation,
    types=[Resource],  # what no field is sure to give
    federation_version="2.9",
    extensions=[Measure, OneState, ParserCache],
).describe()
