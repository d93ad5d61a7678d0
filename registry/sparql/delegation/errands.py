"""Asks peers while everything else goes on: a peer that is slow holds up nobody who asks none."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from registry.sparql.delegation.call import MOST_CALLS
from registry.sparql.delegation.peers import completed
from registry.sparql.turn import Turns

if TYPE_CHECKING:
    from registry.sparql.delegation.call import Plan
    from registry.sparql.delegation.peers import Delegated, Errand, Peers, Reply

__all__ = ["Errands"]


class Errands:
    """Threads that ask peers, for a few queries at the same time."""

    def __init__(self, peers: Peers, at_once: int) -> None:
        self._peers = peers
        self._turns = Turns(at_once)
        self._threads = ThreadPoolExecutor(at_once * MOST_CALLS, thread_name_prefix="peer")
        self._under_way: set[asyncio.Future[list[Reply | BaseException]]] = set()

    async def fill_in(self, query: str, plan: Plan) -> Delegated:
        """Ask everybody at the same time, and put what they answer into the query.

        Raises:
            PeerError: One of them gave no answer that can be used.
            LimitError: Too many queries ask peers.
        """
        turn = await self._turns.wait()
        errands = self._peers.errands(plan)
        asking = [self._run(errand, len(errands)) for errand in errands]
        # The turn ends with the last of them, also when nobody waits any more: a thread cannot be stopped.
        together = asyncio.gather(*asking, return_exceptions=True)
        self._under_way.add(together)
        together.add_done_callback(lambda _: turn.end())
        together.add_done_callback(self._under_way.discard)
        await asyncio.wait(asking, return_when=asyncio.FIRST_EXCEPTION)
        for one in asking:
            if one.done():
                one.result()
        replies = [one.result() for one in asking]
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, completed, query, plan, replies
        )

    async def stop(self) -> None:
        """Wait for what is under way; each has a limit of its own."""
        await asyncio.gather(*self._under_way, return_exceptions=True)
        self._threads.shutdown()

    def _run(self, errand: Errand, among: int) -> asyncio.Future[Reply]:
        return asyncio.get_running_loop().run_in_executor(self._threads, self._peers.run, errand, among)
