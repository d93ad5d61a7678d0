"""Where in the ledger the pages of the stream lie, remembered as far as that can no longer change."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from registry.ledger import Ledger, Sheet

__all__ = ["Outline", "outline_of"]


class Outline:
    """The parts of one ledger in which readers noticed something; each is so many events long.

    What lies in a part that is full was read once; only what comes after it is looked for again.
    """

    def __init__(self, ledger: Ledger, size: int) -> None:
        self._ledger = ledger
        self._size = size
        self._lock = Lock()
        self._lineage = ""
        self._full: list[Sheet] = []
        self._read_to = 0

    def read(self) -> tuple[tuple[Sheet, ...], int]:
        """Give every part, and the position up to which the ledger was read."""
        with self._lock:
            if self._lineage != self._ledger.lineage:
                self._lineage, self._full, self._read_to = self._ledger.lineage, [], 0
            until = self._ledger.position()
            found = self._ledger.sheets(self._size, self._read_to)
            full = [one for one in found if one.number * self._size <= until]
            self._full += full
            self._read_to = until // self._size * self._size
            return (*self._full, *found[len(full) :]), until


OUTLINES: Final[WeakKeyDictionary[Ledger, dict[int, Outline]]] = WeakKeyDictionary()


def outline_of(ledger: Ledger, size: int) -> Outline:
    """Find the outline of a ledger that this process knows already, or begin one."""
    sizes = OUTLINES.setdefault(ledger, {})
    return sizes.setdefault(size, Outline(ledger, size))
