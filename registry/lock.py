"""Locks between the processes of one registry, which the system frees when their holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["TakenError", "lock"]

PAUSE: Final = 0.02
"""Seconds between two attempts."""

_held: set[int] = set()


class TakenError(Exception):
    """Another one holds the lock, and did not let go in time."""


@contextmanager
def lock(path: Path, *, shared: bool = False, wait: float = 0.0) -> Iterator[int]:
    """Hold the lock on a file: alone, or together with others who share it.

    Gives the file's descriptor. A shared lock needs no right to write. The lock belongs to this process
    alone: a process that it forks has no part in it, so none that is left behind can keep it.

    Args:
        path: The file; one for a lock of one's own is made when it is not there.
        shared: Whether others may hold it at the same time.
        wait: How many seconds to try.

    Raises:
        TakenError: Somebody else holds it.
        OSError: The file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o644)
    _held.add(descriptor)
    try:
        _acquire(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, time.monotonic() + wait)
        yield descriptor
    finally:
        if descriptor in _held:  # not so in a process that was forked meanwhile
            _held.discard(descriptor)
            os.close(descriptor)


def _acquire(descriptor: int, kind: int, deadline: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise TakenError from None
            time.sleep(PAUSE)


def _let_go() -> None:
    """Close in a forked process what it got from its parent: the lock would outlive the parent otherwise."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)
