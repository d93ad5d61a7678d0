"""An answer on its way to its reader, piece by piece, while the query may still be running."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from registry.sparql.frame import Ended, Failed, Grown, Planned, Started, Whole

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from io import FileIO
    from pathlib import Path

    from registry.errors import KoepelError
    from registry.sparql.delegation import Account, Plan
    from registry.sparql.frame import Frame

__all__ = ["Answer"]

PIECE: Final = 1 << 17
"""So many bytes are in memory for one reader."""


class Answer:
    """What a query brings, to be read once: `async for piece in answer`, and `aclose` at the end.

    Whatever keeps an answer from being whole is raised, also in the middle of it: a reader must be able to
    tell a part from the whole.
    """

    def __init__(self) -> None:
        self.media_type = ""
        self.plan: Plan | None = None
        """What is to be asked elsewhere first, where only that was wanted."""
        self.accounts: tuple[Account, ...] = ()
        """Which peers were asked for it."""
        self._data = b""
        self._file: FileIO | None = None
        self._size = 0
        self._is_complete = False
        self._error: KoepelError | None = None
        self._news = asyncio.Event()
        self._at_end: list[Callable[[], object]] = []

    @property
    def size(self) -> int | None:
        """How many bytes it has, once it is all there."""
        return self._size if self._is_complete else None

    def take(self, message: Frame, paper: Path) -> None:
        """Take note of what the process says that works on it, and writes on this paper."""
        match message:
            case Started(media_type):
                self.media_type, self._file = media_type, _taken_over(paper)
            case Grown(size):
                self._size = size
            case Whole(data, media_type):
                self.media_type, self._data, self._size = media_type, data, len(data)
                self._is_complete = True
            case Ended(size):
                self._size, self._is_complete = size, True
            case Planned(plan):
                self.plan, self._is_complete = plan, True
            case Failed(error):
                self._error = error
        self._news.set()

    def fail(self, error: KoepelError) -> None:
        """Take note that there will be nothing more."""
        self._error = error
        self._news.set()

    def at_end(self, act: Callable[[], object]) -> None:
        """Do something when nobody needs the answer any more."""
        self._at_end.append(act)

    async def begun(self, patience: float) -> None:
        """Wait until there is something to send, and a little longer for the end.

        What goes wrong in that time can be told in plain words; later, only by breaking off.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.completed()
        while not self._size and not self._is_complete:
            await self._next()

    async def completed(self) -> None:
        """Wait until it is all there."""
        while not self._is_complete:
            await self._next()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Give it piece by piece, as soon as there is one."""
        sent = 0
        while sent < self._size or not self._is_complete:
            if self._error or sent == self._size:
                await self._next()
                continue
            piece = self._piece(sent)
            sent += len(piece)
            yield piece

    async def whole(self, longest: int | None = None) -> bytes | None:
        """Give it in one piece, or nothing when it is longer than that."""
        pieces, size = [], 0
        async for piece in self:
            size += len(piece)
            if longest is not None and size > longest:
                return None
            pieces.append(piece)
        return b"".join(pieces)

    async def aclose(self) -> None:
        """Let go of it; a query that is still running is ended."""
        for act in self._at_end:
            act()
        self._at_end.clear()
        if self._file is not None:
            self._file.close()

    async def _next(self) -> None:
        """Wait for news, or say that there will be none."""
        if self._error:
            raise self._error
        self._news.clear()
        await self._news.wait()
        if self._error:
            raise self._error

    def _piece(self, start: int) -> bytes:
        if self._file is None:
            return self._data
        # The piece was written a moment ago and is still in memory: a thread would take longer to start.
        return os.pread(self._file.fileno(), min(PIECE, self._size - start), start)


def _taken_over(paper: Path) -> FileIO:
    """Take a file out of its folder, so that it is gone when nobody reads it any more."""
    file = paper.open("rb", buffering=0)
    paper.unlink()
    return file
