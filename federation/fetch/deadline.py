"""The time that a fetch may take, whatever the other side does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import httpcore2

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Deadline"]


class Deadline:
    """The seconds that a fetch may take; they run out only while the block runs.

    Waiting for one's turn at a server does not count, but every redirect does.

    >>> deadline = Deadline(5, clock=iter([0, 1, 2]).__next__)
    >>> with deadline:  # from 0 …
    ...     deadline.remaining()  # … through 1 …
    4
    >>> deadline.spent  # … to 2
    2
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds: Final = seconds
        self._clock: Final = clock
        self._left = seconds
        self._end = 0.0

    def __enter__(self) -> None:
        self._end = self._clock() + self._left

    def __exit__(self, *_: object) -> None:
        self._left = self._end - self._clock()

    @property
    def spent(self) -> float:
        """The seconds that it took until the block was last left."""
        return self._seconds - self._left

    def remaining(self, most: float | None = None) -> float:
        """Give the seconds that are left, or `most` where that is less."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if most is None else min(left, most)
