"""What a publication says, and where two statements disagree."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import ASource, anything, source
from registry.graphql_api.paging.connection import Connection, Listing, Range
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Node, Thing
from registry.reading.record import Record
from registry.reading.statement import Statement as Said
from registry.reading.statement import Statements
from registry.vocabulary import KOEPEL

__all__ = ["Contradiction", "Statement", "contradictions", "page", "statements"]


@strawberry.federation.type(
    keys=["iri"], description="What one source says about one or more things, told in words of our own."
)
class Statement(Node):
    """What one source says."""

    read: Private[Said | None] = None

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Statement | None:
        """Find a statement by its IRI."""
        record = await frame.load.records.load(iri)
        is_one = record is not None and record.all(KOEPEL.statedIn)
        return cls(frame=frame, named=iri) if is_one else None

    @field
    async def identifiers(self) -> list[str]:
        """The short names by which it is cited."""
        return list((await self._said()).identifiers)

    @field
    async def text(self, language: Spoken = None) -> LocalText:
        """What it says."""
        return LocalText.of((await self._said()).text(*self.frame.speaking(language)))

    @listed(2)
    async def aspects(self) -> list[code.Code]:
        """The sides of the thing that it concerns, such as its aim or its funding."""
        return code.codes(self.frame, (await self._said()).aspects)

    @listed(2)
    async def about(self) -> list[Thing]:
        """The things that it tells something of."""
        return [anything(self.frame, one) for one in (await self._said()).about]

    @field
    async def source(self) -> ASource | None:
        """The publication that says so."""
        return source(self.frame, (await self._said()).source)

    @field
    async def locator(self) -> str | None:
        """The section, table cell, box or annex of the publication."""
        locator = (await self._said()).locator
        return None if locator is None else str(locator)

    @field
    async def as_of(self) -> str | None:
        """The day, month or year at which it held."""
        as_of = (await self._said()).as_of
        return None if as_of is None else str(as_of)

    @listed(1)
    async def conflicts_with(self) -> list[Statement]:
        """The statements that cannot be right together with this one."""
        return statements(self.frame, (await self._said()).conflicts)

    async def _said(self) -> Said:
        if self.read is None:
            record = await self.frame.load.records.load(self.named)
            self.read = Said(self.named, record or Record(self.named, {}))
        return self.read


@strawberry.type(
    description="Two statements of which at most one can be right. Both are kept; none is preferred."
)
class Contradiction:
    """Two statements that contradict each other."""

    first: Statement = strawberry.field(description="One of the statements.")
    second: Statement = strawberry.field(description="The other one.")


def statements(frame: Frame, iris: Iterable[URIRef]) -> list[Statement]:
    """Give statements to a client, which are read when it asks what they say."""
    return [Statement(frame=frame, named=iri) for iri in iris]


def page(listing: Listing[URIRef], asked: Range) -> Connection[Statement]:
    """Give a page of statements to a client."""
    return Connection.of(listing, asked, lambda iri: Statement(frame=listing.frame, named=iri))


def contradictions(frame: Frame, found: Statements) -> list[Contradiction]:
    """Give the contradictions around a thing to a client."""
    return [
        Contradiction(
            first=Statement(frame=frame, named=one.iri, read=one),
            second=Statement(frame=frame, named=other.iri, read=other),
        )
        for one, other in found.contradictions()
    ]
