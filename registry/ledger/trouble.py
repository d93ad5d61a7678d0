"""What can go wrong in the database, in words that tell an operator what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.storage import StorageError

if TYPE_CHECKING:
    from sqlalchemy import URL, ExceptionContext

__all__ = ["busy", "explain", "place"]

LOW_BYTE: Final = 0xFF
"""SQLite keeps the kind of an error in the low byte of its code, and details above it."""
KINDS: Final = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CANTOPEN: "out-of-reach",
    sqlite3.SQLITE_IOERR: "out-of-reach",
    sqlite3.SQLITE_IOERR_SHMSIZE: "full",  # where even a reader finds no room for the index of the journal
    # SQLSTATE codes of PostgreSQL (its manual, appendix A)
    "53100": "full",
    "25006": "read-only",
    "42501": "read-only",
    "55P03": "busy",
    "40P01": "busy",
    "XX001": "damaged",
    "XX002": "damaged",
}


def explain(context: ExceptionContext) -> StorageError | None:
    """Put a plain sentence in the place of what the database said; mistakes of our own stay as they are."""
    kind = _kind(context.original_exception)
    if kind is None or context.engine is None:  # no engine: the pool only looks for lost connections
        return None
    if kind == "out-of-reach" and _is_closed(context.engine.url):
        kind = "read-only"
    return _sentence(kind, context.engine.url, str(context.original_exception).strip())


def place(url: URL) -> str:
    """Name a database without its password.

    >>> from sqlalchemy import make_url
    >>> place(make_url("postgresql://koepel:secret@db.example/ledger"))
    'postgresql://koepel:***@db.example/ledger'
    >>> place(make_url("sqlite:///var/ledger.sqlite"))
    'var/ledger.sqlite'
    """
    return (url.database or "in memory") if url.get_backend_name() == "sqlite" else url.render_as_string()


def busy(url: URL) -> StorageError:
    """Say that another process keeps the ledger at this place from being used."""
    return StorageError(
        "ledger-busy",
        "Another process keeps the ledger {place} busy. Nothing was written. Try again; if this stays so, "
        "look for a process of the registry that hangs.",
        place=place(url),
    )


def _kind(error: BaseException) -> str | None:
    """Tell what kind of trouble it is; a statement that is wrong in itself is none."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        return KINDS.get(code) or KINDS.get(code & LOW_BYTE)
    state = getattr(error, "sqlstate", "")
    lost = state is None or state[:2] in {"08", "28", "3D", "53", "57"}
    return KINDS.get(state or "", "out-of-reach" if lost else None)


def _is_closed(url: URL) -> bool:
    """Tell whether a SQLite database is there in a folder that may not be written, as even reading needs."""
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    return file is not None and file.is_file() and not os.access(file.parent, os.W_OK)


def _sentence(kind: str, url: URL, reason: str) -> StorageError:
    where = place(url)
    if kind == "full":
        return StorageError(
            "ledger-full",
            "The disk of the ledger {place} is full. Nothing was written. Make room and try again.",
            place=where,
        )
    if kind == "read-only":
        return StorageError(
            "ledger-read-only",
            "The registry may not write to the ledger {place}. Nothing was written. Give it the right to "
            "write there, and try again.",
            place=where,
        )
    if kind == "busy":
        return busy(url)
    if kind == "damaged":
        return StorageError(
            "ledger-damaged",
            "The ledger {place} is damaged, or it is something else than a ledger: {reason}. Restore it "
            "from a backup.",
            place=where,
            reason=reason,
        )
    return StorageError(
        "ledger-out-of-reach",
        "The ledger {place} cannot be reached: {reason}. Nothing was written. Check that it is there and "
        "that the registry may use it, then try again.",
        place=where,
        reason=reason,
    )
