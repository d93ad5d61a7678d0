"""Carries on many jobs side by side, each of which often waits for something."""

from __future__ import annotations

from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Generator, Iterator
    from concurrent.futures import Future

__all__ = ["weave"]

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")

if TYPE_CHECKING:
    Ready = SimpleQueue[tuple[Generator[Future[Any], Any, Outcome], Future[Any]]]


def weave(
    things: deque[Thing],
    begin: Callable[[Thing], Generator[Future[Any], Any, Outcome]],
    ahead: int,
) -> Iterator[Outcome]:
    """Do a job for each thing, so many at a time, and give the outcomes as they come.

    A job yields each future that it waits for, gets it back when it is done, and returns its outcome. All
    jobs run in the thread that asks, so they share what they like; only what they wait for runs elsewhere. A
    job may put further things behind the others.

    >>> from collections import deque
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(1) as threads:
    ...
    ...     def double(number):
    ...         done = yield threads.submit(lambda: 2 * number)
    ...         return done.result()
    ...
    ...     list(weave(deque([1, 2, 3]), double, ahead=2))
    [2, 4, 6]
    """
    ready: Ready[Outcome] = SimpleQueue()
    under_way = 0
    while things or under_way:
        future: Future[Any] | None = None
        if things and under_way < ahead:
            job = begin(things.popleft())
        else:
            job, future = ready.get()
            under_way -= 1
        try:
            waited_for = job.send(future)
        except StopIteration as end:
            yield end.value
        else:
            under_way += 1
            waited_for.add_done_callback(partial(_tell, ready, job))


def _tell(ready: Ready[Outcome], job: Generator[Future[Any], Any, Outcome], done: Future[Any]) -> None:
    ready.put((job, done))
