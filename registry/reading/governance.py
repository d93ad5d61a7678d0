"""Who does what in a programme, and how governments direct it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from registry.graph.question import ask
from registry.reading.catalogue import last_part
from registry.reading.record import Record, gather_by
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rdflib import Literal
    from rdflib.term import Node

    from registry.graph.store import GraphStore

__all__ = ["Assignment", "Direction", "Governance", "read_governance", "read_governances"]

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
#: From those who steer to those who carry out, as readers expect them.
ROLES: Final = (
    "supralocal-government",
    "government",
    "integration-agency",
    "umbrella-organisation",
    "programme-carrier",
    "coordinating-body",
    "supervising-organisation",
    "local-government",
    "franchisee",
    "referring-organisation",
    "local-executor",
    "civil-society",
    "support-organisation",
    "research-institute",
    "funder",
)
#: What is said of a direction, in the order in which people read it.
ABOUT_DIRECTION: Final = (
    KOEPEL.steeringBasis,
    KOEPEL.holdsEnforcementPower,
    KOEPEL.exercisesEnforcementPower,
    KOEPEL.usesOwnPolicyFramework,
    KOEPEL.performsTask,
    KOEPEL.asOf,
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
        """The kind of direction that follows from the description; none where that leaves it open."""
        kinds = set(self.record.links(RDF.type))
        return next((kind for kind in reversed(DIRECTIONS) if kind in kinds), None)

    @property
    def facts(self) -> tuple[tuple[URIRef, tuple[Node, ...]], ...]:
        """What is said of it, by property."""
        return tuple((one, self.record.all(one)) for one in ABOUT_DIRECTION if self.record.all(one))

    @property
    def based_on(self) -> tuple[URIRef, ...]:
        """The statements that say so."""
        return self.record.links(KOEPEL.basedOn)


@dataclass(frozen=True)
class Governance:
    """The tasks and directions that have to do with one programme or one actor."""

    assignments: tuple[Assignment, ...]
    directions: tuple[Direction, ...]

    def by_actor(self) -> list[tuple[URIRef, list[Assignment]]]:
        """Put the assignments of each actor together."""
        return _together(self.assignments, lambda one: one.actor)

    def by_programme(self) -> list[tuple[URIRef, list[Assignment]]]:
        """Put the assignments in each initiative together."""
        return _together(self.assignments, lambda one: one.programme)


def read_governance(store: GraphStore, thing: URIRef) -> Governance:
    """Read who does what in an initiative, or what an organisation does in all of them."""
    return read_governances(store, [thing])[thing]


def read_governances(store: GraphStore, things: Sequence[URIRef]) -> dict[URIRef, Governance]:
    """Read the same of many initiatives and organisations at once."""
    found = gather_by(ask(store, "governance", thing=things), "thing")
    return {thing: _governance(found.get(thing, {})) for thing in things}


def _governance(records: Mapping[Node, Record]) -> Governance:
    named = [(iri, records[iri]) for iri in sorted(records, key=str) if isinstance(iri, URIRef)]
    assignments = [Assignment(iri, record) for iri, record in named if record.all(KOEPEL.task)]
    directions = [Direction(iri, record) for iri, record in named if record.all(KOEPEL.government)]
    return Governance(tuple(sorted(assignments, key=_rank)), tuple(directions))


def _rank(assignment: Assignment) -> tuple[int, str, str]:
    role = last_part(assignment.role or "")
    place = ROLES.index(role) if role in ROLES else len(ROLES)
    return place, assignment.actor or "", assignment.iri


def _together(
    assignments: Iterable[Assignment], whose: Callable[[Assignment], URIRef | None]
) -> list[tuple[URIRef, list[Assignment]]]:
    found: dict[URIRef, list[Assignment]] = {}
    for one in assignments:
        if (key := whose(one)) is not None:
            found.setdefault(key, []).append(one)
    return list(found.items())
