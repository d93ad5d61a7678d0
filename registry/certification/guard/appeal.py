"""Appeals: in time, once against each decision, and decided by somebody who did not take it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from registry.certification.guard.matter import Matter
    from registry.certification.life.act import Act
    from registry.certification.life.case import Case

__all__ = ["check_appeal"]

APPEALABLE: Final = ("refuse", "suspend", "revoke")
MEANWHILE: Final = frozenset({"add-evidence"})
"""What may be done while an appeal is open, beside deciding on it."""


def check_appeal(matter: Matter) -> None:
    """Refuse an appeal that comes too late or twice, and decisions that pass an open one by."""
    case = matter.case
    if case is None:
        return
    if matter.step.opens_appeal:
        _check_lodging(matter, case)
    elif matter.step.closes_appeal:
        _check_ruling(matter, case)
    elif case.appealed and matter.order.act not in MEANWHILE:
        raise NotAllowedError(
            "appeal-undecided",
            "An appeal is open in the case {case}. Uphold or overturn the decision first.",
            case=case.number,
        )


def _check_lodging(matter: Matter, case: Case) -> None:
    decision, days = _decision(case), matter.scheme.appeal_days
    if not days:
        raise NotAllowedError(
            "appeal-none",
            "The label scheme {scheme} has no appeal. Speak with the body {body}.",
            scheme=matter.scheme.iri,
            body=case.body,
        )
    last = decision.on + timedelta(days=days)
    if matter.on > last:
        raise NotAllowedError(
            "appeal-late",
            "An appeal in the case {case} had to come in by {day}, {days} days after the decision.",
            case=case.number,
            day=last.isoformat(),
            days=days,
        )
    if any(act.name == "appeal" for act in case.acts[case.acts.index(decision) :]):
        raise NotAllowedError(
            "appeal-again",
            "An appeal against this decision in the case {case} was lodged before, and there is only one.",
            case=case.number,
        )


def _check_ruling(matter: Matter, case: Case) -> None:
    if not case.appealed:
        raise NotAllowedError(
            "appeal-not-open",
            "No appeal is open in the case {case}, so there is nothing to uphold or to overturn.",
            case=case.number,
        )
    if _decision(case).actor == matter.actor.account:
        raise NotAllowedError(
            "appeal-own-decision",
            "Whoever took the decision in the case {case} does not decide on the appeal against it. Leave "
            "it to somebody else of {body}.",
            case=case.number,
            body=case.body,
        )


def _decision(case: Case) -> Act:
    """Find the decision against which an appeal goes; without one, no state allows an appeal."""
    decision = case.last(*APPEALABLE)
    assert decision is not None  # noqa: S101 - the state was checked before
    return decision
