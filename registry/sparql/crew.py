"""The processes that answer queries: enough of them ready, and a new one for each that is lost."""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.sparql.process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from registry.graph.snapshot import Snapshot
    from registry.sparql.limits import Limits

__all__ = ["Crew"]

LOG: Final = logging.getLogger(__name__)


class Crew:
    """Processes that wait for work, and those that are at it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._folder: Path | None = None
        self._hired = 0
        self._is_open = True
        self._latest: Snapshot | None = None
        self._idle: list[WorkerProcess] = []
        self._working: set[WorkerProcess] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._arrival = asyncio.Event()

    def __len__(self) -> int:
        """Count the processes."""
        return len(self._idle) + len(self._working)

    @property
    def busy(self) -> int:
        """How many of them are at work."""
        return len(self._working)

    async def start(self, snapshot: Snapshot | None) -> None:
        """Start as many as can be at work at the same time, ready to be asked about a snapshot."""
        self._latest = snapshot
        self._folder = Path(tempfile.mkdtemp(prefix="koepel-"))
        await asyncio.gather(*(self._hire() for _ in range(self._limits.at_once)))

    async def stop(self) -> None:
        """End them all, when nobody needs them any more."""
        self._is_open = False
        while self._tasks:
            await asyncio.wait(self._tasks)
        await asyncio.gather(*(worker.bury() for worker in self._idle))
        self._idle.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def take(self, snapshot: Snapshot) -> WorkerProcess:
        """Take one to work on a query, rather one that has the snapshot open."""
        self._latest = snapshot
        self._bury_dead()
        if not self._idle:
            self._later(self._hire())
        while not self._idle:
            self._arrival.clear()
            await self._arrival.wait()
        worker = next((one for one in self._idle if one.snapshot == snapshot), self._idle[-1])
        self._idle.remove(worker)
        self._working.add(worker)
        return worker

    def give_back(self, worker: WorkerProcess) -> None:
        """Let one that has done its work wait for more, unless enough do so already."""
        if len(self._idle) >= self._limits.at_once:
            self.dismiss(worker)
            return
        self._working.discard(worker)
        self._welcome(worker)

    def reinforce(self) -> None:
        """Take on one more, because one of those at work will not be back soon."""
        if self._is_open:
            self._later(self._hire())

    async def replace(self, worker: WorkerProcess) -> int:
        """End one, and put a new one in its place; tells which signal ended it, if any did."""
        self._working.remove(worker)
        if self._is_open and len(self) < self._limits.at_once:
            self._later(self._hire())
        return await worker.bury()

    def dismiss(self, worker: WorkerProcess) -> None:
        """End one at once, unless that has happened already, and replace it in a moment."""
        if worker in self._working:
            worker.kill()
            self._later(self._replaced(worker))

    def _bury_dead(self) -> None:
        """Part with those that died while they waited: when memory is short, they are the first to go."""
        for worker in [one for one in self._idle if one.is_dead]:
            self._idle.remove(worker)
            self._later(_buried(worker))

    async def _replaced(self, worker: WorkerProcess) -> None:
        if worker in self._working:
            await self.replace(worker)

    async def _hire(self) -> None:
        if self._folder is None:
            raise RuntimeError("Start the crew before it is given work.")
        self._hired += 1
        paper = self._folder / f"answer-{self._hired}"
        self._welcome(await WorkerProcess.start(self._limits, paper, self._latest))

    def _welcome(self, worker: WorkerProcess) -> None:
        self._idle.append(worker)
        self._arrival.set()

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            LOG.error("no process for SPARQL queries could be started", exc_info=error)


async def _buried(worker: WorkerProcess) -> None:
    await worker.bury()
