"""Puts the content of one ledger in the place of another's, and tells it apart from what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import URL, delete, insert

from registry.ledger.database import connect, reading, writing
from registry.ledger.duplicate import copy_table
from registry.ledger.migration import migrate
from registry.ledger.schema import LEDGER, METADATA

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

__all__ = ["begin_anew", "take_over"]


def take_over(engine: Engine, path: Path) -> None:
    """Replace all that is in a ledger by the ledger in a SQLite file; everything, or nothing."""
    file = connect(URL.create("sqlite", database=str(path)))
    try:
        migrate(file)
        with reading(file) as source, writing(engine) as target:
            for table in METADATA.sorted_tables:
                target.execute(delete(table))
                copy_table(table, source, target)
    finally:
        file.dispose()


def begin_anew(engine: Engine) -> str:
    """Give a ledger a lineage of its own, and say which; its events stay."""
    lineage = str(uuid4())
    with writing(engine) as connection:
        connection.execute(delete(LEDGER))
        connection.execute(insert(LEDGER).values(lineage=lineage))
    return lineage
