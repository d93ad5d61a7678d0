"""The days of a label: from when and until when it holds, its conditions, and how it is extended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.certification.details import ConditionMet, Extension, Grant
from registry.certification.guard.demand import conditions_asked
from registry.certification.life.way import load_way
from registry.certification.proof.description import described, first_published
from registry.errors import NotAllowedError, NotFoundError
from registry.scheme.scheme import months_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from registry.certification.guard.matter import Matter
    from registry.certification.life.case import Case
    from registry.certification.proof.description import Described

__all__ = [
    "assessed",
    "check_condition",
    "check_described",
    "check_extension",
    "check_lone",
    "check_term",
    "former",
    "overlapping",
    "term",
]


def term(matter: Matter, case: Case) -> tuple[date, date]:
    """Give the first and the last day of the label that is to be granted."""
    told = matter.told if isinstance(matter.told, Grant) else Grant.model_construct()
    start = told.valid_from or matter.on
    return start, told.expires or _latest(matter, case, start)


def _latest(matter: Matter, case: Case, start: date) -> date:
    """Give the last day that the scheme allows.

    Where years count from the first award, a renewal in the second half of a period is the one that is due at
    its end; before that it changes the label and leaves the years as they are.
    """
    due = start
    for one in overlapping(matter, case, start):
        if one.label and months_after(start, matter.scheme.validity_months // 2) >= one.label.expires:
            due = max(due, one.label.expires)
    first = matter.caseload.first_award(case)
    return matter.scheme.expiry(due if first and matter.scheme.from_first else start, first)


def former(matter: Matter, case: Case) -> Iterator[Case]:
    """Find the other labels of the same initiative, scheme and body that hold, will hold or are suspended."""
    going = load_way().in_force | {"suspended"}
    return (one for one in matter.caseload.siblings(case) if one.state in going)


def overlapping(matter: Matter, case: Case, start: date) -> Iterator[Case]:
    """Find those in whose place a new label comes: they would still go on when it begins."""
    return (one for one in former(matter, case) if one.label and start <= one.label.expires)


def assessed(matter: Matter, case: Case) -> Described | None:
    """Find the description that counts for a decision; None where it lies before the registry knew one.

    Raises:
        NotFoundError: There was a description once, and on that day none was published any more.
    """
    found = described(matter.desk, case.subject, matter.on)
    first = first_published(matter.desk, str(case.opening.get("source", "")))
    if found or (first and first.date() > matter.on):
        return found
    raise NotFoundError(
        "description-gone",
        "On {day} no description of {subject} was published, so there is nothing to assess. Publish it again "
        "first.",
        day=matter.on.isoformat(),
        subject=case.subject,
    )


def check_described(matter: Matter) -> None:
    """Refuse to grant a label to what nobody describes."""
    if matter.order.act == "grant" and matter.case:
        assessed(matter, matter.case)


def check_term(matter: Matter) -> None:
    """Refuse a label that begins before its decision, holds longer than the scheme says, or overlaps (L1)."""
    if matter.order.act != "grant" or matter.case is None:
        return
    start, end = term(matter, matter.case)
    latest = _latest(matter, matter.case, start)
    _check_start(matter, start)
    if not start <= end <= latest:
        raise NotAllowedError(
            "term-too-long",
            "By its scheme a label that begins on {start} ends on {latest} at the latest, and not before it "
            "begins. Choose a day in between; to move the end later on, extend the label.",
            start=start.isoformat(),
            latest=latest.isoformat(),
        )
    for one in overlapping(matter, matter.case, start):
        _check_succession(matter, one, start)
    for asked in conditions_asked(matter, matter.case):
        if not matter.on < asked.due <= end:
            raise NotAllowedError(
                "condition-day",
                "A condition is due after the decision, and while the label holds: from {day} to {end}. "
                "Choose another day than {due}.",
                day=matter.on.isoformat(),
                end=end.isoformat(),
                due=asked.due.isoformat(),
            )


def _check_start(matter: Matter, start: date) -> None:
    furthest = months_after(matter.on, matter.scheme.validity_months)
    if start < matter.on:
        raise NotAllowedError(
            "term-before-decision",
            "A label cannot hold before it was decided on. Let it begin on {day} or later.",
            day=matter.on.isoformat(),
        )
    if start > furthest:
        raise NotAllowedError(
            "term-too-far",
            "A label cannot begin so long after its decision. Let it begin on {day} or earlier.",
            day=furthest.isoformat(),
        )


def check_lone(matter: Matter) -> None:
    """Refuse to write in the past what gives two labels at once, because another was granted since.

    On the day of the act the other label was not there yet, so that neither takes the place of the other.
    """
    span = _span(matter)
    if matter.case is None or span is None:
        return
    start, end = span
    about = matter.case.subject, matter.case.scheme, matter.case.body
    for one in matter.caseload.cases(matter.desk.today()):
        label = one.label
        if label is None or one.iri == matter.case.iri or (one.subject, one.scheme, one.body) != about:
            continue
        if label.decided > matter.on and start <= label.expires and label.valid_from <= end:
            raise _comes_after(one, label.decided)


def _span(matter: Matter) -> tuple[date, date] | None:
    """Tell from when until when a label would hold by an act; None where the act makes none hold."""
    label = matter.case.label if matter.case else None
    match matter.told:
        case Grant() if matter.case:
            return term(matter, matter.case)
        case Extension(expires=expires) if label:
            return label.expires, expires
        case _ if label and matter.order.act == "overturn":
            return matter.on, label.expires
    return None


def check_extension(matter: Matter) -> None:
    """Refuse an extension that is none, that has no end, or that reaches into the label that follows.

    All extensions of a label together are no longer than the time for which its scheme grants one: whoever
    wants it to hold on has to be assessed again.
    """
    label = matter.case.label if matter.case else None
    if matter.case is None or label is None or not isinstance(matter.told, Extension):
        return
    if matter.told.expires <= label.expires:
        raise NotAllowedError(
            "extension-not-later",
            "The label {label} holds until {day}. An extension needs a later day.",
            label=label.iri,
            day=label.expires.isoformat(),
        )
    latest = months_after(matter.case.first_end, matter.scheme.validity_months)
    if matter.told.expires > latest:
        raise NotAllowedError(
            "extension-too-long",
            "The label {label} can be extended until {day} at the latest: all extensions together are no "
            "longer than a label lasts. Choose an earlier day, or renew the label.",
            label=label.iri,
            day=latest.isoformat(),
        )
    for other in former(matter, matter.case):
        if other.label and label.expires < other.label.valid_from <= matter.told.expires:
            raise NotAllowedError(
                "extension-overlaps",
                "The label of the case {case} follows this one from {day} on. Extend to a day before that.",
                case=other.number,
                day=other.label.valid_from.isoformat(),
            )


def check_condition(matter: Matter) -> None:
    """Refuse to call a condition met that there is not, or that is met."""
    label = matter.case.label if matter.case else None
    if not label or matter.order.act != "meet-condition":
        return
    waiting = [str(one.number) for one in label.conditions if one.met is None]
    said = str(matter.told.number) if isinstance(matter.told, ConditionMet) else None
    if not waiting or (said is not None and said not in waiting):
        raise NotAllowedError(
            "condition-not-open",
            "No such condition of the label {label} is open. Open are: {choices}.",
            label=label.iri,
            choices=", ".join(waiting) or "—",
        )


def _check_succession(matter: Matter, one: Case, start: date) -> None:
    label, acts = one.label, matter.caseload.acts[one.iri]
    if one.appealed:
        raise NotAllowedError(
            "appeal-undecided",
            "An appeal is open in the case {case}. Uphold or overturn the decision first.",
            case=one.number,
        )
    if label and matter.on < start:
        raise NotAllowedError(
            "term-overlaps",
            "The label of the case {case} holds until {day}. Let the new one begin on the day of the "
            "decision, and take its place, or on the day after it.",
            case=one.number,
            day=label.expires.isoformat(),
        )
    if acts[-1].on > matter.on:
        raise _comes_after(one, acts[-1].on)


def _comes_after(one: Case, last: date) -> NotAllowedError:
    return NotAllowedError(
        "act-before-last",
        "In the case {case} something was done on {last}, and what follows cannot lie before it. Give "
        "that day or a later one.",
        case=one.number,
        last=last.isoformat(),
    )
