"""How a description stands against one standard: outcomes per requirement, and the findings behind them.

An outcome is one of five words, never a percentage: an average would hide the one
thing that is missing. A machine can say *met* and *not met*; where a dated document or
an audit is asked for, it says so and leaves the judgement to people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from rdflib import RDF, Graph, URIRef

from registry.validation.composition import Check, compose, unite
from registry.validation.engine import Result, validate
from registry.validation.standard import ADDITIONAL, BASIC, PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from rdflib.term import Node

    from registry.validation.composition import Composition
    from registry.validation.standard import CriterionUse, Library, Requirement, Standard, Version

__all__ = ["Assessment", "Coming", "Finding", "Outcome", "Row", "Scorecard", "assess", "score"]


class Outcome(StrEnum):
    """What can be said of a requirement; the worst of its criteria counts.

    >>> Outcome.worst([Outcome.MET, Outcome.NEEDS_PERSON, Outcome.NOT_APPLICABLE])
    <Outcome.NEEDS_PERSON: 'needs-person'>
    >>> Outcome.worst([])
    <Outcome.NOT_APPLICABLE: 'not-applicable'>
    """

    NOT_MET = "not-met"
    NEEDS_EVIDENCE = "needs-evidence"
    NEEDS_PERSON = "needs-person"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"

    @classmethod
    def worst(cls, outcomes: Iterable[Outcome]) -> Outcome:
        """Take the outcome that comes first in the order of the enumeration."""
        return min(outcomes, key=list(cls).index, default=cls.NOT_APPLICABLE)


Known: TypeAlias = "dict[tuple[URIRef, Node], Outcome]"
"""What was found of a use and a thing; where nothing was, nothing is missing."""


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the result of a validator and the requirement that it touches."""

    result: Result
    check: Check
    requirement: Requirement

    @property
    def outcome(self) -> Outcome:
        """What the finding means for its requirement."""
        return Outcome.NEEDS_EVIDENCE if self.check.asks_evidence else Outcome.NOT_MET


@dataclass(frozen=True)
class Row:
    """One requirement in a scorecard, apart for the basic and the additional level."""

    requirement: Requirement
    basic: Outcome
    additional: Outcome
    criteria: tuple[tuple[CriterionUse, Outcome], ...]


@dataclass(frozen=True)
class Scorecard:
    """Where one initiative stands against one standard."""

    subject: Node
    rows: tuple[Row, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst outcome at the basic level: what stands between the initiative and the standard."""
        return Outcome.worst(row.basic for row in self.rows)


@dataclass(frozen=True, eq=False)
class Coming:
    """How a description would stand in a version that is announced; nothing of it counts yet."""

    version: Version
    added: Standard
    """What this version asks and the one before does not."""
    retired: Standard
    """What it asks no longer."""
    findings: tuple[Finding, ...]
    """What is to mend of that which it adds."""
    scorecards: tuple[Scorecard, ...]
    """Where the initiatives would stand if it counted today."""
    conforms: bool
    """True when nothing at the basic level would be unmet then."""


@dataclass(frozen=True, eq=False)
class Assessment:
    """A description held against one standard."""

    standard: Standard
    """In the version that counts."""
    report: Graph
    """The `sh:ValidationReport` as the validator gave it."""
    findings: tuple[Finding, ...]
    scorecards: tuple[Scorecard, ...]
    coming: tuple[Coming, ...] = ()
    """The versions that are announced, in the order in which they will count."""

    @property
    def conforms(self) -> bool:
        """True when nothing at the basic level is unmet; advice does not count against it."""
        return _conforms(self.findings)


def assess(data: Graph, library: Library, standard: Standard, on: date) -> Assessment:
    """Hold a description against a standard, as it stands on a day.

    What is announced by then is looked at as well, but counts for nothing. A standard that was chosen at a
    version is taken as that version has it, whatever the day, and nothing else.
    """
    counting = standard.counting(on)
    composition = compose(library, counting, on)
    report, results = validate(data, composition.shapes)
    findings = _findings(counting, composition, results)
    known = _known(findings, _excused_in(data, composition))
    now = Assessment(counting, report, findings, _scorecards(counting, data, known))
    if standard.version:
        return now
    return replace(now, coming=tuple(_foresee(data, library, now, known, on)))


def _foresee(data: Graph, library: Library, now: Assessment, known: Known, on: date) -> Iterator[Coming]:
    """Tell how a description would stand in the versions that are announced; only what they add is run."""
    before, found = now.standard, now.findings
    for version in before.announced(on):
        after = before.at(version.number)
        added = after.beyond(before)
        composition = compose(library, added, on)
        results = validate(data, composition.shapes)[1] if composition.checks else ()
        findings = _findings(added, composition, results)
        known = known | _known(findings, _excused_in(data, composition))
        kept = {use.iri for use in after.uses}
        found = (*(one for one in found if one.check.use.iri in kept), *findings)
        cards = _scorecards(after, data, known)
        yield Coming(version, added, before.beyond(after), findings, cards, _conforms(found))
        before = after


def _conforms(findings: Iterable[Finding]) -> bool:
    return not any(one.check.use.level == BASIC for one in findings)


def score(
    data: Graph, library: Library, on: date, standards: Iterable[Standard] | None = None
) -> Iterator[tuple[Standard, tuple[Scorecard, ...]]]:
    """Hold a description against every standard that judges something in it, without a report.

    The outcomes are those of `assess`. What several standards ask alike is looked at once, and nothing is
    said about it in words. Some standards, or versions of one, may be chosen.
    """
    kinds = set(data.objects(None, RDF.type))
    chosen = library.standards.values() if standards is None else standards
    judging = tuple(one.counting(on) for one in chosen if not kinds.isdisjoint(one.judges))
    if not judging:
        return
    compositions = tuple(compose(library, standard, on) for standard in judging)
    union = unite(compositions)
    _, results = validate(data, union.shapes)
    for standard, composition in zip(judging, compositions, strict=True):
        findings = _findings(standard, composition, results, union.twins)
        yield standard, _scorecards(standard, data, _known(findings, _excused(composition, results)))


def _findings(
    standard: Standard,
    composition: Composition,
    results: Iterable[Result],
    twins: Mapping[URIRef, URIRef] | None = None,
) -> tuple[Finding, ...]:
    """Give each result to the checks that it is about; those of other standards have a part in none."""
    homes = {use.iri: requirement for requirement in standard.requirements for use in requirement.uses}
    about = defaultdict[URIRef, list[Check]](list)
    for name, check in composition.checks.items():
        about[twins[name] if twins else name].append(check)
    return tuple(
        Finding(result, check, homes[check.use.iri])
        for result in results
        for check in about.get(URIRef(str(result.shape)), ())
    )


def _excused(composition: Composition, results: Iterable[Result]) -> Iterator[tuple[URIRef, Node]]:
    """Find to which things which conditional uses do not apply."""
    for one in results:
        for use in composition.conditional.get(URIRef(str(one.shape)), ()):
            yield use.iri, one.focus


def _excused_in(data: Graph, composition: Composition) -> Iterator[tuple[URIRef, Node]]:
    """Look for those things by a run of its own."""
    results = validate(data, composition.conditions)[1] if composition.conditional else ()
    return _excused(composition, results)


def _scorecards(standard: Standard, data: Graph, known: Known) -> tuple[Scorecard, ...]:
    parts = {
        use.iri: _outcome(use, _instances(data, use.judges), known)
        for use in standard.uses
        if set(use.judges) != set(standard.judges)
    }
    subjects = _instances(data, standard.judges)
    return tuple(_scorecard(standard, data, subject, known, parts) for subject in subjects)


def _known(findings: Iterable[Finding], excused: Iterable[tuple[URIRef, Node]]) -> Known:
    """Gather what is known of a use and a thing; where nothing is known, nothing was missing."""
    known = dict.fromkeys(excused, Outcome.NOT_APPLICABLE)
    for one in findings:
        place = one.check.use.iri, one.result.focus
        known[place] = Outcome.worst([one.outcome, known.get(place, Outcome.MET)])
    return known


def _scorecard(
    standard: Standard,
    data: Graph,
    subject: Node,
    known: Known,
    parts: Mapping[URIRef, Outcome],
) -> Scorecard:
    """Judge each use by the initiative itself, or by all parts of the description that the use is about."""
    own = set(data.objects(subject, RDF.type))
    rows = []
    for requirement in standard.requirements:
        criteria = tuple(
            (use, parts[use.iri])
            if use.iri in parts and own.isdisjoint(use.judges)
            else (use, _outcome(use, (subject,), known))
            for use in requirement.uses
        )
        rows.append(
            Row(
                requirement=requirement,
                basic=_at_level(criteria, BASIC),
                additional=_at_level(criteria, ADDITIONAL),
                criteria=criteria,
            )
        )
    return Scorecard(subject, tuple(rows))


def _outcome(use: CriterionUse, things: Iterable[Node], known: Known) -> Outcome:
    usual = Outcome.NEEDS_PERSON if use.mode == PERSON else Outcome.MET
    return Outcome.worst(known.get((use.iri, one), usual) for one in things)


def _at_level(criteria: tuple[tuple[CriterionUse, Outcome], ...], level: URIRef) -> Outcome:
    return Outcome.worst(outcome for use, outcome in criteria if use.level == level)


def _instances(data: Graph, classes: Iterable[URIRef]) -> tuple[Node, ...]:
    found = {subject for one in classes for subject in data.subjects(RDF.type, one)}
    return tuple(sorted(found, key=str))
