"""The ledger as the rest of the registry knows it."""

from __future__ import annotations

import weakref
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import URL, select

from registry.ledger import change, question
from registry.ledger.change import Change, Sheet, read_change
from registry.ledger.database import connect, reading, writing
from registry.ledger.duplicate import duplicate
from registry.ledger.erasure import erase, overwrite
from registry.ledger.event import Event, Happening
from registry.ledger.migration import migrate
from registry.ledger.record import add_events, add_versions, missing, read_event, read_version, version_rows
from registry.ledger.schema import LEDGER, VERSIONS
from registry.ledger.takeover import begin_anew, take_over
from registry.ledger.version import Publication, Version, unpack
from registry.storage import explained

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import Self

    from sqlalchemy import Engine, Row, Select

__all__ = ["Ledger"]

Answer = TypeVar("Answer")

PART: Final = 500
"""How many events are read at once."""
SHARE: Final = 50
"""How many versions are read at once."""


class Ledger:
    """Events and versions in an SQL database, written once and never changed; only an erasure does that.

    >>> ledger = Ledger.open("sqlite://")
    >>> ledger.append(
    ...     Event("https://buddy.example/", Happening.REGISTERED, "https://buddy.example/profile.ttl")
    ... )
    1
    >>> ledger.registered()
    {'https://buddy.example/': 'https://buddy.example/profile.ttl'}
    >>> ledger.published()
    {}
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Nobody has to close a ledger. At exit none is closed: a fork would close what its parent uses.
        weakref.finalize(self, engine.dispose).atexit = False
        self.lineage = self._one(select(LEDGER.c.lineage))
        """Tells this ledger, and its copies, from every other one that is as far."""

    @classmethod
    def open(cls, url: str | URL) -> Ledger:
        """Open the ledger at an address, such as sqlite:///folder/ledger.sqlite; a new one is made.

        Raises:
            InvalidDataError: The address is none of a database that the ledger can use.
            StorageError: The database cannot be used, or a newer version of the software wrote it.
        """
        engine = connect(url)
        try:
            migrate(engine)
            return cls(engine)
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def in_folder(cls, folder: Path) -> Ledger:
        """Open the embedded ledger in a folder; both are made where they are not there."""
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return cls.open(URL.create("sqlite", database=str(folder / "ledger.sqlite")))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, event: Event, version: Version | None = None) -> int:
        """Write an event, and the version it is about, in one step; give the event's position."""
        return self.append_all([(event, version)])

    def append_all(self, entries: Iterable[tuple[Event, Version | None]]) -> int:
        """Write events with their versions, all or none; give the last position.

        When this returns, they are on the disk. A version that is already there is not kept twice.

        Raises:
            NotFoundError: An event is to publish a version that is not in the ledger.
            StorageError: The database cannot be written; then nothing was.
        """
        batch = tuple(entries)
        if not batch:
            return self.position()
        rows = version_rows(batch)
        with writing(self._engine) as connection:
            add_versions(connection, rows)
            return add_events(connection, [event for event, _ in batch])

    def events(
        self, *, after: int = 0, until: int | None = None, source: str | None = None
    ) -> Iterator[Event]:
        """Read events in order, up to where the ledger was when the reading began."""
        last = self.position() if until is None else until
        while rows := self._all(question.history(after, last, source, PART)):
            yield from map(read_event, rows)
            after = rows[-1].position

    def position(self) -> int:
        """Tell how far the ledger is: the position of the last event, or 0."""
        return self._one(question.last_position())

    def position_at(self, moment: datetime) -> int:
        """Tell how far the ledger was at a moment: the last event that was written by then, or 0."""
        return self._one(question.position_at(moment))

    def version(self, digest: str) -> Version:
        """Read one version of a document.

        Raises:
            NotFoundError: The ledger never had it, or it was erased.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(VERSIONS).where(VERSIONS.c.digest == digest)).first()
            if row is None:
                raise missing(connection, digest)
        return read_version(row)

    def canonical(self, digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Read the canonical forms of many versions in the order asked for, a few at a time.

        Raises:
            NotFoundError: The ledger never had one of them, or it was erased.
        """
        remaining = iter(digests)
        while share := tuple(islice(remaining, SHARE)):
            packed = self._packed(share)
            yield from ((digest, unpack(packed[digest], digest)) for digest in share)

    def published(self, *, until: int | None = None) -> dict[str, Publication]:
        """Tell which version readers see of each source, now or when the ledger was at a position.

        The last version that was accepted, released or restored stays, whatever goes wrong later, until the
        source is withdrawn, removed or erased.
        """
        return {row[0]: Publication(*tuple(row)) for row in self._all(question.published(until))}

    def publication(self, source: str, *, until: int | None = None) -> Publication | None:
        """Tell which version readers see of one source."""
        return next(
            (Publication(**row._mapping) for row in self._all(question.published(until, source))), None
        )

    def status(self, *, until: int | None = None) -> dict[str, Event]:
        """Tell what happened to each source last; a visit that brought nothing new does not count."""
        return {row.source: read_event(row) for row in self._all(question.status(until))}

    def registered(self) -> dict[str, str]:
        """Tell where to fetch each source that is registered, and neither removed nor erased."""
        return {source: event.address for source, event in self.registrations().items()}

    def registrations(self) -> dict[str, Event]:
        """Tell on what terms each of these sources was registered, or last transferred."""
        return {row.source: read_event(row) for row in self._all(question.registrations())}

    def organisations(self) -> tuple[Event, ...]:
        """List what befell organisations that were named before they had a source, the oldest first."""
        return tuple(map(read_event, self._all(question.organisations())))

    def acts(self, *, after: int = 0, until: int | None = None) -> tuple[Event, ...]:
        """List what was done in certification after one position and up to another, in order."""
        return tuple(map(read_event, self._all(question.acts(after, until))))

    def changed(self, after: int, until: int | None = None) -> frozenset[str]:
        """Tell of which sources readers may see something else than at an earlier position."""
        return frozenset(row.source for row in self._all(question.changed(after, until)))

    def changes(self, first: int, last: int) -> tuple[Change, ...]:
        """Tell what readers noticed from one position up to another, in order."""
        return tuple(map(read_change, self._all(change.between(first, last))))

    def latest_changes(self, count: int, *, until: int | None = None) -> tuple[Change, ...]:
        """Tell what readers noticed last, now or when the ledger was at a position; the newest first."""
        return tuple(map(read_change, self._all(change.latest(count, until))))

    def sheets(self, size: int, after: int = 0) -> tuple[Sheet, ...]:
        """Tell in which parts of the ledger, each so many events long, readers noticed something."""
        return tuple(Sheet(*tuple(row)) for row in self._all(change.sheets(size, after)))

    def retouched(self, size: int, only: int | None = None) -> dict[int, int]:
        """Tell by their number which of these parts erasures have touched, and how many erasures."""
        return dict(map(tuple, self._all(change.retouched(size, only))))

    def last_success(self) -> datetime | None:
        """Tell when a source was last fetched or published without trouble."""
        return next((row.time for row in self._all(question.last_success())), None)

    def erase(self, source: str, reason: str, actor: str) -> int:
        """Destroy what a source published and leave a tombstone without content; give its position.

        Raises:
            NotFoundError: Nothing is known of the source.
            StorageError: The database cannot be written, or the bytes could not be overwritten yet.
        """
        return erase(self._engine, Event(source, Happening.ERASED, reason=reason, actor=actor))

    def overwrite(self) -> None:
        """Overwrite on the disk what was deleted, for an erasure that was broken off before it came to that.

        Raises:
            StorageError: The database cannot be written.
        """
        overwrite(self._engine)

    def erasures(self) -> tuple[Event, ...]:
        """List every erasure, the oldest first."""
        return tuple(map(read_event, self._all(question.erasures())))

    def copy_to(self, path: Path) -> int:
        """Write a copy into a new file, true to one moment while others go on writing; give its position."""
        return duplicate(self._engine, path)

    def take_over(self, path: Path) -> None:
        """Put the ledger in a SQLite file in the place of all that is in this one; everything, or nothing."""
        take_over(self._engine, path)
        self.lineage = self._one(select(LEDGER.c.lineage))

    def begin_anew(self) -> None:
        """Give this ledger a lineage of its own: from now on it goes another way than its copies."""
        self.lineage = begin_anew(self._engine)

    def _one(self, asked: Select[Answer]) -> Answer:
        with reading(self._engine) as connection:
            return connection.execute(asked).scalar_one()

    def _all(self, asked: Select[Any]) -> list[Row[Any]]:
        with reading(self._engine) as connection:
            return list(connection.execute(asked))

    def _packed(self, digests: Collection[str]) -> dict[str, bytes]:
        asked = select(VERSIONS.c.digest, VERSIONS.c.canonical).where(VERSIONS.c.digest.in_(digests))
        with reading(self._engine) as connection:
            packed = {row.digest: row.canonical for row in connection.execute(asked)}
            for digest in digests:
                if digest not in packed:
                    raise missing(connection, digest)
        return packed
