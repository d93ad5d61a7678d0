"""A place in a list, which clients hand back to read on from there.

It names the snapshot, so that the next page belongs to the state of the first one, and the list, because a
place in one list means nothing in another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from registry.errors import InvalidDataError

__all__ = ["Cursor", "fingerprint"]

WRITTEN: Final = re.compile(r"(?P<snapshot>[A-Za-z0-9.-]+) (?P<list>[0-9a-f]{8}) (?P<place>0|[1-9]\d{0,8})")
QUANTUM: Final = 4  # base64 comes in groups of four


@dataclass(frozen=True)
class Cursor:
    """A place in a list.

    >>> cursor = Cursor("412-3fa91c02", "0a1b2c3d", 19)
    >>> Cursor.read(cursor.written) == cursor
    True
    >>> Cursor.read("page 2")
    Traceback (most recent call last):
    registry.errors.InvalidDataError: 'page 2' is no cursor that the registry has given. Take it from a page.
    """

    snapshot: str
    list: str
    """Which list it is, as `fingerprint` tells it."""
    place: int
    """Which item it is, counted from zero."""

    @property
    def written(self) -> str:
        """The cursor as clients get it."""
        text = f"{self.snapshot} {self.list} {self.place}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, written: str) -> Cursor:
        """Read a cursor, or say that it is none."""
        try:
            text = base64.urlsafe_b64decode(written + "=" * (-len(written) % QUANTUM)).decode("ascii")
        except (ValueError, binascii.Error):
            text = ""
        found = WRITTEN.fullmatch(text)
        cursor = cls(found["snapshot"], found["list"], int(found["place"])) if found else None
        if cursor is None or cursor.written != written:
            raise InvalidDataError(
                "unknown-cursor",
                "'{cursor}' is no cursor that the registry has given. Take it from a page.",
                cursor=written,
            )
        return cursor


def fingerprint(*parts: object) -> str:
    """Tell lists apart by all that they are made from.

    >>> fingerprint("projects", "en") == fingerprint("projects", "nl")
    False
    """
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
