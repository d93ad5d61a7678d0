"""What is at hand where notices are sent, and which notices there are to send."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from federation.notebook import Note
from federation.notice.link import INBOX
from federation.notice.report import read_text
from federation.notice.status import Stage, owner_mail, read_status
from federation.notice.tray import Channel, Letter, Tray
from federation.source import Source
from registry.ledger import Happening
from registry.ledger.event import ORGANISATIONAL, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from federation.notebook import Notebook
    from federation.notice.status import Status
    from registry.ledger import Event, Ledger

__all__ = ["Bureau", "Told", "later"]

PATIENCE: Final = timedelta(hours=24)
"""A server that is away for less than this is nothing to write about."""
FIRST_PAUSE: Final = timedelta(minutes=15)
LONGEST_PAUSE: Final = timedelta(days=1)
MOST_ATTEMPTS: Final = 10
"""After so many a state is told no more; the next one is. The status page has everything."""
MANY: Final = 500
"""From so many changes on, all sources are read at once and not one by one."""
SILENT: Final = ROUTINE | ORGANISATIONAL | {Happening.TRANSFERRED}


@dataclass(frozen=True)
class Told:
    """What came of telling somebody about a source."""

    source: str
    channel: Channel
    outcome: str
    """`sent`, `asked` (for consent), `failed` (it is tried again), `given-up` or, in a trial, `due`."""
    reason: str = ""


@dataclass(frozen=True)
class Bureau:
    """What is at hand where notices are sent."""

    ledger: Ledger
    notebook: Notebook
    tray: Tray
    site: str
    """The address of this registry, without a slash at the end."""
    now: datetime

    def status(self, source: str) -> Status:
        """Tell where a source stands."""
        return read_status(self.ledger, self.notebook, source)

    def is_news(self, letter: Letter, status: Status) -> bool:
        """Tell whether there is something to tell which was not told yet."""
        told = self.tray.told(letter.channel, letter.source)
        return status.stage is not Stage.WAITING and told != status.key

    def gather(self) -> list[Letter]:
        """Lay ready what the ledger has gained since the last time; of what was erased nothing stays here.

        Another ledger than last time, such as one from a backup, is followed from where it is.
        """
        here, lineage = self.ledger.position(), self.ledger.lineage
        known = self.tray.mark("lineage")
        after = int(self.tray.mark("position") or 0) if known in {"", lineage} else here
        news = {
            event.source: event
            for event in self.ledger.events(after=after, until=here)
            if event.happening not in SILENT
        }
        for source, event in news.items():
            if event.happening is Happening.ERASED:
                self.tray.forget(source)
        letters = [Letter(*whom, self._due(news[whom[1]])) for whom in self._addressees(news)]
        self.tray.put(letters, [("position", str(here)), ("lineage", lineage)])
        return letters

    def _addressees(self, news: dict[str, Event]) -> Iterator[tuple[Channel, str]]:
        """Find out on which ways the publishers of changed sources can be told at all."""
        many = len(news) > MANY
        agreed = self.ledger.registrations() if many else {}
        notes = self.notebook.all() if many else {}
        for source, event in news.items():
            note = notes.get(source, Note(source)) if many else self.notebook.of(source)
            named = note.inbox or self.tray.told(Channel.INBOX, source)
            if named or INBOX.encode() in (read_text(self.ledger, event) or b""):
                yield Channel.INBOX, source
            known = agreed.get(source)
            if Source.of(known).mail if known else owner_mail(self.ledger, source):
                yield Channel.MAIL, source

    def _due(self, event: Event) -> datetime:
        return self.now + PATIENCE if event.happening is Happening.UNREACHABLE else self.now


def later(letter: Letter, now: datetime, wait: float | None = None) -> Letter | None:
    """Say when something is tried again, each time after a longer pause; at last never.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 11, 22, tzinfo=UTC)
    >>> second = later(Letter(Channel.MAIL, "https://buddy.example", now), now)
    >>> (second.due - now).seconds, later(replace(second, failures=9), now)
    (900, None)
    """
    failures = letter.failures + 1
    if failures >= MOST_ATTEMPTS:
        return None
    pause = min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
    return replace(letter, due=now + max(pause, timedelta(seconds=wait or 0)), failures=failures)
