"""Folders that come and go in one step, and stay for as long as somebody reads what is in them.

A folder is on the shelf when it holds an account of itself, which is written before the folder gets its name
and deleted before anything else in it. So a crash leaves the old or the new, and what is left of a half is
known by its lack of an account. Whoever reads holds a lease, which the system ends with its holder.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from registry.errors import NotAllowedError
from registry.lock import TakenError, lock
from registry.storage import explained, put, sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "ACCOUNT",
    "LABELS",
    "changing",
    "draft",
    "leased",
    "on_shelf",
    "place",
    "remove",
    "unfinished",
    "withdraw",
]

ACCOUNT: Final = "about.json"
LABELS: Final = "labels"
"""The one folder beside them that is something else."""
LEASE: Final = "lease"
DRAFT: Final = "draft-"
PATIENCE: Final = 30.0
"""Seconds to wait for another process that is changing the shelf, or for one that is deleting a folder."""


@contextmanager
def changing(shelf: Path) -> Iterator[None]:
    """Be the only one who changes the shelf, and clear away first what others have left behind."""
    with explained(shelf):
        shelf.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            try:
                stack.enter_context(lock(shelf / "lock", wait=PATIENCE))
            except TakenError as error:
                raise NotAllowedError(
                    "snapshots-busy",
                    "Another process is changing the snapshots in {folder}. Wait until it has ended, and try "
                    "again.",
                    folder=str(shelf),
                ) from error
            for leftover in unfinished(shelf):
                remove(leftover)
            yield


@contextmanager
def draft(shelf: Path) -> Iterator[Path]:
    """Make a folder to work in; nothing of it stays unless it is put in its place."""
    folder = shelf / f"{DRAFT}{uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(folder: Path, target: Path, account: str) -> None:
    """Give a draft its account and its name."""
    (folder / LEASE).touch()
    put(folder / ACCOUNT, account)
    folder.rename(target)
    sync(target.parent)


def unfinished(shelf: Path) -> list[Path]:
    """Find the folders that are not on the shelf yet, or no longer."""
    if not shelf.is_dir():
        return []
    folders = [path for path in shelf.iterdir() if path.is_dir() and path.name != LABELS]
    return [path for path in folders if path.name.startswith(DRAFT) or not on_shelf(path)]


def on_shelf(folder: Path) -> bool:
    """Tell whether a folder is there for whoever wants to read it."""
    return (folder / ACCOUNT).exists()


@contextmanager
def leased(folder: Path) -> Iterator[None]:
    """Keep a folder from being deleted for as long as one reads it.

    Raises:
        FileNotFoundError: It is not on the shelf any more.
    """
    path = folder / LEASE
    with ExitStack() as stack:
        held = stack.enter_context(lock(path, shared=True, wait=PATIENCE))
        if not _is_at(path, held) or not on_shelf(folder):
            raise FileNotFoundError(folder)
        yield


def withdraw(folder: Path) -> None:
    """Give a folder to nobody any more; whoever reads it already, reads on."""
    (folder / ACCOUNT).unlink(missing_ok=True)


def remove(folder: Path, wait: float = 0.0) -> bool:
    """Delete a folder unless somebody reads it, and tell whether it is gone."""
    try:
        with lock(folder / LEASE, wait=wait) as held:
            if _is_at(folder / LEASE, held):
                withdraw(folder)
                shutil.rmtree(folder)
    except TakenError:
        return False
    except FileNotFoundError:  # it was gone already
        return not folder.exists()
    return True


def _is_at(path: Path, held: int) -> bool:
    """Tell whether a lock is still about this file: another folder may have taken the name meanwhile."""
    return os.path.samestat(os.fstat(held), path.stat())
