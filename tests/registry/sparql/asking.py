"""A pool that tests can ask without being asynchronous themselves."""

import asyncio
import multiprocessing
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Any

from registry.graph.snapshot import Snapshot
from registry.sparql.answer import Answer
from registry.sparql.delegation import NOBODY, Peers
from registry.sparql.limits import Limits
from registry.sparql.pool import Pool
from registry.sparql.question import Wanted

__all__ = ["Asking", "asking"]

PATIENCE = 60


@dataclass(frozen=True)
class Asking:
    """A pool in a thread of its own."""

    pool: Pool
    snapshot: Snapshot
    loop: asyncio.AbstractEventLoop
    others: frozenset[int | None]
    """Processes that were there before."""

    @property
    def processes(self) -> set[int]:
        """The processes of the pool."""
        return {one.pid for one in multiprocessing.active_children() if one.pid} - self.others

    def ask(self, query: str, wanted: Wanted | None = None, **more: Any) -> bytes:
        """Get a whole answer."""
        return self.begin(query, wanted, **more).result(PATIENCE)

    def begin(self, query: str, wanted: Wanted | None = None, **more: Any) -> Future[bytes]:
        """Ask, and do something else meanwhile."""
        return asyncio.run_coroutine_threadsafe(self._answered(query, wanted or Wanted(), more), self.loop)

    def open(self, query: str, **more: Any) -> Answer:
        """Get an answer that is not read yet."""
        answer: Answer = self.run(self.pool.answer(self.snapshot, query, Wanted(), **more))
        return answer

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something beside the pool."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    async def _answered(self, query: str, wanted: Wanted, more: dict[str, Any]) -> bytes:
        snapshot = more.pop("snapshot", self.snapshot)
        answer = await self.pool.answer(snapshot, query, wanted, **more)
        async with aclosing(answer):
            return await answer.whole() or b""


@contextmanager
def asking(snapshot: Snapshot, limits: Limits, peers: Peers = NOBODY) -> Iterator[Asking]:
    """Start a pool, and stop it afterwards."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    others = frozenset(one.pid for one in multiprocessing.active_children())
    pool = Asking(Pool(limits, peers), snapshot, loop, others)
    pool.run(pool.pool.start(snapshot))
    try:
        yield pool
    finally:
        pool.run(pool.pool.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
