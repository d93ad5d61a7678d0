"""Makes a registry's home from a backup.

Everything is made ready beside the home and compared with the ledger before anything takes its place. What
the law wanted gone since the backup was made does not come back.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.backup import manifest
from registry.backup.folder import backups_in, newest, settle
from registry.backup.forget import forget
from registry.companion import copy_file
from registry.errors import InvalidDataError, NotAllowedError
from registry.home import Home
from registry.ledger import Ledger
from registry.lock import TakenError, lock
from registry.storage import StorageError, explained, sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from registry.backup.manifest import Erasure, Manifest

__all__ = ["Restored", "restore"]

LEDGER: Final = "ledger.sqlite"
FROM_DATABASE: Final = "ledger-from-database.sqlite"
LOCK: Final = "writer.lock"


@dataclass(frozen=True)
class Restored:
    """What was restored, and what became of the home that was there before."""

    backup: Path
    manifest: Manifest
    erased: tuple[Erasure, ...]
    """What was taken out, because it was erased after the backup was made."""
    unread: str
    """Why it is not known what was erased in the home before; empty when it is known."""
    aside: Path | None
    """Where the home of before is now."""


def restore(
    place: Path, home: Home, now: datetime, make_graph: Callable[[Home], None], *, replace: bool = False
) -> Restored:
    """Restore a home from a backup, or from the newest one in a folder.

    The restored ledger gets a lineage of its own, because its history may go another way from here than that
    which was lost: no answer of the one can be taken for an answer of the other.

    Args:
        place: The backup, or the folder of several.
        home: Where to restore to; its ledger may be a PostgreSQL database.
        now: The moment, in UTC.
        make_graph: Makes the graph of a home from its ledger, and raises when it is not as it should be.
        replace: Whether a home that is there may be moved aside.

    Raises:
        InvalidDataError: The backup is damaged.
        NotAllowedError: There is a home already, or it is in use.
    """
    backup = newest(place)
    written = manifest.verify(backup)
    with explained(home.folder), _at_rest(home, replace=replace), _workshop(home) as fresh:
        known, unread = _erased_before(home)
        erased = sorted({*known, *_erased_later(backup)}, key=lambda one: one.time)
        wanted = tuple(one for one in erased if written.lacks(one))
        shutil.copytree(backup, fresh.folder, copy_function=copy_file, dirs_exist_ok=True)
        (fresh.folder / manifest.MANIFEST).unlink()
        forget(fresh.folder, wanted)
        with closing(fresh.ledger) as ledger:
            ledger.begin_anew()
            make_graph(fresh)
        settle(fresh.folder)
        aside = _put_in_place(fresh.folder, home, now)
    return Restored(backup, written, wanted, unread, aside)


@contextmanager
def _workshop(home: Home) -> Iterator[Home]:
    """Make ready a home beside another; of what an earlier try left there nothing stays, nor of this one."""
    folder = home.folder.resolve()
    fresh = Home(folder.with_name(f"{folder.name}-restoring"))
    with fresh.writing(wait=0):
        for leftover in fresh.folder.iterdir():
            if leftover.is_dir():
                shutil.rmtree(leftover)
            elif leftover.name != LOCK:
                leftover.unlink()
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh.folder, ignore_errors=True)  # it has another name when all went well


@contextmanager
def _at_rest(home: Home, *, replace: bool) -> Iterator[None]:
    """See that a home may be replaced, and that nobody writes or reads it meanwhile."""
    if not replace and not _is_empty(home):
        raise NotAllowedError(
            "home-not-empty",
            "There is a registry in {folder} already. To move it aside and put the backup in its place, give "
            "the command again with --yes.",
            folder=str(home.folder),
        )
    with ExitStack() as stack:
        if home.folder.exists():
            stack.enter_context(home.writing(wait=0))
        try:
            for lease in (home.folder / "snapshots").glob("*/lease"):
                stack.enter_context(lock(lease))
        except TakenError as error:
            raise NotAllowedError(
                "home-read",
                "Somebody is reading the registry in {folder}. Stop koepel serve, and try again.",
                folder=str(home.folder),
            ) from error
        yield


def _is_empty(home: Home) -> bool:
    return _is_bare(home.folder) and not (home.ledger_url and home.ledger.position())


def _is_bare(folder: Path) -> bool:
    """Tell whether nothing is in a folder but the lock of one who looked whether something is."""
    return not folder.exists() or {path.name for path in folder.iterdir()} <= {LOCK}


def _erased_before(home: Home) -> tuple[tuple[Erasure, ...], str]:
    """List what was erased from the ledger that is replaced; one that is damaged tells nothing, and why."""
    if home.ledger_url:
        return manifest.erasures_in(home.ledger), ""
    if not (home.folder / LEDGER).exists():
        return (), ""
    try:
        with closing(Ledger.in_folder(home.folder)) as ledger:
            return manifest.erasures_in(ledger), ""
    except StorageError as error:
        return (), error.message


def _erased_later(backup: Path) -> Iterator[Erasure]:
    """List what the other backups beside this one know to be erased."""
    for other in backups_in(backup.resolve().parent):
        with suppress(InvalidDataError):
            yield from manifest.read(other).erasures


def _put_in_place(draft: Path, home: Home, now: datetime) -> Path | None:
    """Put a home that is ready in the place of another, and tell where that one is now."""
    folder = home.folder.resolve()
    if home.ledger_url:
        _load_database(home, draft / LEDGER)
    aside = None
    if not _is_bare(folder):
        aside = folder.rename(folder.with_name(f"{folder.name}-replaced-{now:%Y-%m-%dT%H%M%SZ}"))
    elif folder.exists():
        shutil.rmtree(folder)
    draft.rename(folder)
    sync(folder.parent)
    return aside


def _load_database(home: Home, file: Path) -> None:
    """Load a ledger into the database that a home keeps it in, and keep a copy of what that held before."""
    if home.ledger.position():
        home.folder.mkdir(parents=True, exist_ok=True)
        taken = (home.folder / LEDGER).exists()  # from before the database was used
        home.ledger.copy_to(home.folder / (FROM_DATABASE if taken else LEDGER))
    home.ledger.take_over(file)
    file.unlink()
