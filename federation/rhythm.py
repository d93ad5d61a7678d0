"""When a source is visited next.

The rhythm of a source is its own. Chance moves each visit a little, so that sources that were registered in
one hour are not visited in one hour for ever.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from federation.notebook import Note

__all__ = ["again", "is_full_turn", "next_visit"]

SPREAD: Final = 0.2
"""By which share of the usual time a visit moves, in all."""
FIRST: Final = timedelta(minutes=15)
"""How soon a source is tried again that has failed for the first time."""
LONGEST: Final = timedelta(days=7)
"""How long a server may ask to be left alone."""
FULL: Final = timedelta(days=7)
"""How often a source is read in full, whatever its server says about changes."""


def next_visit(now: datetime, hours: float, chance: float, confirm: Iterable[datetime] = ()) -> datetime:
    """Say when a source that answered is visited next.

    Args:
        now: When it answered.
        hours: Its usual time between two visits.
        chance: A number from 0 to 1.
        confirm: When there is something to confirm.

    >>> from datetime import datetime
    >>> now = datetime(2026, 11, 21)
    >>> next_visit(now, 10, 0.5) - now, next_visit(now, 10, 1) - now
    (datetime.timedelta(seconds=36000), datetime.timedelta(seconds=39600))
    """
    return min([now + _moved(timedelta(hours=hours), chance), *(max(now, one) for one in confirm)])


def again(now: datetime, hours: float, chance: float, failures: int, wait: float | None = None) -> datetime:
    """Say when a source that failed is tried again: soon, then less and less often, as long as it fails.

    It is never tried less often than usual, unless its server asks for that (Retry-After; RFC 9110, section
    10.2.3).

    Args:
        now: When it failed.
        hours: Its usual time between two visits.
        chance: A number from 0 to 1.
        failures: How often it has failed in a row.
        wait: How many seconds its server asks to be left alone.

    >>> from datetime import datetime
    >>> now = datetime(2026, 11, 21)
    >>> [str(again(now, 24, 0.5, failures) - now) for failures in (1, 2, 3, 50)]
    ['0:15:00', '0:30:00', '1:00:00', '1 day, 0:00:00']
    >>> str(again(now, 24, 0.5, 1, wait=3600) - now)
    '1:00:00'
    """
    usual = timedelta(hours=hours)
    pause = min(usual, FIRST * 2 ** min(failures - 1, 20))
    asked = min(LONGEST, timedelta(seconds=wait or 0))
    return now + max(_moved(pause, chance), asked)


def is_full_turn(note: Note, now: datetime) -> bool:
    """Tell whether it is time to read a source in full, although its server may say that nothing changed.

    Servers err about that. Each source has a moment of its own in the week.
    """
    if note.read is None or note.read > now:  # the clock was fast then
        return True
    place = hashlib.sha256(note.source.encode()).digest()[0] / 255
    return now - note.read >= FULL * (1 - SPREAD * place)


def _moved(time: timedelta, chance: float) -> timedelta:
    return time * (1 - SPREAD / 2 + SPREAD * chance)
