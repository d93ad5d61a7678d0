"""What a label rests on and what is published today: criteria that a machine decides stay under its eyes.

Nothing is revoked by itself: the certifying body is told, the label page says so, and people decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from registry.errors import NotFoundError
from registry.ledger import Happening
from registry.ledger.event import CERTIFYING, ENDING, ORGANISATIONAL, ROUTINE
from registry.validation.assessment import Outcome
from registry.validation.standard import BASIC

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from registry.certification.desk import Desk
    from registry.certification.life.case import Case, Label
    from registry.ledger import Event, Ledger
    from registry.validation.standard import CriterionUse, Requirement, Standard

__all__ = ["MACHINE", "STANDARD_UNKNOWN", "Live", "Loss", "look", "lost"]

MACHINE: Final = "machine"
"""The way of deciding that needs no person; a code of the list `decision-mode`."""
STANDARD_UNKNOWN: Final = "standard-unknown"
"""The word for a label whose standard, or the version of it, is not installed here."""
HOLDS: Final = frozenset({Outcome.MET, Outcome.NOT_APPLICABLE})
PASSING: Final = ROUTINE | ORGANISATIONAL | CERTIFYING | {Happening.TRANSFERRED, Happening.REGISTERED}
"""What befalls a source without saying whether its description is there."""


@dataclass(frozen=True)
class Loss:
    """One criterion of which the description says something else than when the label was granted."""

    requirement: Requirement
    use: CriterionUse
    before: Outcome
    now: Outcome

    @property
    def is_basic(self) -> bool:
        """Tell whether the label cannot do without it."""
        return self.use.level == BASIC


@dataclass(frozen=True)
class Live:
    """How the description that is published on a day compares with the one that was assessed."""

    day: date
    digest: str = ""
    """The version that is published; empty where there is none."""
    lost: tuple[Loss, ...] = ()
    """What held when the label was granted and does not hold now."""
    gained: tuple[Loss, ...] = ()
    """What did not hold then and holds now."""
    absence: str = ""
    """Why there is nothing to look at: the description is withdrawn, removed or erased, or the
    standard unknown; or unreachable, when the last text counts."""
    since: datetime | None = None
    """Since when that is so."""

    @property
    def is_basic(self) -> bool:
        """Tell whether something is lost that the label cannot do without."""
        return any(one.is_basic for one in self.lost)

    @property
    def state(self) -> str:
        """Tell this finding from others, so that nobody is told of it twice."""
        return " ".join([self.absence, *sorted(str(one.use.iri) for one in self.lost)]).strip()


def lost(desk: Desk, case: Case, day: date) -> tuple[Loss, ...]:
    """List the criteria that held when the label was granted and no longer hold in what is published."""
    return look(desk, case, day).lost


def look(
    desk: Desk,
    case: Case,
    day: date,
    answered: Callable[[str], datetime | None] = lambda _: None,
) -> Live:
    """Hold the description that is published on a day against the version of the standard of the label.

    Where the description was withdrawn or removed, nothing that the machine found holds any more. Of what
    people judged nothing is said here, and of a label whose standard is not installed only that.

    Args:
        desk: The registry.
        case: A case in which a label was granted; of any other nothing is said.
        day: The day; what was published at its end counts.
        answered: Tells when the server of a source last answered, which the ledger does not know.
    """
    label = case.label
    if label is None or not label.outcomes or not label.source:
        return Live(day)
    standard = _standard(desk, label)
    if standard is None:
        return Live(day, absence=STANDARD_UNKNOWN)
    ledger, until = desk.home.ledger, _position(desk.home.ledger, day, desk.today())
    ended = _absence(ledger, label.source, until, answered)
    absence, since = (ended.happening.value, ended.time) if ended else ("", None)
    publication = ledger.publication(label.source, until=until)
    if publication is None:
        return Live(day, "", _changes(standard, label, {}, gained=False), (), absence, since)
    now = desk.machine(publication.digest, label.subject, label.standard, label.version, day)
    losses, gains = (_changes(standard, label, now, gained=gained) for gained in (False, True))
    return Live(day, publication.digest, losses, gains, absence, since)


def _standard(desk: Desk, label: Label) -> Standard | None:
    try:
        return desk.rulebook.standard(label.standard).at(label.version)
    except NotFoundError:
        return None


def _changes(
    standard: Standard, label: Label, now: Mapping[str, Outcome], *, gained: bool
) -> tuple[Loss, ...]:
    """Compare use by use; what is said nowhere any more does not hold."""
    found = []
    for requirement in standard.requirements:
        for use in requirement.uses:
            told = label.outcomes.get(str(use.iri), {})
            if told.get("mode") != MACHINE:
                continue
            before, after = Outcome(told["outcome"]), now.get(str(use.iri), Outcome.NOT_MET)
            if (before in HOLDS) != gained and (after in HOLDS) == gained:
                found.append(Loss(requirement, use, before, after))
    return tuple(found)


def _absence(
    ledger: Ledger, source: str, until: int | None, answered: Callable[[str], datetime | None]
) -> Event | None:
    """Find what says that the description is gone, or cannot be fetched at present."""
    told = [one for one in ledger.events(source=source, until=until) if one.happening not in PASSING]
    if not told:
        return None
    last = told[-1]
    if last.happening is Happening.UNREACHABLE:
        heard = answered(source)
        return None if heard and last.time and heard > last.time else last
    return last if last.happening in ENDING else None


def _position(ledger: Ledger, day: date, today: date) -> int | None:
    """Give how far the ledger was at the end of a day that is over."""
    if day >= today:
        return None
    end = datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    return ledger.position_at(end)
