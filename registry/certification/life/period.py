"""The life of a label as a row of periods: in which state it stood, and from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.certification.life.case import Case

__all__ = ["Period", "periods", "turns"]

DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A run of days on which a label stood in one state; both its first and its last day belong to it."""

    state: str
    """A code of the list `label-state`."""
    start: date
    end: date | None
    """The last day; of the present period the last one as it stands now; none where no end is in sight."""
    in_force: bool


def periods(case: Case) -> tuple[Period, ...]:
    """Tell in which states a label stood until the day of its case, the oldest first.

    The case itself is asked on each day on which something can change, so that both always say the same. Of
    several acts on one day the last one counts. A label that is granted for later stands in a period of its
    own until it begins. Before it was granted there is none.
    """
    found: list[tuple[date, str, bool]] = []
    for day in turns(case):
        then = case.on(day)
        if then and (not found or found[-1][1:] != (then.state, then.in_force)):
            found.append((day, then.state, then.in_force))
    ends = [start - DAY for start, _, _ in found[1:]]
    return tuple(
        Period(state, start, end, in_force)
        for (start, state, in_force), end in zip(found, (*ends, None), strict=False)
        if start <= case.day
    )


def turns(case: Case) -> list[date]:
    """List the days on which the state can change, from the grant on, with those that are still to come."""
    granted = case.last("grant")
    return sorted({day for day in _days(case) if granted and day >= granted.on})


def _days(case: Case) -> Iterator[date]:
    for act in case.acts:
        yield act.on
        if "valid_from" in act.details:
            yield date.fromisoformat(act.details["valid_from"])
        if act.name in ("grant", "extend"):
            last = date.fromisoformat(act.details["expires"])
            yield min(last, date.max - DAY) + DAY
