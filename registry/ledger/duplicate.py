"""Writes a consistent copy of a ledger while others go on writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, delete, insert, select

from registry.errors import NotAllowedError
from registry.ledger import question
from registry.ledger.database import connect, reading, take_in_journal, undisturbed, writing
from registry.ledger.migration import migrate
from registry.ledger.schema import LEDGER, METADATA
from registry.storage import explained, sync

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

__all__ = ["copy_table", "duplicate"]

PART: Final = 100
"""How many rows are held in memory at once."""


def duplicate(engine: Engine, path: Path) -> int:
    """Copy a ledger into a new SQLite file; it appears under its name when it is whole."""
    if path.exists():
        raise NotAllowedError(
            "copy-exists",
            "There is a file {path} already, and a copy never overwrites one. Choose another name.",
            path=str(path),
        )
    draft = path.with_name(f"{path.name}.draft")
    with explained(path.parent):
        try:
            _remove(draft)
            position = _fill(engine, draft)
            draft.replace(path)
            sync(path.parent)
        finally:
            _remove(draft)
    return position


def _fill(engine: Engine, path: Path) -> int:
    copy = connect(URL.create("sqlite", database=str(path)))
    try:
        migrate(copy)
        with reading(engine) as source, writing(copy) as target:
            target.execute(delete(LEDGER))
            for table in METADATA.sorted_tables:
                copy_table(table, source, target)
            position = target.execute(question.last_position()).scalar_one()
        with undisturbed(copy) as target:
            take_in_journal(target)
        return position
    finally:
        copy.dispose()


def copy_table(table: Table, source: Connection, target: Connection) -> None:
    """Copy the rows of a table from one database to another, a few at a time."""
    with source.execute(select(table).execution_options(yield_per=PART)) as rows:
        for part in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in part])


def _remove(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)
