"""How often one client may do something that costs the registry a few requests to somebody else's server."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final

from registry.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Allowance", "TooOftenError"]

MOST_CLIENTS: Final = 10_000
"""So many clients are remembered, those that came last."""


class TooOftenError(LimitError):
    """One client asked too often."""

    status: ClassVar[int] = 429


class Allowance:
    """Counts for each client how often it came in the last minutes.

    >>> allowance = Allowance(times=2, seconds=60)
    >>> for client in ("a", "a", "b"):
    ...     allowance.take(client)
    >>> allowance.take("a")
    Traceback (most recent call last):
    federation.registration.allowance.TooOftenError: You have checked 2 times in a short while. Wait a few \
minutes, and try again.
    """

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times, self._seconds, self._clock = times, seconds, clock
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()
        self._counting = Lock()

    def take(self, client: str) -> None:
        """Let a client do it once more, or refuse."""
        now = self._clock()
        with self._counting:
            taken = self._taken.setdefault(client, deque())
            self._taken.move_to_end(client)
            while taken and taken[0] <= now - self._seconds:
                taken.popleft()
            if len(taken) >= self._times:
                raise TooOftenError(
                    "too-often",
                    "You have checked {times} times in a short while. Wait a few minutes, and try again.",
                    times=self._times,
                )
            taken.append(now)
            while len(self._taken) > MOST_CLIENTS:
                self._taken.popitem(last=False)
