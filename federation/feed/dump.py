"""Everything that readers see, in files: made once a night, each set of files from one state of the registry.

A dump is a folder that bears the name of that state. It appears in one step and never changes; an erasure
deletes it (`registry.erasure`), and the next night makes it anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NoReturn

import zstandard

from federation.feed.manifest import File, Manifest
from registry.erasure import DUMPS, cleanse_dumps
from registry.errors import NotAllowedError, NotFoundError
from registry.formats import Format
from registry.lock import TakenError, lock
from registry.storage import explained, put, sync
from registry.vocabulary import KOEPEL, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from registry.graph.embedded import EmbeddedStore
    from registry.graph.snapshot import Snapshot
    from registry.home import Home

__all__ = ["Dump", "find_dump", "list_dumps", "make_dumps"]

ACCOUNT: Final = "manifest.json"
FORMATS: Final = (Format.N_QUADS, Format.TURTLE)
LEVEL: Final = 10
"""How hard to compress: a dump is made once and fetched often."""
PATIENCE: Final = 600.0
"""Seconds to wait for another process that is making a dump."""
PREFIXES: Final = {
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "koepel": str(KOEPEL),
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": str(SCHEMA),
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Dump:
    """A dump that is complete."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The state of the registry that it holds."""
        return self.manifest.snapshot

    def path(self, file: str) -> Path | None:
        """Find one of its files, or its manifest; nothing else that may lie there."""
        known = {ACCOUNT, *(one.name for one in self.manifest.files)}
        return self.folder / file if file in known else None


def list_dumps(home: Home) -> tuple[Dump, ...]:
    """List the dumps that are complete, the newest first."""
    folder = home.folder / DUMPS
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    found = [dump for name in names if (dump := find_dump(home, name))]
    return tuple(sorted(found, key=lambda one: (one.manifest.time, one.manifest.position), reverse=True))


def find_dump(home: Home, name: str) -> Dump | None:
    """Find a dump by the name of the state that it holds."""
    folder = home.folder / DUMPS / name
    if name.startswith(".") or os.sep in name:
        return None
    try:
        manifest = Manifest.from_json((folder / ACCOUNT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Dump(folder, manifest) if manifest.snapshot == name else None


def make_dumps(home: Home, keep: int) -> Dump:
    """Dump what readers see now, and delete all but the newest dumps.

    What is dumped already is not dumped again.

    Args:
        home: The registry.
        keep: How many dumps stay, this one included.

    Raises:
        NotFoundError: Nothing was ever published.
        NotAllowedError: Another process is making a dump.
        StorageError: The folder cannot be written.
    """
    folder = home.folder / DUMPS
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            snapshot = _current(home)
            if find_dump(home, snapshot.name) is None:
                _make(folder, snapshot)
            cleanse_dumps(home)  # an erasure may have come while it was written
            _prune(home, keep)
            made = find_dump(home, snapshot.name)
    return made or _overtaken()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with lock(folder / ".lock", wait=PATIENCE):
            yield
    except TakenError as error:
        raise NotAllowedError(
            "dumps-busy",
            "Another process is making a dump in {folder}. Wait until it has ended, and try again.",
            folder=str(folder),
        ) from error


def _current(home: Home) -> Snapshot:
    if snapshot := home.snapshots.current():
        return snapshot
    raise NotFoundError(
        "nothing-to-dump",
        "There is nothing to dump yet. Publish something first: `koepel harvest` or `koepel snapshot`.",
    )


def _overtaken() -> NoReturn:
    raise NotAllowedError(
        "dump-overtaken",
        "Something was erased while the dump was being made, so the dump was thrown away. Make it again.",
    )


def _make(folder: Path, snapshot: Snapshot) -> None:
    """Write a dump beside the others, and let it appear when it is whole."""
    draft = folder / f".{snapshot.name}"
    for leftover in (draft, folder / snapshot.name):
        shutil.rmtree(leftover, ignore_errors=True)
    draft.mkdir()
    try:
        with suppress(FileNotFoundError):  # an erasure has deleted the draft
            manifest = _fill(draft, snapshot)
            put(draft / ACCOUNT, manifest.to_json())
            draft.rename(folder / snapshot.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # on a disk that is full, of all places, nothing is left
    sync(folder)


def _fill(draft: Path, snapshot: Snapshot) -> Manifest:
    store, made = snapshot.open(), datetime.now(UTC)
    with closing(store):
        files = tuple(_write(store, draft, snapshot.name, form) for form in FORMATS)
        size = len(store)
    stand = snapshot.stand
    about = (snapshot.name, snapshot.time, made, stand.position, stand.day, stand.rules)
    return Manifest(*about, size, files)


def _write(store: EmbeddedStore, draft: Path, name: str, form: Format) -> File:
    """Write everything in one format, packed (Zstandard, RFC 8878)."""
    path = draft / f"koepel-{name}.{form.extension}.zst"
    with path.open("wb") as file:
        compressor = zstandard.ZstdCompressor(LEVEL, write_checksum=True)
        with compressor.stream_writer(file, closefd=False) as packer:
            store.write(packer, form.media_type, PREFIXES)
            unpacked = compressor.frame_progression()[0]
        file.flush()
        os.fsync(file.fileno())
    return File(path.name, form.media_type, path.stat().st_size, unpacked, _hash(path))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prune(home: Home, keep: int) -> None:
    """Delete the oldest dumps, and what a crash left behind."""
    for dump in list_dumps(home)[keep:]:
        shutil.rmtree(dump.folder)
    for draft in (home.folder / DUMPS).glob(".*-*"):
        with suppress(FileNotFoundError):
            shutil.rmtree(draft)
