"""Where a case stands, use by use of a criterion: what is claimed, evidenced and confirmed, and what counts.

Three things may be said about the same demand: the project claims it, a document shows it, an assessor
confirms it. They are kept apart here and everywhere else. What counts follows from who decides:

- a demand that a *machine* decides counts as the machine finds it in the published description; an assessor
  who found otherwise on the spot can make it worse and never better
- a demand that *evidence* shows counts as the assessor judged it; until then as the machine finds the
  documents that the description itself gives
- a demand that a *person* judges counts as the assessor judged it
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from registry.certification.proof.description import described
from registry.certification.proof.evidence import exhibits
from registry.validation.assessment import Outcome
from registry.validation.standard import ADDITIONAL, BASIC, MACHINE, PERSON

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.proof.description import Described
    from registry.scheme.scheme import Level
    from registry.validation.standard import CriterionUse, Requirement, Standard

__all__ = [
    "CLAIMED",
    "CONFIRMED",
    "EVIDENCED",
    "Shortfall",
    "Standing",
    "falls_short",
    "standard_of",
    "standing",
    "version_of",
]

CLAIMED: Final = "self-declared"
EVIDENCED: Final = "document-linked"
CONFIRMED: Final = "auditor-confirmed"
"""Codes of the list `trust-level`."""
FINE: Final = frozenset({Outcome.MET, Outcome.NOT_APPLICABLE})


@dataclass(frozen=True)
class Standing:
    """One demand of the standard in one case, as of the day of the case."""

    requirement: Requirement
    use: CriterionUse
    answer: str
    """What the project said of itself: met, not-met, not-applicable; empty when it said nothing."""
    evidence: tuple[str, ...]
    """The numbers of the evidence that speaks for it, and is not out of date."""
    judged: Outcome | None
    """What an assessor found last."""
    seen: tuple[str, ...]
    """The numbers of the evidence that the assessor looked at."""
    machine: Outcome | None
    """What the machine finds in the published description; None where there is none."""
    day: date
    """The day as of which the machine looked."""

    @property
    def level(self) -> str:
        """Basic or additional, as an IRI."""
        return str(self.use.level)

    @property
    def mode(self) -> str:
        """Who decides, as a word: machine, evidence or person."""
        return str(self.use.mode).rpartition("/")[2]

    @property
    def claimed(self) -> bool:
        """Whether the project says that it is met: in its own assessment, or else in its description."""
        return self.answer == Outcome.MET or (not self.answer and self.machine is Outcome.MET)

    @property
    def evidenced(self) -> bool:
        """Whether a document shows it: one in the case, or one that the description itself gives."""
        return bool(self.evidence) or (self.mode == "evidence" and self.machine is Outcome.MET)

    @property
    def confirmed(self) -> bool:
        """Whether an assessor found it met."""
        return self.judged is Outcome.MET

    @property
    def outcome(self) -> Outcome:
        """What counts."""
        if self.use.mode == MACHINE and self.machine is not None:
            return Outcome.worst([self.machine, self.judged or self.machine])
        if self.judged is not None:
            return self.judged
        if self.machine is Outcome.NOT_APPLICABLE:
            return self.machine
        if self.use.mode == PERSON or self.machine is None:
            return Outcome.NEEDS_PERSON
        return self.machine

    @property
    def trust(self) -> str:
        """How well what counts is founded: a code of the list `trust-level`."""
        if self.judged is not None:
            return CONFIRMED
        return EVIDENCED if self.evidenced else CLAIMED


@dataclass(frozen=True)
class Shortfall:
    """What stands between a case and a level."""

    basic: tuple[Standing, ...] = ()
    """Basic demands that are open and that no condition covers."""
    mandatory: tuple[str, ...] = ()
    """Additional criteria that this level insists on and that are not met, by their IRIs."""
    additional: int = 0
    """How many additional criteria are met."""
    wanted: int = 0
    """How many must be."""

    def __bool__(self) -> bool:
        """Tell whether anything is missing."""
        return bool(self.basic or self.mandatory or self.additional < self.wanted)


def version_of(desk: Desk, case: Case) -> str:
    """Give the number of the version of the standard that counts in a case.

    It is the one in force on the day on which the case was first handed in, and it stays; until then it is
    the one of the day.
    """
    submitted = next((act for act in case.acts if act.name == "submit"), None)
    if submitted:
        return str(submitted.details["version"])
    return _standard(desk, case).version_on(case.day).number


def standard_of(desk: Desk, case: Case) -> Standard:
    """Give the standard of a case in the version that counts."""
    return _standard(desk, case).at(version_of(desk, case))


def standing(desk: Desk, case: Case, about: Described | None = None) -> tuple[Standing, ...]:
    """Tell of every demand where a case stands on its day, in the order of the standard.

    The machine looks at the description as it was published on that day, so this stays live while a label is
    in force; `about` names another description to look at.
    """
    found = about or described(desk, case.subject, case.day)
    standard = standard_of(desk, case)
    machine: Mapping[str, Outcome] = {}
    if found:
        version = version_of(desk, case)
        machine = desk.machine(found.digest, case.subject, standard.token, version, case.day)
    answers, judged = _answers(case), _judged(case)
    supports = _supports(desk, case)
    return tuple(
        Standing(
            requirement=requirement,
            use=use,
            answer=answers.get(str(use.iri), ""),
            evidence=tuple(supports[str(use.iri)]),
            judged=_outcome(judged.get(str(use.iri))),
            seen=tuple(judged.get(str(use.iri), {}).get("evidence", ())),
            machine=machine.get(str(use.iri)),
            day=case.day,
        )
        for requirement in standard.requirements
        for use in requirement.uses
    )


def falls_short(found: Iterable[Standing], level: Level, conditions: Collection[str] = ()) -> Shortfall:
    """Tell what is missing for a level (L3): all that is basic, and so much of what is additional.

    Args:
        found: Where the case stands.
        level: The level that is to be granted.
        conditions: The uses of criteria that conditions cover. They may leave open what can be mended, but
            nothing basic that nobody has judged yet.
    """
    stood = tuple(found)
    basic = tuple(one for one in stood if one.use.level == BASIC and not _is_fine(one, conditions))
    met = _additional(stood)
    mandatory = tuple(
        sorted(one for one in level.mandatory if met.get(one, Outcome.NOT_APPLICABLE) not in FINE)
    )
    count = sum(outcome is Outcome.MET for outcome in met.values())
    return Shortfall(basic, mandatory, count, level.additional)


def _is_fine(one: Standing, conditions: Collection[str]) -> bool:
    covered = str(one.use.iri) in conditions and one.outcome is not Outcome.NEEDS_PERSON
    return one.outcome in FINE or covered


def _additional(found: Iterable[Standing]) -> dict[str, Outcome]:
    """Tell of each additional criterion whether it is met: where a standard uses it twice, in both places."""
    by_criterion = defaultdict[str, list[Outcome]](list)
    for one in found:
        if one.use.level == ADDITIONAL:
            by_criterion[str(one.use.criterion.iri)].append(one.outcome)
    return {criterion: Outcome.worst(outcomes) for criterion, outcomes in by_criterion.items()}


def _standard(desk: Desk, case: Case) -> Standard:
    return desk.rulebook.standard(desk.caseload().scheme(case).standard)


def _answers(case: Case) -> dict[str, str]:
    return {
        one["use"]: one["claim"] for act in case.all("self-assess") for one in act.details.get("answers", ())
    }


def _judged(case: Case) -> dict[str, dict[str, Any]]:
    acts = case.all("read-documents", "audit")
    return {one["use"]: one for act in acts for one in act.details.get("judgements", ())}


def _outcome(told: Mapping[str, Any] | None) -> Outcome | None:
    return Outcome(told["outcome"]) if told else None


def _supports(desk: Desk, case: Case) -> Mapping[str, list[str]]:
    """Tell by the IRI of each use which evidence speaks for it and is not out of date."""
    months = desk.caseload().scheme(case).evidence_months
    found = defaultdict[str, list[str]](list)
    for one in exhibits(case):
        if not one.is_old(case.day, months):
            for use in one.supports:
                found[use].append(one.number)
    return found
