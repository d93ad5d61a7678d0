"""Where a harvest writes down what its visits bring: the ledger, and the notebook of visits."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Final

from registry.arrival import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from federation.notebook import Note, Notebook
    from federation.source import Source
    from registry.arrival import Entry
    from registry.ledger import Event, Ledger

__all__ = ["Blotter", "Books"]

TOGETHER: Final = 500
"""So many notes are read or written in one step."""


class Books:
    """The ledger and the notebook, written in this order.

    A harvest that is broken off in between leaves a note that is too old, and then the next visit is made
    without relying on it. What was to be noted and was not, is visited again.
    """

    writes = True
    """Whether anything is written at all."""

    def __init__(
        self,
        ledger: Ledger,
        notebook: Notebook,
        apart: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """Take up the books; `apart` keeps other writers out of the ledger while the block runs."""
        self.ledger = ledger
        self.notebook = notebook
        self.apart = apart
        self._notes: list[Note] = []
        self._read: dict[str, Note] = {}

    def note_of(self, source: str, coming: Iterable[Source]) -> Note:
        """Read what was noted of a source, and of those that come after it: one by one takes longer."""
        if source not in self._read:
            further = (one.space for one in islice(coming, TOGETHER))
            self._read = self.notebook.several([source, *further])
        return self._read.pop(source)

    def record(self, source: str, entries: list[Entry], after: int) -> bool:
        """Write down all that happened to one source, or nothing if somebody else decided on it meanwhile.

        Args:
            source: The source.
            entries: What happened to it.
            after: How far the ledger was when the visit began.
        """
        with self.apart():
            if self._since(source, after):
                return False
            kept = (one for one in entries if one[0].source == source or not self._is_ended(one[0], after))
            self.ledger.append_all(kept)
        return True

    def _since(self, source: str, after: int) -> list[Event]:
        return list(self.ledger.events(after=after, source=source))

    def _is_ended(self, event: Event, after: int) -> bool:
        """Tell whether the member of a list was removed or erased meanwhile."""
        return any(one.happening in ENDED for one in self._since(event.source, after))

    def note(self, note: Note) -> None:
        """Note a visit; the notebook gets many notes at once."""
        self._notes.append(note)
        if len(self._notes) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write the notes that are left."""
        notes, self._notes = self._notes, []
        if notes:
            self.notebook.write(notes)


class Blotter(Books):
    """Books in which nothing is written: for a harvest that only shows what would happen."""

    writes = False

    def record(self, source: str, entries: list[Entry], after: int) -> bool:
        """Write nothing."""
        return True

    def note(self, note: Note) -> None:
        """Note nothing."""
