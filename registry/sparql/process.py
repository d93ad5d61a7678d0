"""A process that answers queries, as the registry sees it: one can give it an order, slow it down, end it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import sys
from contextlib import suppress
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Final

from registry.sparql.frame import frame, pack
from registry.sparql.worker import work

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from registry.graph.snapshot import Snapshot
    from registry.sparql.frame import Frame, Order, Planning
    from registry.sparql.limits import Limits

__all__ = ["WorkerProcess"]

LOWEST_PRIORITY: Final = 19
#: A server that forks processes has read the libraries already, so that each starts within milliseconds.
PROCESSES: Final = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["registry.graph.snapshot", "registry.sparql.worker"])
STARTING: Final = Lock()


class WorkerProcess:
    """One process, and the line to it."""

    def __init__(
        self, process: ForkServerProcess, reader: StreamReader, writer: StreamWriter, paper: Path
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.paper = paper
        self.has_stepped_back = False
        self.snapshot: Snapshot | None = None
        """What it was last asked about, and so probably has open."""

    @classmethod
    async def start(cls, limits: Limits, paper: Path, first: Snapshot | None = None) -> WorkerProcess:
        """Start a process, which opens a snapshot first thing if one is given."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = PROCESSES.Process(target=work, args=(theirs, limits, paper, first), daemon=True)
            await asyncio.to_thread(_start, process)
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        return cls(process, reader, writer, paper)

    @property
    def is_dead(self) -> bool:
        """Whether it has come to an end by itself."""
        return self._reader.at_eof()

    async def send(self, order: Order | Planning) -> None:
        """Give it something to do."""
        self.snapshot = order.snapshot
        self._writer.write(pack(order))
        with suppress(ConnectionError):  # then there is no frame either, which tells the reason
            await self._writer.drain()

    async def receive(self) -> Frame:
        """Wait for what it has to say next.

        Raises:
            EOFError: It has died.
        """
        return await frame(self._reader)

    def step_back(self) -> None:
        """Let every other process go first from now on; there is no way back."""
        self.has_stepped_back = True
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid or 0, LOWEST_PRIORITY)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._writer.close()

    async def bury(self) -> int:
        """Wait for its end, clear up after it, and tell which signal ended it, if any did."""
        self.kill()
        with suppress(ConnectionError):
            await self._writer.wait_closed()
        await asyncio.to_thread(self._process.join)
        self.paper.unlink(missing_ok=True)
        code = self._process.exitcode or 0
        self._process.close()
        return max(-code, 0)


def _start(process: ForkServerProcess) -> None:
    """Start a process that does not read the main program again, which it needs nothing of."""
    with STARTING:
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main
