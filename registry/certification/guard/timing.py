"""When something may be done: as the state of the case allows, and in the order of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.certification.guard.opening import OPEN
from registry.certification.life.way import EXPIRED, load_way
from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from registry.certification.guard.matter import Matter

__all__ = ["check_days", "check_state"]


def check_days(matter: Matter) -> None:
    """Refuse what is to happen in the future, or before what happened last in the case."""
    today = matter.desk.today()
    if matter.on > today:
        raise NotAllowedError(
            "act-in-future",
            "The day {day} is still to come. Give a day up to today, {today}.",
            day=matter.on.isoformat(),
            today=today.isoformat(),
        )
    acts = matter.caseload.acts[matter.case.iri] if matter.case else ()
    if acts and matter.on < acts[-1].on:
        raise NotAllowedError(
            "act-before-last",
            "In the case {case} something was done on {last}, and what follows cannot lie before it. Give "
            "that day or a later one.",
            case=acts[-1].case.rpartition("/")[2],
            last=acts[-1].on.isoformat(),
        )


def check_state(matter: Matter) -> None:
    """Refuse what the way of a case does not have at this place."""
    if matter.state in matter.step.leads:
        return
    number = matter.case.number if matter.case else ""
    if matter.state == EXPIRED:
        raise NotAllowedError(
            "label-expired",
            "The label of the case {case} ran out on {day}, and nothing about it changes any more. Open a "
            "case that renews it.",
            case=number,
            day=matter.case.label.expires.isoformat() if matter.case and matter.case.label else "",
        )
    if matter.order.act == "open":
        raise NotAllowedError(
            "case-begun",
            "The case {case} has begun already. Leave its number out to open a new one.",
            case=number,
        )
    raise NotAllowedError(
        "state-forbids",
        "The act '{act}' is not possible in the case {case}, whose state is '{state}'. Possible now: "
        "{choices}.",
        act=matter.order.act,
        case=number,
        state=matter.state,
        choices=_choices(matter.state),
    )


def _choices(state: str) -> str:
    steps = [one.name for one in load_way().open_from(state) if one.roles]
    return ", ".join(steps) if steps or state in OPEN else "—"
