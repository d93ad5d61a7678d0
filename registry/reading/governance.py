"""Who does what in a programme, and how governments direct it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from registry.graph.question import ask
from registry.reading.record import Record, gather
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from rdflib import Literal

    from registry.graph.store import GraphStore

__all__ = ["Assignment", "Direction", "Governance", "read_governance"]

#: Kinds that a reasoner names; the last that applies says most.
DIRECTIONS: Final = (
    KOEPEL.ControllingDirector,
    KOEPEL.ImplementingDirector,
    KOEPEL.VisionaryDirector,
    KOEPEL.FacilitatingDirector,
    KOEPEL.AtLeastMinimalRole,
    KOEPEL.AtLeastExtendedRole,
    KOEPEL.AtLeastMaximalRole,
)


@dataclass(frozen=True)
class Assignment:
    """One or more tasks of one actor in one programme."""

    iri: URIRef
    record: Record = field(repr=False)

    @property
    def actor(self) -> URIRef | None:
        """Who has the task."""
        return self.record.link(KOEPEL.actor)

    @property
    def programme(self) -> URIRef | None:
        """The initiative in which the task is done."""
        return self.record.link(KOEPEL.forProgramme)

    @property
    def tasks(self) -> tuple[URIRef, ...]:
        """What is done."""
        return self.record.links(KOEPEL.task)

    @property
    def role(self) -> URIRef | None:
        """The place of the actor in the programme, such as funder or local executor."""
        return self.record.link(KOEPEL.governanceRole)

    @property
    def involvement(self) -> URIRef | None:
        """Whether the actor is responsible, shares, supports, is consulted or is informed."""
        return self.record.link(KOEPEL.involvement)

    @property
    def as_of(self) -> Literal | None:
        """When this held."""
        return self.record.literal(KOEPEL.asOf)

    @property
    def based_on(self) -> tuple[URIRef, ...]:
        """The statements that say so."""
        return self.record.links(KOEPEL.basedOn)


@dataclass(frozen=True)
class Direction:
    """How one government directs one programme."""

    iri: URIRef
    record: Record = field(repr=False)

    @property
    def government(self) -> URIRef | None:
        """Who directs."""
        return self.record.link(KOEPEL.government)

    @property
    def programme(self) -> URIRef | None:
        """What is directed."""
        return self.record.link(KOEPEL.forProgramme)

    @property
    def kind(self) -> URIRef | None:
        """The kind of direction that follows from what is described; none where the description leaves it open."""
        kinds = set(self.record.links(RDF.type))
        return next((kind for kind in reversed(DIRECTIONS) if kind in kinds), None)

    @property
    def tasks(self) -> tuple[URIRef, ...]:
        """What a local government does."""
        return self.record.links(KOEPEL.performsTask)

    @property
    def based_on(self) -> tuple[URIRef, ...]:
        """The statements that say so."""
        return self.record.links(KOEPEL.basedOn)


@dataclass(frozen=True)
class Governance:
    """The tasks and directions that have to do with one programme or one actor."""

    assignments: tuple[Assignment, ...]
    directions: tuple[Direction, ...]


def read_governance(store: GraphStore, thing: URIRef) -> Governance:
    """Read who does what in an initiative, or what an organisation does in all of them."""
    records = gather(ask(store, "governance", thing=thing))
    named = [(iri, records[iri]) for iri in sorted(records, key=str) if isinstance(iri, URIRef)]
    return Governance(
        tuple(Assignment(iri, record) for iri, record in named if record.all(KOEPEL.task)),
        tuple(Direction(iri, record) for iri, record in named if record.all(KOEPEL.government)),
    )
