"""The secret of a registry, from which the codes of all registrations are made."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

from registry.storage import StorageError, explained

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_key"]

NAME: Final = "secret.key"
BYTES: Final = 32


def read_key(folder: Path) -> bytes:
    """Read the secret in the folder of a registry; at first use it is made, for its owner's eyes only.

    Throwing the file away makes every code that was given out worthless. What is registered stays so.
    """
    path = folder / NAME
    with explained(folder):
        if not path.exists():
            _make(path)
        return _read(path)


def _read(path: Path) -> bytes:
    """Read a whole key; part of one would make codes that others can guess."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != BYTES:
        raise StorageError(
            "key-damaged",
            "The file {file} is damaged. Put back a copy of it, or delete it: then a new one is made, and "
            "codes that were given out and not yet used have to be asked for again.",
            file=str(path),
        )
    return key


def _make(path: Path) -> None:
    """Write a whole key in one step: of two who do so at the same moment, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{NAME}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
