"""All members of a certifying body by requirement, and which requirement keeps most of them from a label.

Where a member stands by machine was worked out when the graph was made; it is read in one question, so that a
thousand members take no longer than a page may. What people judged in a case stands above it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from registry.certification.life.way import EXPIRED, load_way
from registry.certification.outlook.calendar import is_living
from registry.graph.question import ask
from registry.report.csv import write_rows
from registry.validation.assessment import Outcome
from registry.validation.standard import ADDITIONAL, BASIC, EVIDENCE, MACHINE
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from rdflib.term import Node

    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload
    from registry.graph.store import GraphStore
    from registry.scheme.scheme import Scheme
    from registry.validation.standard import CriterionUse, Library, Requirement, Standard

__all__ = ["OPEN", "Basis", "Blocker", "Cell", "Member", "Overview", "machine_standings", "overview", "table"]

OPEN: Final = frozenset({Outcome.NOT_MET, Outcome.NEEDS_EVIDENCE, Outcome.NEEDS_PERSON})
"""Outcomes after which something remains to be done."""
OUTCOMES: Final[dict[Node, Outcome]] = {CODE[f"outcome/{one}"]: one for one in Outcome}
QUESTION: Final = """PREFIX earl: <http://www.w3.org/ns/earl#>
PREFIX koepel: <https://w3id.org/koepel/def#>
SELECT ?thing ?test ?level ?outcome ?criterion {{ GRAPH ?graph {{
  VALUES ?thing {{ {things} }}
  ?assertion earl:subject ?thing ; earl:test ?test ; koepel:level ?level ; earl:result ?result .
  ?result earl:outcome ?outcome .
  OPTIONAL {{ ?assertion koepel:criterion ?criterion }}
  FILTER (?test IN ({tests}))
}} }}"""
"""Things stand within the graph and requirements in a filter: any other order takes many times longer."""
COLUMNS: Final = ("name", "initiative", "organisation", "state", "level", "valid_until", "case")
"""The names of the columns stay in English, so that one spreadsheet fits every language."""


class Basis(StrEnum):
    """What an outcome rests on."""

    MACHINE = "machine"
    """The description that is published."""
    PERSON = "person"
    """The description, and what people judged in the case."""
    DECISION = "decision"
    """What was found when the label was granted, because another version of the requirement counted then."""


@dataclass(frozen=True)
class Cell:
    """Where a member stands in one requirement."""

    basic: Outcome
    additional: Outcome
    basis: Basis


@dataclass(frozen=True)
class Member:
    """One initiative that a body looks after."""

    subject: str
    organisation: str
    cells: Mapping[URIRef, Cell] = field(repr=False)
    """By the IRI of each requirement; one about which nothing is known is not there."""
    case: Case | None = None
    """The case that counts: the one with the label, else the one that is under way, else the last."""

    @property
    def state(self) -> str:
        """Where its case stands; empty for a member that never applied."""
        return self.case.state if self.case else ""

    @property
    def is_labelled(self) -> bool:
        """Tell whether its label is in force."""
        return self.case is not None and self.case.in_force


@dataclass(frozen=True)
class Blocker:
    """A requirement, and the members that still miss something basic of it."""

    requirement: Requirement
    members: tuple[str, ...]
    """The IRIs of the initiatives."""
    unmet: int
    """How many of them lack it by what is known; the others only lack a document or a person's word."""

    @property
    def count(self) -> int:
        """How many members it blocks."""
        return len(self.members)


@dataclass(frozen=True)
class Overview:
    """Where all members of a body stand under one scheme."""

    body: str
    scheme: Scheme
    standard: Standard
    day: date
    members: tuple[Member, ...]

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """The requirements that block members, the one that blocks most of them first."""
        found = []
        for requirement in self.standard.requirements:
            stuck = [
                (member.subject, cell.basic)
                for member in self.members
                if (cell := member.cells.get(requirement.iri)) and cell.basic in OPEN
            ]
            if stuck:
                unmet = sum(outcome is Outcome.NOT_MET for _, outcome in stuck)
                found.append(Blocker(requirement, tuple(subject for subject, _ in stuck), unmet))
        return tuple(sorted(found, key=lambda one: (-one.count, -one.unmet, one.requirement.position)))

    @property
    def unknown(self) -> int:
        """How many members have no published description in which a machine could look."""
        return sum(not member.cells for member in self.members)


Standings = dict[tuple[str, URIRef], dict[URIRef, tuple[Outcome, frozenset[URIRef]]]]
"""By initiative and requirement, then by level: the outcome, and the criteria that keep it open."""


def overview(
    caseload: Caseload, library: Library, store: GraphStore, body: str, scheme: Scheme, day: date
) -> Overview:
    """Look at all members of a body: labelled, in a case, or named by its own description as members.

    Args:
        caseload: All cases.
        library: The standards.
        store: The graph in its newest state.
        body: The IRI of the certifying body.
        scheme: The scheme of which the standard is looked at, in the version that counts on the day.
        day: Today.
    """
    standard = library.standard(scheme.standard).on(day)
    cases = _cases(caseload, body, scheme.iri, day)
    belonging = {
        str(row["thing"]): str(row["organisation"]) for row in ask(store, "members", body=URIRef(body)).rows
    }
    subjects = sorted({*cases, *belonging})
    live = machine_standings(store, standard, subjects)
    members = []
    for subject in subjects:
        case = cases.get(subject)
        organisation = case.organisation if case else belonging[subject]
        cells = dict(_cells(standard, library, subject, case, live))
        members.append(Member(subject, organisation, cells, case))
    return Overview(body, scheme, standard, day, tuple(members))


def table(seen: Overview, name: Callable[[str], str]) -> str:
    """Write an overview for a spreadsheet; whatever a project is called, no cell is run as a formula."""
    headings = [
        heading
        for one in seen.standard.requirements
        for heading in (one.identifier, f"{one.identifier} additional")
    ]
    rows = (_row(seen, member, name) for member in seen.members)
    return write_rows((*COLUMNS, *headings), rows)


def machine_standings(store: GraphStore, standard: Standard, subjects: Iterable[str]) -> Standings:
    """Read in one question what the machine found of each requirement for many initiatives."""
    tests = ", ".join(requirement.iri.n3() for requirement in standard.requirements)
    things = " ".join(URIRef(subject).n3() for subject in subjects)
    rows = store.select(QUESTION.format(things=things, tests=tests)).rows
    outcomes: dict[tuple[Node, Node, Node], Outcome] = {}
    criteria: dict[tuple[Node, Node, Node], set[URIRef]] = defaultdict(set)
    for row in rows:
        place, outcome = (row["thing"], row["test"], row["level"]), OUTCOMES[row["outcome"]]
        known = outcomes.setdefault(place, outcome)
        if known is not outcome:  # two documents speak of it
            outcomes[place] = Outcome.worst([known, outcome])
        if isinstance(criterion := row.get("criterion"), URIRef):
            criteria[place].add(criterion)
    found: Standings = {}
    for told, outcome in outcomes.items():
        subject, test, level = str(told[0]), URIRef(str(told[1])), URIRef(str(told[2]))
        found.setdefault((subject, test), {})[level] = outcome, frozenset(criteria.get(told, ()))
    return found


def _cases(caseload: Caseload, body: str, scheme: str, day: date) -> dict[str, Case]:
    """Choose for each initiative the case that counts; an application that led to nothing makes no member."""
    found: dict[str, Case] = {}
    for case in caseload.cases(day):
        if case.body == body and case.scheme == scheme and _weight(case):
            known = found.get(case.subject)
            if known is None or _weight(case) >= _weight(known):
                found[case.subject] = case
    return found


def _weight(case: Case) -> int:
    if is_living(case):
        return 3
    if case.state in load_way().steps["withdraw"].leads:
        return 2
    return int(case.state == EXPIRED)


def _cells(
    standard: Standard, library: Library, subject: str, case: Case | None, live: Standings
) -> Iterator[tuple[URIRef, Cell]]:
    judged = _judged(case) if case and _weight(case) > 1 else {}
    label = case.label if case and is_living(case) else None
    then = _by_iri(library.standard(label.standard).at(label.version)) if label else {}
    for requirement in standard.requirements:
        recorded = then.get(requirement.iri)
        if label and recorded and recorded.uses != requirement.uses:
            outcomes = {iri: Outcome(told["outcome"]) for iri, told in label.outcomes.items()}
            yield requirement.iri, _decided(recorded, {**outcomes, **judged})
        elif levels := live.get((subject, requirement.iri)):
            yield requirement.iri, _present(requirement, levels, judged)


def _by_iri(standard: Standard) -> dict[URIRef, Requirement]:
    return {requirement.iri: requirement for requirement in standard.requirements}


def _judged(case: Case) -> dict[str, Outcome]:
    """Give what people found for each use of a criterion; what they said last counts."""
    return {
        one["use"]: Outcome(one["outcome"])
        for act in case.all("read-documents", "audit")
        for one in act.details.get("judgements", ())
    }


def _decided(requirement: Requirement, outcomes: Mapping[str, Outcome]) -> Cell:
    """Repeat what was found at the decision."""
    basic, additional = (
        Outcome.worst(
            outcomes[str(use.iri)]
            for use in requirement.uses
            if use.level == level and str(use.iri) in outcomes
        )
        for level in (BASIC, ADDITIONAL)
    )
    return Cell(basic, additional, Basis.DECISION)


def _present(
    requirement: Requirement,
    levels: Mapping[URIRef, tuple[Outcome, frozenset[URIRef]]],
    judged: Mapping[str, Outcome],
) -> Cell:
    """Say how it stands today: what the machine found, and above it what people judged."""
    found = {}
    spoken = False
    for level in (BASIC, ADDITIONAL):
        outcome, criteria = levels.get(level, (Outcome.NOT_APPLICABLE, frozenset[URIRef]()))
        uses = [use for use in requirement.uses if use.level == level]
        told = [judged[str(use.iri)] for use in uses if str(use.iri) in judged]
        spoken = spoken or bool(told)
        found[level] = Outcome.worst([*told, *_left(uses, criteria, judged)]) if told else outcome
    return Cell(found[BASIC], found[ADDITIONAL], Basis.PERSON if spoken else Basis.MACHINE)


def _left(
    uses: Iterable[CriterionUse], criteria: frozenset[URIRef], judged: Mapping[str, Outcome]
) -> Iterator[Outcome]:
    """Say what remains open: what a machine found wrong, whoever judged, and what nobody judged."""
    spoken = {use.criterion.iri for use in uses if str(use.iri) in judged}
    for use in uses:
        if use.criterion.iri in criteria and use.mode == MACHINE:
            yield Outcome.NOT_MET
        elif use.criterion.iri in criteria - spoken:
            yield Outcome.NEEDS_EVIDENCE if use.mode == EVIDENCE else Outcome.NEEDS_PERSON


def _row(seen: Overview, member: Member, name: Callable[[str], str]) -> list[str]:
    label = member.case.label if member.case else None
    told = [name(member.subject), member.subject, member.organisation, member.state]
    told += [label.level if label else "", label.expires.isoformat() if label else ""]
    told.append(member.case.iri if member.case else "")
    for requirement in seen.standard.requirements:
        cell = member.cells.get(requirement.iri)
        told += [cell.basic, cell.additional] if cell else ["", ""]
    return told
