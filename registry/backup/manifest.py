"""What a backup says of itself: when it was made, how far its ledger is, and the hash of each file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from registry.errors import InvalidDataError
from registry.storage import put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from registry.ledger import Ledger

__all__ = ["MANIFEST", "Erasure", "Manifest", "erasures_in", "read", "verify", "write"]

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
"""Raised when an older Koepel could no longer read what a newer one writes."""


@dataclass(frozen=True)
class Erasure:
    """That the law asked for a source to be destroyed: its name and the moment, without content."""

    source: str
    time: datetime
    reason: str = field(default="", compare=False)
    actor: str = field(default="", compare=False)
    lineage: str = field(default="", compare=False)
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    time: datetime
    """When it was begun, in UTC: what happened later is not in it."""
    lineage: str
    position: int
    erasures: tuple[Erasure, ...]
    """What was erased from it, before it was made or afterwards."""
    files: Mapping[str, str]
    """The SHA-256 of each file."""

    def lacks(self, erasure: Erasure) -> bool:
        """Tell whether a backup may still hold what was erased elsewhere.

        Of the same ledger the position decides, because a clock may be set back.
        """
        if erasure in self.erasures:
            return False
        later = erasure.lineage == self.lineage and erasure.position > self.position
        return later or erasure.time > self.time


def erasures_in(ledger: Ledger) -> tuple[Erasure, ...]:
    """List all that was ever erased from a ledger."""
    return tuple(
        Erasure(one.source, one.time, one.reason, one.actor, ledger.lineage, one.position)
        for one in ledger.erasures()
        if one.time and one.position
    )


def write(
    folder: Path, time: datetime, lineage: str, position: int, erasures: tuple[Erasure, ...]
) -> Manifest:
    """Hash every file of a backup, and write the manifest beside them."""
    manifest = Manifest(time, lineage, position, erasures, _hashes(folder))
    put(folder / MANIFEST, json.dumps(_plain(manifest), indent=2, ensure_ascii=False) + "\n")
    return manifest


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if found["format"] > FORMAT:
            raise InvalidDataError(
                "backup-newer",
                "The backup {folder} was made by a newer version of Koepel. Restore it with that version.",
                folder=str(folder),
            )
        return Manifest(
            datetime.fromisoformat(found["time"]),
            found["lineage"],
            found["position"],
            tuple(map(_erasure, found["erasures"])),
            found["files"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidDataError(
            "backup-without-manifest",
            "{folder} is no backup, or its file {manifest} is damaged. Choose another one.",
            folder=str(folder),
            manifest=MANIFEST,
        ) from error


def verify(folder: Path) -> Manifest:
    """Read the manifest of a backup, and compare every file with what it says."""
    manifest = read(folder)
    found = _hashes(folder)
    wrong = sorted(path for path in {*found, *manifest.files} if found.get(path) != manifest.files.get(path))
    if wrong:
        raise InvalidDataError(
            "backup-damaged",
            "The backup {folder} is not what was once written: {count} of its files differ, are missing or "
            "were added, the first of them {file}. Choose another backup.",
            folder=str(folder),
            count=len(wrong),
            file=wrong[0],
        )
    return manifest


def _hashes(folder: Path) -> dict[str, str]:
    """Hash every file below a folder, except the manifest itself."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): _hash(path) for path in files}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _erasure(plain: dict[str, Any]) -> Erasure:
    return Erasure(**plain | {"time": datetime.fromisoformat(plain["time"])})


def _plain(manifest: Manifest) -> dict[str, Any]:
    erasures = [vars(one) | {"time": one.time.isoformat()} for one in manifest.erasures]
    described = vars(manifest) | {"time": manifest.time.isoformat(), "erasures": erasures}
    return {"format": FORMAT, **described}
