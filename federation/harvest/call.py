"""A visit that is under way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from federation.rhythm import is_full_turn
from registry.ledger import Happening
from registry.ledger.event import PUBLISHING

if TYPE_CHECKING:
    from datetime import datetime

    from federation.notebook import Note
    from federation.source import Source
    from registry.ledger import Event

__all__ = ["Call"]

DECIDED: Final = PUBLISHING | {Happening.HELD, Happening.REJECTED}
"""What is decided on a text."""


@dataclass(frozen=True)
class Call:
    """A visit that is under way: to whom, and what is known from before."""

    source: Source
    note: Note
    last: Event | None
    """What happened to the source last, visits without news apart."""
    begun: datetime
    etag: str | None = None
    last_modified: str | None = None
    """What the server is asked: whether the document is still the one that these stand for."""

    @classmethod
    def begin(cls, source: Source, note: Note, last: Event | None, now: datetime) -> Call:
        """Ask for changes only where the ledger holds what is to be compared, and not every time."""
        call = cls(source, note, last, now)
        if not call.is_settled or call.is_full:
            return call
        return replace(call, etag=note.etag, last_modified=note.last_modified)

    @property
    def is_full(self) -> bool:
        """Tell whether this time everything is read, whatever the server says about changes."""
        return is_full_turn(self.note, self.begun)

    @property
    def decided(self) -> Event | None:
        """The decision on a text that the ledger holds, when nothing has befallen the source since."""
        is_decided = self.last is not None and self.last.happening in DECIDED and self.last.digest
        return self.last if is_decided else None

    @property
    def is_settled(self) -> bool:
        """Tell whether the ledger holds the decision on the text, or the list, that the note is about."""
        if self.source.kind.lists:
            return self.last is not None and self.last.happening is Happening.ACCEPTED
        return self.decided is not None and self.decided.digest == self.note.digest
