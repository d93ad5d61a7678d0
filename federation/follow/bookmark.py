"""How far a stream was read, as the ledger keeps it with what the stream brought."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from registry.ledger import Happening

if TYPE_CHECKING:
    from registry.ledger import Ledger

__all__ = ["Bookmark", "Key", "find_bookmark", "read_key"]

Key = int | datetime
"""What orders the members of a stream: their numbers, or their times. One stream has keys of one kind."""
NAME: Final = "bookmark"
MOST_DIGITS: Final = 18
"""A number of a stream that counts its members has no more."""


@dataclass(frozen=True)
class Bookmark:
    """How far a stream was read.

    >>> bookmark = Bookmark("https://koepel.example/feed#1", 12, missed=("3",))
    >>> Bookmark.read(bookmark.terms) == bookmark
    True
    """

    stream: str = ""
    """The name of the stream; one of another name is another one, and read from its beginning."""
    after: Key | None = None
    """The key of the last member that was taken."""
    seen: tuple[str, ...] = ()
    """The members with this key that were taken."""
    missed: tuple[str, ...] = ()
    """Where pages begin that could not be read and are tried again; where nobody knows, their addresses."""

    @property
    def terms(self) -> str:
        """The bookmark as the ledger keeps it."""
        told = {"stream": self.stream, "after": write_key(self.after), "seen": self.seen}
        return json.dumps({NAME: {**told, "missed": self.missed}}, sort_keys=True)

    @classmethod
    def read(cls, terms: str) -> Bookmark | None:
        """Read the bookmark that an event carries."""
        told = json.loads(terms or "{}").get(NAME)
        if told is None:
            return None
        after = read_key(told["after"])
        return cls(told["stream"], after, tuple(told["seen"]), tuple(told["missed"]))

    def is_past(self, key: Key, member: str) -> bool:
        """Tell whether a member was taken already.

        >>> bookmark = Bookmark("a:a", 12, ("a:12",))
        >>> bookmark.is_past(12, "a:12"), bookmark.is_past(12, "a:12-again"), bookmark.is_past(13, "a:13")
        (True, False, False)
        """
        if self.after is None:
            return False
        return precedes(key, self.after) or (key == self.after and member in self.seen)

    def moved(self, key: Key, member: str) -> Bookmark:
        """Move on to a member, but never back."""
        if self.after is not None and precedes(key, self.after):
            return self
        seen = (*self.seen, member) if key == self.after else (member,)
        return Bookmark(self.stream, key, seen, self.missed)

    def settled(self, floor: Key | None) -> Bookmark:
        """Move on to just before a number, when nothing is left that comes before it.

        >>> Bookmark("a:a", 12, ("a:12",)).settled(20)
        Bookmark(stream='a:a', after=19, seen=(), missed=())
        """
        if isinstance(floor, int) and isinstance(self.after, int) and self.after < floor - 1:
            return Bookmark(self.stream, floor - 1, (), self.missed)
        return self


def precedes(one: Key, other: Key) -> bool:
    """Tell whether a key comes before another; keys of two kinds have no order.

    >>> precedes(1, 2), precedes(3, datetime(2026, 1, 1, tzinfo=UTC))
    (True, False)
    """
    match one, other:
        case int(), int():
            return one < other
        case datetime(), datetime():
            return one < other
    return False


def read_key(text: str | None) -> Key | None:
    """Read a key from a number or a moment; a moment without a time zone is taken as UTC.

    >>> read_key("12"), read_key("2026-11-22T10:00:00+01:00"), read_key("soon")
    (12, datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.timezone.utc), None)
    """
    words = (text or "").strip()
    try:
        if words.isdecimal():
            return int(words) if len(words) <= MOST_DIGITS else None
        return _moment(words)
    except (OverflowError, ValueError):
        return None


def _moment(words: str) -> datetime:
    found = datetime.fromisoformat(words)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def write_key(key: Key | None) -> str | None:
    """Write a key as `read_key` reads it."""
    return key.isoformat() if isinstance(key, datetime) else None if key is None else str(key)


def find_bookmark(ledger: Ledger, stream: str) -> Bookmark:
    """Find how far a source that is a stream was read since it was registered; a new one not at all."""
    found = Bookmark()
    for event in ledger.events(source=stream):
        if event.happening is Happening.REGISTERED:
            found = Bookmark()
        elif event.happening is Happening.FETCHED:
            found = Bookmark.read(event.terms) or found
    return found
