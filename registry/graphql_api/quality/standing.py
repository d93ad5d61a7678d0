"""Where initiatives stand against quality standards, as a machine reads their descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.field import field, listed
from registry.graphql_api.quality.outcome import Outcome, outcome
from registry.graphql_api.quality.standard import (
    Criterion,
    Requirement,
    Standard,
    criterion,
    requirement,
    standard,
)
from registry.graphql_api.session import Frame
from registry.reading.entry import Entry
from registry.reading.standing import RequirementStanding as FoundRow
from registry.reading.standing import Standing as Found
from registry.validation.standard import BASIC

__all__ = ["RequirementStanding", "Standing", "Tokens", "standings"]

Tokens = Annotated[
    list[str] | None,
    strawberry.argument(description="Short names of standards; all where nothing is said."),
]


@strawberry.type(description="Where an initiative stands with one requirement.")
class RequirementStanding:
    """One row of a scorecard."""

    frame: Private[Frame]
    found: Private[FoundRow]
    requirement: Requirement = strawberry.field(description="The requirement.")
    basic: Outcome | None = strawberry.field(
        description="The outcome at the basic level; null where that level asks nothing."
    )
    additional: Outcome | None = strawberry.field(
        description="The outcome at the additional level; null where that level asks nothing."
    )

    @listed(2)
    def open_criteria(self) -> list[Criterion]:
        """The criteria that keep the requirement open at either level."""
        return [criterion(self.frame, one) for one in self.found.open_criteria]


@strawberry.type(
    description="Where an initiative stands against one standard, as a machine reads its description."
)
class Standing:
    """A scorecard."""

    frame: Private[Frame]
    subject: Private[URIRef]
    known: Private[str | None]
    """The outcome at the basic level, where the catalogue knows it."""
    standard: Standard = strawberry.field(description="The standard.")

    @field
    async def date(self) -> str | None:
        """The day as of which this was worked out."""
        found = await self._found()
        return str(found.date) if found and found.date else None

    @field
    async def basic(self) -> Outcome | None:
        """The worst outcome at the basic level; null where that level asks nothing."""
        if self.known is not None:
            return outcome(self.known)
        found = await self._found()
        return outcome(found.basic.outcome if found and found.basic else None)

    @field
    async def additional(self) -> Outcome | None:
        """The worst outcome at the additional level; null where that level asks nothing."""
        found = await self._found()
        return outcome(found.additional.outcome if found and found.additional else None)

    @listed(10)
    async def requirements(self) -> list[RequirementStanding]:
        """The requirements one by one."""
        found = await self._found()
        rows = found.requirements if found else ()
        return [_row(self.frame, one) for one in rows]

    async def _found(self) -> Found | None:
        found = await self.frame.load.standings.load(self.subject)
        return next((one for one in found if one.standard.iri == self.standard.named), None)


async def standings(frame: Frame, entry: Entry, tokens: Sequence[str] | None) -> list[Standing]:
    """Give to a client where an initiative stands: against all standards that judge it, or those it names.

    The catalogue knows the worst outcome at the basic level, so whoever asks no more makes the graph answer
    nothing. What asks nothing at that level, and the past, are known to the graph alone.
    """
    held = frame.edition.rulebook.standards.values()
    if entry.readiness and all(any(use.level == BASIC for use in one.uses) for one in held):
        judging = [one for one in held if one.iri in entry.readiness]
    else:
        judging = [one.standard for one in await frame.load.standings.load(entry.iri)]
    return [
        Standing(
            frame=frame,
            subject=entry.iri,
            known=entry.readiness.get(one.iri),
            standard=standard(frame, one),
        )
        for one in judging
        if tokens is None or one.token in tokens
    ]


def _row(frame: Frame, found: FoundRow) -> RequirementStanding:
    """Give a row to a client; there are so many of them that their fields are filled at once."""
    return RequirementStanding(
        frame=frame,
        found=found,
        requirement=requirement(frame, found.requirement),
        basic=outcome(found.basic.outcome if found.basic else None),
        additional=outcome(found.additional.outcome if found.additional else None),
    )
