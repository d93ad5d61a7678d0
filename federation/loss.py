"""When a source comes back with much less than it had: what counts as a loss, and when it is believed.

A server that is half broken serves empty files, web pages and lists that were cut short. So a loss is
believed only when it is still there some time later, or when a person says so; until then the last good
version stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from registry.ledger import Happening

if TYPE_CHECKING:
    from datetime import timedelta

    from registry.ledger import Event

__all__ = ["Doubt", "Loss", "Size", "doubt", "loses_members", "measure", "shrinks"]


class Loss(StrEnum):
    """What a source may have lost."""

    EMPTY = "empty"
    """Nothing is left of a description."""
    PAGE = "page"
    """A web page stands in the place of a description."""
    SMALLER = "smaller"
    """Most of a description is gone."""
    MEMBERS = "members"
    """Many members of a list are gone."""

    @classmethod
    def of_error(cls, code: str) -> Loss | None:
        """Tell which loss it may be that a document cannot be read.

        >>> Loss.of_error("web-page"), Loss.of_error("turtle-broken")
        (<Loss.PAGE: 'page'>, None)
        """
        return BY_CODE.get(code)


BY_CODE: Final = {
    "document-empty": Loss.EMPTY,
    "no-statements": Loss.EMPTY,
    "web-page": Loss.PAGE,
    "web-page-for-data": Loss.PAGE,
}


@dataclass(frozen=True)
class Size:
    """How much a description says."""

    statements: int
    things: int
    """How many things it describes that have a name."""


def measure(canonical: bytes) -> Size:
    r"""Measure a description in its canonical form.

    >>> measure(b'<a:a> <a:p> "1" .\n<a:a> <a:p> _:c14n0 .\n_:c14n0 <a:p> "2" .\n')
    Size(statements=3, things=1)
    """
    subjects = [line.partition(b" ")[0] for line in canonical.splitlines()]
    return Size(len(subjects), len({one for one in subjects if one.startswith(b"<")}))


def shrinks(before: Size, now: Size, share: float) -> bool:
    """Tell whether a description has lost more than a share of what it said, or of what it said it about.

    >>> shrinks(Size(100, 4), Size(50, 2), 0.5), shrinks(Size(100, 4), Size(90, 1), 0.5)
    (False, True)
    """
    kept = 1 - share
    return now.statements < kept * before.statements or now.things < kept * before.things


def loses_members(before: int, gone: int, share: float) -> bool:
    """Tell whether a list has lost more of its members than leave one by one, or all of them.

    >>> [loses_members(*case, 0.3) for case in ((10, 3), (10, 4), (2, 1), (1, 1))]
    [False, True, False, True]
    """
    return gone > 0 and (gone == before or gone > max(1, share * before))


@dataclass(frozen=True)
class Doubt:
    """A loss that is not believed yet. The ledger keeps it with the event that holds the source.

    One that began later than now, because the clock was fast then, begins anew.
    """

    loss: Loss
    since: datetime
    left: int
    """How much was left: statements, or members."""

    @property
    def terms(self) -> str:
        """The doubt as the ledger keeps it."""
        told = {"loss": self.loss.value, "since": self.since.isoformat(), "left": self.left}
        return json.dumps(told, sort_keys=True)

    @classmethod
    def of(cls, event: Event | None) -> Doubt | None:
        """Read the doubt for which a source is held; there is none where it is held for something else."""
        if event is None or event.happening is not Happening.HELD or not event.terms:
            return None
        told = json.loads(event.terms)
        if "loss" not in told:
            return None
        return cls(Loss(told["loss"]), datetime.fromisoformat(told["since"]), told["left"])


def doubt(loss: Loss, left: int, last: Event | None, now: datetime, patience: timedelta) -> Doubt | None:
    """Say what is still doubtful about a loss; nothing, when it is confirmed.

    It is confirmed when the source was in the same state so long ago and has lost nothing more since, or when
    a person has let it pass.

    >>> from datetime import UTC, timedelta
    >>> from registry.ledger import Event
    >>> now, day = datetime(2026, 11, 21, tzinfo=UTC), timedelta(days=1)
    >>> first = doubt(Loss.SMALLER, 9, None, now, day)
    >>> held = Event("https://buddy.example", Happening.HELD, terms=first.terms)
    >>> doubt(Loss.SMALLER, 9, held, now + day / 2, day) == first
    True
    >>> doubt(Loss.SMALLER, 9, held, now + day, day) is None
    True
    >>> doubt(Loss.SMALLER, 8, held, now + day, day).since == now + day
    True
    """
    if last is not None and last.happening is Happening.RELEASED and last.digest is None:
        return None
    before = Doubt.of(last)
    if before is None or before.loss is not loss or left < before.left or before.since > now:
        return Doubt(loss, now, left)
    return before if now - before.since < patience else None
