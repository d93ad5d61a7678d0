"""The small files beside the ledger in a registry's folder: what backups keep, and what erasures take away.

Those who write them know what stands in them; here it only matters which there are, and that databases name a
source in a column called `source`.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from registry.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["FOLDERS", "KEPT", "NOTED", "copy_file", "copy_kept", "forget_noted", "noted"]

PATIENCE: Final = 30.0
"""Seconds to wait for somebody who is reading or writing one of the databases."""
KEPT: Final = (
    "secret.key",  # the secret from which the codes of registrations are made; its owner's alone
    "registrations.txt",  # the codes that other registries gave to this one
    "notices.sqlite",  # what was told to whom, and whose owners agreed to mail
    "accounts.sqlite",  # who signs in, and with what
)
"""What a backup holds of them, because it cannot be made again."""
FOLDERS: Final = (
    "evidence",  # uploads to cases, each encrypted under a name that says nothing
    "keys",  # the private keys of certifying bodies, encrypted
)
"""The folders of which a backup holds every file, for the same reason."""
NOTED: Final = (
    "notices.sqlite",
    "visits.sqlite",  # what the next visit has to know of the last one; it may be thrown away
)
"""The databases in which sources are named."""

TABLES: Final = """
SELECT found.name FROM sqlite_schema AS found JOIN pragma_table_info(found.name) AS part
WHERE found.type = 'table' AND part.name = 'source'
"""
AMONG: Final = "source IN (SELECT value FROM json_each(?))"


def copy_kept(folder: Path, target: Path) -> None:
    """Copy what a backup holds of these files, each true to one moment while others write it.

    Raises:
        StorageError: One of the databases cannot be read.
    """
    for name in KEPT:
        if (folder / name).is_file():
            copy = _copy_database if name.endswith(".sqlite") else copy_file
            copy(folder / name, target / name)
    for name in FOLDERS:
        if (folder / name).is_dir():
            _copy_folder(folder / name, target / name)


def copy_file(source: str | Path, target: str | Path) -> None:
    """Copy a file with its mode; until it is whole nobody but its owner may read it."""
    _reserve(target)
    shutil.copyfile(source, target)
    shutil.copymode(source, target)


def noted(folder: Path, sources: Iterable[str]) -> frozenset[str]:
    """Find out which of some sources are named in these databases."""
    wanted, found = json.dumps([*sources]), set[str]()
    for path in _databases(folder):
        with _opened(path) as database:
            for table in _tables(database):
                rows = database.execute(f"SELECT DISTINCT source FROM {table} WHERE {AMONG}", (wanted,))  # noqa: S608 - its own name
                found |= {source for (source,) in rows}
    return frozenset(found)


def forget_noted(folder: Path, sources: Iterable[str]) -> None:
    """Take all that is about some sources out of these databases, and write their files anew.

    What was deleted earlier is gone then too, because a database only marks as free what it deletes. A mail
    address stays: as a keyed digest which names no source, so that a no is remembered.

    Raises:
        StorageError: One of them cannot be written, or somebody would not let go of it.
    """
    wanted = json.dumps([*sources])
    for path in _databases(folder):
        with _opened(path) as database:
            for table in _tables(database):
                database.execute(f"DELETE FROM {table} WHERE {AMONG}", (wanted,))  # noqa: S608 - its own name
            database.execute("VACUUM")
            blocked, *_ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if blocked:
                raise _unusable(path, "database is locked")


def _databases(folder: Path) -> Iterator[Path]:
    return (folder / name for name in NOTED if (folder / name).is_file())


def _tables(database: sqlite3.Connection) -> list[str]:
    """Name the tables that say something about sources."""
    return [name for (name,) in database.execute(TABLES)]


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database without what was deleted in it."""
    _reserve(target)
    with _opened(source) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    shutil.copymode(source, target)


def _copy_folder(source: Path, target: Path) -> None:
    """Copy the files of a folder; each was written in one step, and one that goes meanwhile stays away."""
    target.mkdir(mode=0o700)
    for path in sorted(source.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            try:
                copy_file(path, target / path.name)
            except FileNotFoundError:
                (target / path.name).unlink(missing_ok=True)


def _reserve(target: str | Path) -> None:
    """Make an empty file for its owner's eyes only."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        address = f"{path.resolve().as_uri()}?mode=rw"  # one that vanishes meanwhile is not made anew
        with closing(sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, uri=True)) as database:
            yield database
    except sqlite3.Error as error:
        raise _unusable(path, str(error)) from error


def _unusable(path: Path, reason: str) -> StorageError:
    return StorageError(
        "companion-unusable",
        "The file {file} cannot be used: {reason}. Check the disk and the rights on the file; if it is "
        "damaged, move it out of the folder.",
        file=str(path),
        reason=reason,
    )
