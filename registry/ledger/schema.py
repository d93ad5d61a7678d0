"""The tables of the ledger, and the marks of the events that count for a question."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
)
from sqlalchemy.types import TypeDecorator

from registry.ledger.event import CERTIFYING, ORGANISATIONAL, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Dialect

    from registry.ledger.event import Happening

__all__ = ["ACTS", "EVENTS", "LEDGER", "METADATA", "NEWS", "REVISION", "VERSIONS", "is_one_of"]

REVISION: Final = "0003"
"""The newest step of the migrations: what the tables below look like."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, on databases that know time zones and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC; SQLite drops the zone."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that it is UTC; PostgreSQL tells it in the zone of the connection."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Line(TypeDecorator[str]):
    """Text that every database can hold: reasons may quote what strangers wrote.

    PostgreSQL refuses the character U+0000, and nothing can write half a surrogate pair in UTF-8.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Put a mark in the place of what cannot be written."""
        return value and value.replace("\0", "\ufffd").encode(errors="replace").decode()


def is_one_of(column: ColumnElement[str], happenings: Iterable[Happening]) -> ColumnElement[bool]:
    """Ask whether an event is of one of these kinds; the words stand in the SQL so that an index is found."""
    words = sorted(one.value for one in happenings)
    return column.in_(bindparam(None, words, expanding=True, literal_execute=True))


METADATA: Final = MetaData()
LEDGER: Final = Table("ledger", METADATA, Column("lineage", String(36), primary_key=True))
VERSIONS: Final = Table(
    "version",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("canonical", LargeBinary, nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("media_type", Line, nullable=False),
)
EVENTS: Final = Table(
    "event",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("time", Moment, nullable=False),
    Column("source", Line, nullable=False),
    Column("happening", String(20), nullable=False),
    Column("address", Line, nullable=False),
    Column("digest", String(64)),
    Column("reason", Line, nullable=False),
    Column("actor", Line, nullable=False),
    Column("rules", Line, nullable=False),
    Column("behalf", Line, nullable=False),
    Column("via", Line, nullable=False),
    Column("terms", Line, nullable=False),
)
NEWS: Final = ~is_one_of(EVENTS.c.happening, ROUTINE | ORGANISATIONAL | CERTIFYING)
"""The events that tell something new of a source: few, however often every one is visited."""
ACTS: Final = is_one_of(EVENTS.c.happening, CERTIFYING)
"""The events of certification."""

Index("event_source", EVENTS.c.source, EVENTS.c.position)
Index(
    "event_news",
    EVENTS.c.source,
    EVENTS.c.position,
    EVENTS.c.happening,
    sqlite_where=NEWS,
    postgresql_where=NEWS,
)
Index("event_acts", EVENTS.c.position, sqlite_where=ACTS, postgresql_where=ACTS)
