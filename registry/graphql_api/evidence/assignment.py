"""Who does what in an initiative."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.evidence import statement
from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import AnInitiative, AnOrganisation, initiative, organisation
from registry.graphql_api.paging.connection import Connection, Listing, Range
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Node
from registry.reading.governance import Assignment, Governance
from registry.reading.record import Record
from registry.vocabulary import KOEPEL

__all__ = ["TaskAssignment", "assignments", "page"]


@strawberry.federation.type(
    keys=["iri"], description="One or more tasks of one actor in one initiative, as sources tell it."
)
class TaskAssignment(Node):
    """Who does what."""

    read: Private[Assignment | None] = None

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> TaskAssignment | None:
        """Find an assignment by its IRI."""
        record = await frame.load.records.load(iri)
        is_one = record is not None and record.all(KOEPEL.task)
        return cls(frame=frame, named=iri) if is_one else None

    @field
    async def actor(self) -> AnOrganisation | None:
        """Who has the task."""
        return organisation(self.frame, (await self._told()).actor)

    @field
    async def programme(self) -> AnInitiative | None:
        """The initiative in which the task is done."""
        return initiative(self.frame, (await self._told()).programme)

    @listed(2)
    async def tasks(self) -> list[code.Code]:
        """What is done."""
        return code.codes(self.frame, (await self._told()).tasks)

    @field
    async def role(self) -> code.Code | None:
        """The place of the actor in the initiative, such as funder or local executor."""
        return code.code(self.frame, (await self._told()).role)

    @field
    async def involvement(self) -> code.Code | None:
        """Whether the actor is responsible, shares, supports, is consulted or is informed."""
        return code.code(self.frame, (await self._told()).involvement)

    @field
    async def as_of(self) -> str | None:
        """When this held."""
        as_of = (await self._told()).as_of
        return None if as_of is None else str(as_of)

    @listed(2)
    async def based_on(self) -> list[statement.Statement]:
        """The statements that say so, each with its source."""
        return statement.statements(self.frame, (await self._told()).based_on)

    @listed(1)
    async def contradicted_by(self) -> list[statement.Statement]:
        """The statements that cannot be right together with those that say so."""
        based_on = (await self._told()).based_on
        records = await self.frame.load.records.load_many(based_on)
        conflicts = {one for record in records if record for one in record.links(KOEPEL.conflictsWith)}
        return statement.statements(self.frame, sorted(conflicts))

    async def _told(self) -> Assignment:
        if self.read is None:
            record = await self.frame.load.records.load(self.named)
            self.read = Assignment(self.named, record or Record(self.named, {}))
        return self.read


def page(listing: Listing[URIRef], asked: Range) -> Connection[TaskAssignment]:
    """Give a page of assignments to a client."""
    return Connection.of(listing, asked, lambda iri: TaskAssignment(frame=listing.frame, named=iri))


def assignments(frame: Frame, thing: URIRef, found: Governance, asked: Range) -> Connection[TaskAssignment]:
    """Give a page of what has to do with one thing to a client."""
    listing = Listing(frame, f"task assignments of {thing}", found.assignments)
    return Connection.of(listing, asked, lambda one: TaskAssignment(frame=frame, named=one.iri, read=one))
