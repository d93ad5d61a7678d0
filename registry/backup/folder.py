"""The backups in one folder: a new one is made, and the older ones lose what the law wants gone.

A backup comes into being in one step, so that a crash or a full disk leaves it whole or not at all.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from registry.backup import manifest
from registry.backup.cited import copy_cited
from registry.backup.forget import forget
from registry.certification.proof.evidence import sweep
from registry.companion import copy_file, copy_kept, forget_noted
from registry.erasure import still_noted
from registry.errors import InvalidDataError, NotAllowedError, NotFoundError
from registry.ledger import Ledger
from registry.lock import TakenError, lock
from registry.storage import explained, sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from registry.backup.manifest import Erasure, Manifest
    from registry.home import Home

__all__ = ["Outcome", "back_up", "backups_in", "newest", "settle"]

NAME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z-\d+")
DRAFT: Final = "draft-"
GONE: Final = "gone-"
REPLACED: Final = "replaced-"
PATIENCE: Final = 60.0
"""Seconds to wait for another backup into the same folder."""


@dataclass(frozen=True)
class Outcome:
    """What a run brought: the new backup, and what became of the older ones."""

    made: Path
    manifest: Manifest
    cleaned: tuple[Path, ...] = ()
    """Older ones that lost what was erased since."""
    damaged: tuple[Path, ...] = ()
    """Older ones that are not what was once written; they were left alone."""
    dropped: tuple[Path, ...] = ()
    """Older ones that were deleted."""


def back_up(home: Home, folder: Path, now: datetime, keep: int | None = None) -> Outcome:
    """Back up a registry into a folder, while others go on writing.

    Args:
        home: The registry.
        folder: Where its backups are; each gets a folder of its own in it.
        now: The moment, in UTC.
        keep: How many stay, the new one included; without it all of them.

    Raises:
        NotAllowedError: The folder lies in the home, or another backup is being made in it.
        StorageError: The folder cannot be written; then nothing new is in it.
    """
    if folder.resolve().is_relative_to(home.folder.resolve()):
        raise NotAllowedError(
            "backup-inside",
            "{folder} lies in the registry's own folder, and a backup there is lost together with it. Choose "
            "a folder elsewhere, best on another disk.",
            folder=str(folder),
        )
    with _alone(folder):
        older = backups_in(folder)
        made, written = _make(home, folder, now)
        cleaned, damaged = _clean(older, written.erasures)
        surplus = [*older, made][: -keep if keep else 0]
        for one in surplus:
            _delete(one)
        return Outcome(made, written, tuple(cleaned), tuple(damaged), tuple(surplus))


def backups_in(folder: Path) -> list[Path]:
    """List the backups in a folder, the oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in found if NAME.fullmatch(one.name) and one.is_dir())


def newest(folder: Path) -> Path:
    """Find the backup that is meant: the folder itself when it is one, else the newest that lies in it."""
    if (folder / manifest.MANIFEST).is_file():
        return folder
    found = backups_in(folder)
    if not found:
        raise NotFoundError(
            "no-backup",
            "There is no backup in {folder}. Give the folder that was named to koepel backup, or one of "
            "those in it.",
            folder=str(folder),
        )
    return found[-1]


def settle(folder: Path) -> None:
    """Make sure that all below a folder is on the disk."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync(folder)


@contextmanager
def _drafted(folder: Path) -> Iterator[Path]:
    """Make a folder to work in, of which nothing stays unless it was put in its place."""
    draft = folder / f"{DRAFT}{uuid4().hex}"
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one run at a time work in a folder, and clear away what an earlier one left behind."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with lock(folder / "backup.lock", wait=PATIENCE):
                _sweep(folder)
                yield
        except TakenError as error:
            raise NotAllowedError(
                "backup-busy",
                "Another backup into {folder} is under way. Wait until it has ended, and try again.",
                folder=str(folder),
            ) from error


def _sweep(folder: Path) -> None:
    for leftover in (*folder.glob(f"{DRAFT}*"), *folder.glob(f"{GONE}*")):
        shutil.rmtree(leftover)
    for replaced in folder.glob(f"{REPLACED}*"):
        place = replaced.with_name(replaced.name.removeprefix(REPLACED))
        if place.exists():
            shutil.rmtree(replaced)
        else:
            replaced.rename(place)


def _make(home: Home, folder: Path, now: datetime) -> tuple[Path, Manifest]:
    with _drafted(folder) as draft:
        position = home.ledger.copy_to(draft / "ledger.sqlite")
        copy_cited(home.snapshots, draft / "snapshots", position)
        copy_kept(home.folder, draft)
        with closing(Ledger.in_folder(draft)) as copy:
            lineage, erasures = copy.lineage, manifest.erasures_in(copy)
            if noted := still_noted(draft, copy):  # an erasure that is still under way
                forget_noted(draft, noted)
            sweep(draft, copy)  # of what came in since the ledger was copied
        settle(draft)
        written = manifest.write(draft, now, lineage, position, erasures)
        place = _free_place(folder, now, position)
        draft.rename(place)
        sync(folder)
    return place, written


def _free_place(folder: Path, now: datetime, position: int) -> Path:
    """Name a backup by its second and the last event in it; two within a second are named a second apart."""
    moments = (now + timedelta(seconds=number) for number in count())
    places = (folder / f"{moment:%Y-%m-%dT%H%M%SZ}-{position}" for moment in moments)
    return next(place for place in places if not place.exists())


def _clean(older: list[Path], erasures: tuple[Erasure, ...]) -> tuple[list[Path], list[Path]]:
    """Take out of older backups what was erased since; one that is damaged is told and left alone."""
    cleaned, damaged = [], []
    for backup in older:
        try:
            wanted = [one for one in erasures if manifest.read(backup).lacks(one)]
            if wanted:
                _rewrite(backup, manifest.verify(backup), wanted)
                cleaned.append(backup)
        except InvalidDataError:
            damaged.append(backup)
    return cleaned, damaged


def _rewrite(backup: Path, written: Manifest, erasures: list[Erasure]) -> None:
    """Put a backup without what was erased in the place of one with it."""
    with _drafted(backup.parent) as draft:
        shutil.copytree(backup, draft, copy_function=copy_file, dirs_exist_ok=True)
        forget(draft, erasures)
        settle(draft)
        applied = (*written.erasures, *erasures)
        manifest.write(draft, written.time, written.lineage, written.position, applied)
        replaced = backup.rename(backup.with_name(f"{REPLACED}{backup.name}"))
        draft.rename(backup)
        sync(backup.parent)
        shutil.rmtree(replaced)


def _delete(backup: Path) -> None:
    shutil.rmtree(backup.rename(backup.with_name(f"{GONE}{backup.name}")))
