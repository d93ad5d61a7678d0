"""What another version of a standard would mean for one project, and for all of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from registry.certification.proof.judgement import falls_short
from registry.validation.assessment import Outcome
from registry.validation.standard import ADDITIONAL, BASIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib import URIRef

    from registry.certification.life.case import Case
    from registry.certification.proof.judgement import Standing
    from registry.scheme.scheme import Level
    from registry.validation.standard import CriterionUse, Requirement

__all__ = ["Basis", "Change", "Obstacle", "RequirementShift", "Shift", "Verdict", "affected", "obstacles"]

OPEN: Final = frozenset({Outcome.NOT_MET, Outcome.NEEDS_EVIDENCE, Outcome.NEEDS_PERSON})
"""Outcomes after which something remains to be done."""
WAITING: Final = frozenset({Outcome.NEEDS_EVIDENCE, Outcome.NEEDS_PERSON})
"""Outcomes that a document or a person may turn to the good."""


class Basis(StrEnum):
    """Which description the machine looked at."""

    TODAY = "today"
    """The one that readers see."""
    ASSESSED = "assessed"
    """The one on which the label was granted."""


class Verdict(StrEnum):
    """Whether a project reaches the level of its label."""

    REACHED = "reached"
    WAITS = "waits"
    """It may, once documents are shown or people have judged."""
    MISSED = "missed"


@dataclass(frozen=True)
class Shift:
    """A demand that comes or goes, and how the project stands with it."""

    requirement: Requirement
    use: CriterionUse
    before: Outcome | None
    """None where it does not count yet."""
    after: Outcome | None
    """None where it counts no longer."""

    @property
    def is_lost(self) -> bool:
        """Tell whether the version asks something here that is not met, or that nobody has judged."""
        return self.after in OPEN

    @property
    def is_gained(self) -> bool:
        """Tell whether something that was open is no longer asked, or something that is asked now is met."""
        return self.after is Outcome.MET or (self.after is None and self.before in OPEN)


@dataclass(frozen=True)
class RequirementShift:
    """A requirement with another outcome than before at one of the levels; None where that asks nothing."""

    requirement: Requirement
    level: URIRef
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True)
class Change:
    """What the version would mean for one project that holds a label."""

    case: Case
    version: str
    """The number of the version that is tried."""
    basis: Basis
    """Which description was looked at; the assessed one, where nothing is published any more."""
    digest: str
    """The version of the description."""
    before: tuple[Standing, ...]
    """How the project stands with every demand of the version by which it was judged."""
    after: tuple[Standing, ...]
    """The same for the version that is tried."""
    level: Level
    covered: frozenset[str]
    """The uses of criteria that an open condition of the label covers."""

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The demands that come or go, in the order of the requirements."""
        old, new = ({one.use.iri: one for one in found} for found in (self.before, self.after))
        gone = [
            Shift(one.requirement, one.use, one.outcome, None)
            for one in self.before
            if one.use.iri not in new
        ]
        come = [
            Shift(one.requirement, one.use, None, one.outcome) for one in self.after if one.use.iri not in old
        ]
        return tuple(sorted([*gone, *come], key=lambda one: (one.requirement.position, one.use.iri)))

    @cached_property
    def requirements(self) -> tuple[RequirementShift, ...]:
        """The requirements that would stand otherwise, at which level, from what to what."""
        old, new = _by_requirement(self.before), _by_requirement(self.after)
        homes = {one.requirement.iri: one.requirement for one in (*self.before, *self.after)}
        found = [
            RequirementShift(home, level, old.get((iri, level)), new.get((iri, level)))
            for iri, home in homes.items()
            for level in (BASIC, ADDITIONAL)
            if old.get((iri, level)) is not new.get((iri, level))
        ]
        return tuple(sorted(found, key=lambda one: one.requirement.position))

    @cached_property
    def verdict_before(self) -> Verdict:
        """Whether the level is reached today, under the version by which the project was judged."""
        return _verdict(self.before, self.level, self.covered)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the level would be reached under the version that is tried."""
        return _verdict(self.after, self.level, self.covered)

    @property
    def waiting(self) -> tuple[Shift, ...]:
        """What comes and waits for a document or for a person's judgement."""
        return tuple(one for one in self.shifts if one.after in WAITING)

    @property
    def is_affected(self) -> bool:
        """Tell whether the project has reason to act."""
        return self.verdict is not self.verdict_before or any(one.is_lost for one in self.shifts)


@dataclass(frozen=True)
class Obstacle:
    """A demand that the version adds, and how many projects do not meet it."""

    requirement: Requirement
    use: CriterionUse
    counts: Mapping[Outcome, int]
    """How many labelled projects have which outcome, where something remains to be done."""

    @property
    def projects(self) -> int:
        """How many projects that is together."""
        return sum(self.counts.values())


def affected(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Choose the projects that have reason to act: their level is at stake, or something new is open."""
    return tuple(one for one in changes if one.is_affected)


def obstacles(changes: Iterable[Change]) -> tuple[Obstacle, ...]:
    """List what the version adds by how many projects do not meet it, the greatest obstacle first."""
    counts, places = defaultdict[str, Counter[Outcome]](Counter), dict[str, Shift]()
    for shift in (one for change in changes for one in change.shifts if one.is_lost):
        assert shift.after is not None  # noqa: S101 - what is lost has an outcome
        counts[shift.use.iri][shift.after] += 1
        places[shift.use.iri] = shift
    found = [Obstacle(places[iri].requirement, places[iri].use, counted) for iri, counted in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.projects, one.requirement.position, one.use.iri)))


def _verdict(found: Sequence[Standing], level: Level, covered: frozenset[str]) -> Verdict:
    if not falls_short(found, level, covered):
        return Verdict.REACHED
    hoped = [
        replace(one, judged=Outcome.MET, machine=None) if one.outcome in WAITING else one for one in found
    ]
    return Verdict.MISSED if falls_short(hoped, level, covered) else Verdict.WAITS


def _by_requirement(found: Iterable[Standing]) -> dict[tuple[URIRef, URIRef], Outcome]:
    outcomes = defaultdict[tuple["URIRef", "URIRef"], list[Outcome]](list)
    for one in found:
        outcomes[one.requirement.iri, one.use.level].append(one.outcome)
    return {place: Outcome.worst(told) for place, told in outcomes.items()}
