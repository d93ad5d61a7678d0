"""Whose turn it is: a few queries at the same time, and those that take long out of the others' way."""

from __future__ import annotations

import asyncio
from typing import Final

from registry.sparql.refusal import too_many

__all__ = ["Turn", "Turns"]

LONGEST_WAIT: Final = 2.0
"""Seconds for which a query waits until it is its turn."""
LONGEST_QUEUE: Final = 8
"""How many wait for each place that there is."""


class Turns:
    """Gives each query its turn, in the order in which they come."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._aside = asyncio.Semaphore(places)
        self._longest_queue = LONGEST_QUEUE * places
        self._waiting = 0

    async def wait(self) -> Turn:
        """Wait for a turn, or be told that there are too many."""
        if self._waiting >= self._longest_queue:
            raise too_many()
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._places.acquire()
        except TimeoutError:
            raise too_many() from None
        finally:
            self._waiting -= 1
        return Turn(self._places, self._aside)


class Turn:
    """The time in which one query is worked on."""

    def __init__(self, place: asyncio.Semaphore, aside: asyncio.Semaphore) -> None:
        self._held = place
        self._aside = aside

    async def set_aside(self) -> None:
        """Make room for others while it goes on, as soon as there is space beside."""
        await self._aside.acquire()
        self._held.release()
        self._held = self._aside

    def end(self) -> None:
        """Let the next one have its turn."""
        self._held.release()
