"""The processes that read and check what was fetched."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["crew", "end_with_parent"]


@contextmanager
def crew(count: int | None = None) -> Iterator[ProcessPoolExecutor]:
    """Give so many processes to work in, or one for each processor; they end when this process does."""
    apart = multiprocessing.get_context("forkserver")  # a fork of this process would lose its threads
    apart.set_forkserver_preload(["federation.visit", "federation.listing"])
    with ProcessPoolExecutor(count or os.cpu_count(), mp_context=apart, initializer=_enlist) as executor:
        yield executor


def end_with_parent(end: Callable[[], object]) -> None:
    """Do something as soon as the process that started this one is gone, even when it was killed."""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            wait([parent.sentinel])
            end()

    Thread(target=follow, daemon=True).start()


def _enlist() -> None:
    """Leave it to the parent to be interrupted, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(lambda: os._exit(1))
