"""Lays two quality standards side by side, and says what one still asks of a project that meets the other.

Standards share their criteria, so nothing has to be mapped by hand: what both ask stands in one row, and
thresholds, levels and ways of deciding can be compared as they are.

Some uses of a criterion hold only for certain projects, such as those of a low intensity. So one use answers
another only if it holds wherever the other does, and each intensity is looked at apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import SH

from registry.validation.standard import ADDITIONAL, BASIC, EVIDENCE, MACHINE, PERSON
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from registry.validation.standard import (
        Criterion,
        CriterionUse,
        Library,
        Requirement,
        Standard,
        Threshold,
    )

__all__ = ["Crosswalk", "CrosswalkRow", "Need", "Placed", "Reason", "lay_side_by_side", "lower_thresholds"]

LEVELS: Final = (ADDITIONAL, BASIC)
MODES: Final = (MACHINE, EVIDENCE, PERSON)
"""Ways of deciding, the weakest first."""
CEILINGS: Final = {SH.maxInclusive, SH.maxExclusive, SH.maxCount, SH.maxLength, SH.qualifiedMaxCount}
"""Where the lower number asks more."""


class Reason(StrEnum):
    """Why the first standard does not answer what the second asks."""

    ABSENT = "absent"
    CONDITIONS = "conditions"
    THRESHOLD = "threshold"
    LEVEL = "level"
    MODE = "mode"


@dataclass(frozen=True)
class Placed:
    """A use of a criterion, with the requirement that it belongs to."""

    requirement: Requirement
    use: CriterionUse


@dataclass(frozen=True)
class CrosswalkRow:
    """One criterion, with where each of two standards uses it."""

    criterion: Criterion
    first: tuple[Placed, ...]
    second: tuple[Placed, ...]


@dataclass(frozen=True)
class Need:
    """What the second standard asks and the first does not, or not as strictly."""

    asked: Placed
    closest: Placed | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Crosswalk:
    """Two standards side by side, and what a project that meets the first still needs for the second."""

    first: Standard
    second: Standard
    rows: tuple[CrosswalkRow, ...]
    needs: tuple[Need, ...]


def lay_side_by_side(library: Library, first: Standard, second: Standard) -> Crosswalk:
    """Compare two standards criterion by criterion."""
    ours, theirs = list(_placed(first)), list(_placed(second))
    criteria = {one.use.criterion.iri: one.use.criterion for one in (*ours, *theirs)}
    rows = tuple(
        CrosswalkRow(criteria[iri], _using(ours, iri), _using(theirs, iri))
        for iri in sorted(criteria, key=lambda iri: criteria[iri].identifier)
    )
    intensities = _intensities(library)
    needs = (_need(asked, row.first, intensities) for row in rows for asked in row.second)
    found = sorted(
        filter(None, needs), key=lambda need: (need.asked.requirement.position, need.asked.use.iri)
    )
    return Crosswalk(first, second, rows, tuple(found))


def _placed(standard: Standard) -> Iterator[Placed]:
    for requirement in standard.requirements:
        for use in requirement.uses:
            yield Placed(requirement, use)


def _using(placed: Iterable[Placed], criterion: URIRef) -> tuple[Placed, ...]:
    return tuple(one for one in placed if one.use.criterion.iri == criterion)


def _intensities(library: Library) -> frozenset[URIRef]:
    """Find the conditions of the intensity profiles, exactly one of which holds for any project."""
    profiles = library.graph.subjects(RDF.type, KOEPEL.IntensityProfile)
    conditions = (library.graph.value(profile, KOEPEL.appliesWhen) for profile in profiles)
    return frozenset(one for one in conditions if isinstance(one, URIRef))


def _need(asked: Placed, offered: tuple[Placed, ...], intensities: frozenset[URIRef]) -> Need | None:
    """Tell what is missing where the second standard asks something; nothing, if the first asks as much."""
    wanted = frozenset(asked.use.conditions)
    situations = [wanted] if wanted & intensities else [wanted | {one} for one in intensities] or [wanted]
    needs = [need for one in situations if (need := _need_in(one, asked, offered)) is not None]
    return max(needs, key=lambda need: len(need.reasons), default=None)


def _need_in(situation: frozenset[URIRef], asked: Placed, offered: tuple[Placed, ...]) -> Need | None:
    """Tell what is missing in one situation: the shortest list of reasons among the uses that hold in it."""
    holding = [one for one in offered if set(one.use.conditions) <= situation]
    if not holding:
        reason = Reason.CONDITIONS if offered else Reason.ABSENT
        return Need(asked, offered[0] if offered else None, (reason,))
    needs = [Need(asked, one, tuple(_reasons(one.use, asked.use))) for one in holding]
    best = min(needs, key=lambda need: len(need.reasons))
    return best if best.reasons else None


def lower_thresholds(offered: CriterionUse, asked: CriterionUse) -> tuple[Threshold, ...]:
    """List the thresholds of one use that do not reach those of another use of the same criterion."""
    wanted = {one.parameter: one for one in asked.thresholds}
    return tuple(one for one in offered.thresholds if not _reaches(one, wanted[one.parameter]))


def _reasons(offered: CriterionUse, asked: CriterionUse) -> Iterator[Reason]:
    if lower_thresholds(offered, asked):
        yield Reason.THRESHOLD
    if LEVELS.index(offered.level) < LEVELS.index(asked.level):
        yield Reason.LEVEL
    if MODES.index(offered.mode) < MODES.index(asked.mode):
        yield Reason.MODE
    if not set(asked.judges) <= set(offered.judges):
        yield Reason.CONDITIONS


def asks_nothing(threshold: Threshold) -> bool:
    """Tell whether a threshold lets everything pass, as "at least 0" does."""
    return not _lower_asks_more(threshold) and str(threshold.value) in {"0", "0.0"}


def _lower_asks_more(threshold: Threshold) -> bool:
    return threshold.months is not None or threshold.fills in CEILINGS


def _reaches(given: Threshold, wanted: Threshold) -> bool:
    """Tell whether one threshold asks at least as much as another."""
    if not (_is_number(given.value) and _is_number(wanted.value)):
        return given.value == wanted.value
    mine, yours = (Decimal(str(one.value)) for one in (given, wanted))
    return mine <= yours if _lower_asks_more(wanted) else mine >= yours


def _is_number(value: Literal | URIRef) -> bool:
    return isinstance(value, Literal) and isinstance(value.toPython(), int | float | Decimal)
