"""One round of a harvest: every source that is given, and the members that they lead to, is visited once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from federation.harvest.care import Care
from federation.harvest.clerk import Clerk
from federation.harvest.collection import Collections
from federation.harvest.journey import Journeys
from federation.harvest.means import Means
from federation.harvest.membership import memberships
from federation.harvest.weave import weave
from registry.arrival import History
from registry.graph.rules import rules_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

    from federation.fetch import Fetcher
    from federation.harvest.books import Books
    from federation.harvest.outcome import Harvest
    from federation.source import Source

__all__ = ["AHEAD", "harvest", "spread"]

AHEAD: Final = 64
"""How many visits may be under way, so that their texts fit in memory."""


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def harvest(
    sources: Iterable[Source],
    books: Books,
    fetcher: Fetcher,
    executor: Executor,
    *,
    care: Care = Care(),  # noqa: B008 - it never changes
    clock: Callable[[], datetime] = now,
) -> Iterator[Harvest]:
    """Visit every source once, and tell of each what came of it, as the answers come.

    Threads fetch, the executor reads and checks, and the books are written here, all of one visit in one
    step. The last good version of a description stays until a better one has passed, and one bad source never
    stops the others. What was removed or erased is not visited. A list leads to visits to its members.
    """
    history = History(books.ledger)
    queue = _Queue(one for one in sources if not history.ended(one.space))
    with _threads(care.harvest_at_once) as threads:
        means = Means(books, history, fetcher, threads, executor, care, rules_digest(), clock)
        clerk = Clerk(means)
        collections = Collections(means, clerk, memberships(history), queue.add)
        journeys = Journeys(means, clerk, collections, queue.waiting)
        try:
            yield from weave(queue.waiting, journeys.make, max(AHEAD, 2 * care.harvest_at_once))
        finally:
            books.flush()


def spread(sources: Iterable[Source]) -> Iterator[Source]:
    """Put sources in an order in which no server is asked many times in a row.

    >>> from federation.source import Source
    >>> there = [Source(f"https://{host}.example/{n}", f"{host}{n}") for host in "ab" for n in (1, 2)]
    >>> [one.space for one in spread(there)]
    ['a1', 'b1', 'a2', 'b2']
    """
    by_host: dict[str, list[Source]] = {}
    for one in sources:
        by_host.setdefault(urlsplit(one.address).netloc, []).append(one)
    return (one for one in chain.from_iterable(zip_longest(*by_host.values())) if one is not None)


class _Queue:
    """The sources that are still to be visited in this round, each once."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.waiting: deque[Source] = deque()
        self._known = set[str]()
        self.add(spread(sources))

    def add(self, sources: Iterable[Source]) -> tuple[Source, ...]:
        """Put sources behind the others; gives those that were not there yet."""
        unlike = {one.space: one for one in sources}
        new = tuple(one for space, one in unlike.items() if space not in self._known)
        self._known.update(one.space for one in new)
        self.waiting.extend(new)
        return new


@contextmanager
def _threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """Give threads; when the block is left early, what has not begun yet is left undone."""
    threads = ThreadPoolExecutor(count, "harvest")
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)
