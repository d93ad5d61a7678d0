"""Where an initiative stands against each standard, requirement by requirement, as the graph keeps it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from registry.graph.question import ask
from registry.graph.stand import read_stand
from registry.reading.catalogue import last_part
from registry.validation.assessment import Outcome
from registry.validation.standard import ADDITIONAL, BASIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row
    from registry.validation.standard import Criterion, Library, Requirement, Standard

__all__ = ["Mark", "RequirementStanding", "Standing", "read_all_standings", "read_standings"]


@dataclass(frozen=True)
class Mark:
    """The outcome at one level, and the criteria that keep it from being met."""

    outcome: Outcome
    open_criteria: frozenset[URIRef] = frozenset()


@dataclass(frozen=True)
class RequirementStanding:
    """One requirement at both levels; a level at which it asks nothing has no mark."""

    requirement: Requirement
    basic: Mark | None
    additional: Mark | None

    @property
    def open_criteria(self) -> tuple[Criterion, ...]:
        """The criteria that keep the requirement open at either level, in the order of the standard."""
        wanted = {iri for mark in (self.basic, self.additional) if mark for iri in mark.open_criteria}
        criteria = {use.criterion.iri: use.criterion for use in self.requirement.uses}
        return tuple(criterion for iri, criterion in criteria.items() if iri in wanted)


@dataclass(frozen=True)
class Standing:
    """One initiative against one standard, as it stood on the day of the graph, where that says one."""

    standard: Standard
    date: Literal | None
    basic: Mark | None
    additional: Mark | None
    requirements: tuple[RequirementStanding, ...]

    @property
    def counts(self) -> tuple[tuple[Outcome, int], ...]:
        """Count the requirements by outcome at the basic level; nothing is added up or averaged."""
        found = Counter(one.basic.outcome for one in self.requirements if one.basic)
        return tuple((outcome, found[outcome]) for outcome in Outcome if found[outcome])


def read_standings(store: GraphStore, library: Library, thing: URIRef) -> tuple[Standing, ...]:
    """Read where an initiative stands against every standard that judges its like."""
    return read_all_standings(store, library, [thing])[thing]


def read_all_standings(
    store: GraphStore, library: Library, things: Sequence[URIRef]
) -> dict[URIRef, tuple[Standing, ...]]:
    """Read the same of many initiatives at once."""
    rows: dict[Node, list[Row]] = {thing: [] for thing in things}
    for row in ask(store, "scorecard", thing=things).rows:
        rows[row["thing"]].append(row)
    stand = read_stand(store)
    return {thing: _standings(library, rows[thing], stand.day if stand else None) for thing in things}


def _standings(library: Library, rows: Iterable[Row], day: date | None) -> tuple[Standing, ...]:
    marks = _marks(rows)
    judged = {test for test, _ in marks}
    return tuple(
        Standing(
            standard=standard,
            date=Literal(day) if day else None,
            basic=marks.get((standard.iri, BASIC)),
            additional=marks.get((standard.iri, ADDITIONAL)),
            requirements=tuple(
                RequirementStanding(one, marks.get((one.iri, BASIC)), marks.get((one.iri, ADDITIONAL)))
                for one in (standard.on(day) if day else standard).requirements
            ),
        )
        for standard in library.standards.values()
        if standard.iri in judged
    )


def _marks(rows: Iterable[Row]) -> dict[tuple[Node, Node], Mark]:
    outcomes: dict[tuple[Node, Node], Outcome] = {}
    criteria: dict[tuple[Node, Node], set[URIRef]] = {}
    for row in rows:
        key = (row["test"], row["level"])
        outcomes[key] = Outcome(last_part(row["outcome"]))
        if "criterion" in row:
            criteria.setdefault(key, set()).add(URIRef(row["criterion"]))
    return {key: Mark(outcome, frozenset(criteria.get(key, ()))) for key, outcome in outcomes.items()}
