"""How governments direct."""

from __future__ import annotations

import strawberry
from strawberry import Private

from registry.graphql_api.evidence import statement
from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import AnInitiative, AnOrganisation, initiative, organisation
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import code
from registry.reading.governance import Direction as Found

__all__ = ["Direction", "directions"]


@strawberry.type(description="How one government directs one initiative.")
class Direction:
    """How a government directs."""

    frame: Private[Frame]
    found: Private[Found]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.found.iri)

    @field
    def government(self) -> AnOrganisation | None:
        """Who directs."""
        return organisation(self.frame, self.found.government)

    @field
    def programme(self) -> AnInitiative | None:
        """What is directed."""
        return initiative(self.frame, self.found.programme)

    @field
    def kind(self) -> code.Code | None:
        """The kind of direction that follows from what is described.

        Null if it stays open, and for the past, of which no conclusions are drawn.
        """
        return code.code(self.frame, self.found.kind)

    @listed(2)
    def based_on(self) -> list[statement.Statement]:
        """The statements that say so."""
        return statement.statements(self.frame, self.found.based_on)


def directions(frame: Frame, found: tuple[Found, ...]) -> list[Direction]:
    """Give directions to a client."""
    return [Direction(frame=frame, found=one) for one in found]
