"""The ledger: an append-only record of what came in and what was decided; the only truth.

Everything that readers see is made from it and can be made again. Versions of documents
are kept by the SHA-256 of their canonical form, each once, with the bytes as they came.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    func,
    insert,
    select,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

__all__ = ["Event", "Happening", "Ledger", "Version"]


class Happening(StrEnum):
    """What can happen to a source."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    HELD = "held"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Version:
    """One version of a document: its canonical form, and the bytes as they were published."""

    digest: str
    canonical: bytes
    """Canonical N-Quads (RDFC-1.0)."""
    original: bytes
    media_type: str


@dataclass(frozen=True)
class Event:
    """One thing that happened to one source at one moment."""

    source: str
    happening: Happening
    address: str
    digest: str | None = None
    reason: str = ""
    time: datetime | None = None
    position: int | None = None


METADATA = MetaData()
VERSIONS = Table(
    "version",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("canonical", LargeBinary, nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("media_type", String(100), nullable=False),
)
EVENTS = Table(
    "event",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("time", DateTime(timezone=True), nullable=False),
    Column("source", String(500), nullable=False, index=True),
    Column("happening", String(20), nullable=False),
    Column("address", String(2000), nullable=False),
    Column("digest", String(64)),
    Column("reason", String, nullable=False),
    sqlite_autoincrement=True,
)


class Ledger:
    """Events and versions in an SQL database.

    >>> ledger = Ledger.open("sqlite://")
    >>> ledger.append(Event("https://example.org/a", Happening.UNREACHABLE, "https://example.org/a.ttl"))
    1
    >>> [event.happening.value for event in ledger.events()]
    ['unreachable']
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Ledger:
        """Open the database at an address, and make its tables when they are not there."""
        engine = create_engine(url)
        METADATA.create_all(engine)
        return cls(engine)

    @classmethod
    def in_folder(cls, folder: Path) -> Ledger:
        """Open the embedded database in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls.open(f"sqlite:///{folder / 'ledger.sqlite'}")

    def append(self, event: Event, version: Version | None = None) -> int:
        """Write an event, and the version it is about, in one step; give the event's position."""
        with self._engine.begin() as connection:
            if (
                version is not None
                and not connection.execute(
                    select(VERSIONS.c.digest).where(VERSIONS.c.digest == version.digest)
                ).first()
            ):
                connection.execute(
                    insert(VERSIONS).values(
                        digest=version.digest,
                        canonical=gzip.compress(version.canonical, mtime=0),
                        original=gzip.compress(version.original, mtime=0),
                        media_type=version.media_type,
                    )
                )
            result = connection.execute(
                insert(EVENTS).values(
                    time=event.time or datetime.now(UTC),
                    source=event.source,
                    happening=event.happening.value,
                    address=event.address,
                    digest=event.digest,
                    reason=event.reason,
                )
            )
            key = result.inserted_primary_key
            return int(key[0]) if key else 0

    def events(self) -> Iterator[Event]:
        """Read all events in order."""
        with self._engine.connect() as connection:
            for row in connection.execute(select(EVENTS).order_by(EVENTS.c.position)):
                yield Event(
                    source=row.source,
                    happening=Happening(row.happening),
                    address=row.address,
                    digest=row.digest,
                    reason=row.reason,
                    time=row.time,
                    position=row.position,
                )

    def position(self) -> int:
        """Tell how far the ledger is."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(EVENTS.c.position))).scalar() or 0

    def version(self, digest: str) -> Version:
        """Read one version of a document."""
        with self._engine.connect() as connection:
            row = connection.execute(select(VERSIONS).where(VERSIONS.c.digest == digest)).one()
        canonical, original = gzip.decompress(row.canonical), gzip.decompress(row.original)
        return Version(row.digest, canonical, original, row.media_type)

    def published(self) -> dict[str, str]:
        """Tell for each source which version readers see: the last one that was accepted."""
        return {
            event.source: event.digest
            for event in self.events()
            if event.happening is Happening.ACCEPTED and event.digest
        }

    def latest(self) -> dict[str, Event]:
        """Tell for each source what happened to it last, except that nothing changed."""
        return {event.source: event for event in self.events() if event.happening is not Happening.UNCHANGED}
