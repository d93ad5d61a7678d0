"""Where a process writes an answer: into one message if it is small, and into a file if it is not.

A file lets the process go on to the next query when its work is done, however slowly the reader takes the
answer in; and neither the process nor the registry ever holds more than a piece of it in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.sparql.frame import Ended, Grown, Started, Whole
from registry.sparql.refusal import answer_too_large

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from pathlib import Path

    from registry.sparql.frame import Frame

__all__ = ["Outlet"]

PIECE: Final = 1 << 16
"""So many bytes are written together; an answer of fewer is small."""
STEP: Final = 1 << 19
"""After so many bytes the registry is told that there is more."""


class Outlet:
    """Takes in an answer piece by piece, and tells the registry how far it is."""

    def __init__(self, paper: Path, longest: int, tell: Callable[[Frame], None]) -> None:
        self.media_type = ""
        self._paper = paper
        self._longest = longest
        self._tell = tell
        self._file: FileIO | None = None
        self._held = bytearray()
        self._size = 0
        self._told = 0

    def write(self, data: bytes, /) -> int:
        """Take in the next piece."""
        self._size += len(data)
        if self._size > self._longest:
            raise answer_too_large(self._longest)
        self._held += data
        if len(self._held) > PIECE:
            self._pour()
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces go out when they are large enough."""

    def finish(self, *, spent: bool) -> None:
        """Tell the registry that this is all."""
        if self._file is None:
            self._tell(Whole(bytes(self._held), self.media_type, spent))
            return
        self._pour()
        self._tell(Ended(self._size, spent))

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _pour(self) -> None:
        if self._file is None:
            self._file = self._paper.open("wb", buffering=0)
            self._tell(Started(self.media_type))
        rest = memoryview(bytes(self._held))
        while rest:
            rest = rest[self._file.write(rest) :]
        self._held.clear()
        if not self._told or self._size - self._told >= STEP:
            self._told = self._size
            self._tell(Grown(self._size))
