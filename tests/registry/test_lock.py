"""A lock is held by one process, or shared by several, and goes with whoever holds it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path

import pytest

from registry.lock import TakenError, lock

PROCESSES = get_context("spawn")


def hold(path: Path, ready: Path, shared: bool) -> None:
    """Hold a lock in a process of its own until it is killed."""
    with lock(path, shared=shared):
        ready.touch()
        time.sleep(60)


@contextmanager
def held_elsewhere(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Let another process hold the lock, and kill it afterwards."""
    ready = path.with_name("ready")
    process = PROCESSES.Process(target=hold, args=(path, ready, shared), daemon=True)
    process.start()
    try:
        while process.is_alive() and not ready.exists():
            time.sleep(0.01)
        yield
    finally:
        process.kill()
        process.join()


def test_a_lock_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held_elsewhere(path), pytest.raises(TakenError), lock(path):
        pass

    with lock(path) as held:
        assert os.fstat(held).st_ino == path.stat().st_ino


def test_who_shares_a_lock_keeps_others_from_having_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    with held_elsewhere(path, shared=True):
        with lock(path, shared=True):
            pass
        with pytest.raises(TakenError), lock(path):
            pass


def test_one_waits_for_a_lock_as_long_as_one_says(tmp_path: Path) -> None:
    start = time.monotonic()
    with lock(tmp_path / "lock"), pytest.raises(TakenError), lock(tmp_path / "lock", wait=0.2):
        pass

    assert 0.2 <= time.monotonic() - start < 5


def test_a_forked_process_does_not_keep_the_lock_of_its_parent(tmp_path: Path) -> None:
    with lock(tmp_path / "lock"):
        child = get_context("fork").Process(target=time.sleep, args=(60,), daemon=True)
        child.start()
    try:
        with lock(tmp_path / "lock", wait=10):  # the child needs a moment to let go
            assert child.is_alive()
    finally:
        child.kill()
        child.join()


def test_a_forked_process_that_leaves_the_block_closes_nothing_of_its_own(tmp_path: Path) -> None:
    held = lock(tmp_path / "lock")
    number = held.__enter__()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(tmp_path, os.O_RDONLY), number)  # takes the number that has become free
        held.__exit__(None, None, None)
        with suppress(OSError):
            os.fstat(number)
            os._exit(0)
        os._exit(1)
    held.__exit__(None, None, None)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
