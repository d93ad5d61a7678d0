"""Writing to disk so that a crash leaves the old or the new, and so that a full disk is called that."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final

from registry.errors import KoepelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DamagedError", "StorageError", "explained", "is_expected", "put", "sync"]

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class StorageError(KoepelError):
    """The registry's own disk does not do what it should."""

    status: ClassVar[int] = 503


class DamagedError(OSError):
    """A file is not what was once written to it."""


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Say in words that an operator understands why a folder cannot be written or read."""
    try:
        yield
    except OSError as error:
        raise _explanation(folder, error) from error


def is_expected(error: OSError) -> bool:
    """Tell a disk that is full, or that may not be written, from one that is damaged."""
    return _number(error) in FULL | CLOSED


def _number(error: OSError) -> int | None:
    """Find out what happened; Oxigraph says so in words only."""
    return error.errno or next((one for one in FULL | CLOSED if os.strerror(one) in str(error)), None)


def _explanation(folder: Path, error: OSError) -> StorageError:
    reason = error.strerror or str(error)
    number = _number(error)
    if number in FULL:
        return StorageError(
            "disk-full",
            "There is no room left on the disk of {folder}. What was complete before stays as it was. Make "
            "room, and try again.",
            folder=str(folder),
        )
    if number in CLOSED:
        return StorageError(
            "folder-read-only",
            "The registry may not write in {folder} ({reason}). Give it the right to, or choose another "
            "folder with KOEPEL_HOME.",
            folder=str(folder),
            reason=reason,
        )
    return StorageError(
        "storage-failed",
        "The folder {folder} cannot be used: {reason}.",
        folder=str(folder),
        reason=reason,
    )


def put(path: Path, text: str) -> None:
    """Write a small file in the place of an older one; a crash leaves the one or the other, whole."""
    draft = path.with_name(f".{path.name}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
