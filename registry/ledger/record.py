"""Events and versions as rows of their tables, and how they get in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from registry.errors import NotFoundError
from registry.ledger import question
from registry.ledger.event import PUBLISHING, Event, Happening
from registry.ledger.schema import EVENTS, VERSIONS
from registry.ledger.version import Version, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

__all__ = ["add_events", "add_versions", "missing", "read_event", "read_version", "version_rows"]


def version_rows(entries: Iterable[tuple[Event, Version | None]]) -> dict[str, dict[str, Any]]:
    """Prepare the versions of some events for their table, each once."""
    versions = dict[str, Version]()
    for event, version in entries:
        if version is not None:
            if event.digest != version.digest:
                raise ValueError(f"The event is about another version than {version.digest}.")
            versions[version.digest] = version
    return {digest: _version_row(version) for digest, version in versions.items()}


def add_versions(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> None:
    """Write the versions that are not there yet."""
    known = _known(connection, rows)
    if new := [row for digest, row in rows.items() if digest not in known]:
        connection.execute(insert(VERSIONS), new)


def add_events(connection: Connection, events: Sequence[Event]) -> int:
    """Write events at the end; give the last position.

    Raises:
        NotFoundError: An event is to publish a version that is not in the ledger.
    """
    needed = {one.digest for one in events if one.digest and one.happening in PUBLISHING}
    for digest in sorted(needed - _known(connection, needed)):
        raise missing(connection, digest)
    last, before = connection.execute(question.last_event()).one()
    now = max(datetime.now(UTC), before or datetime.min.replace(tzinfo=UTC))  # a clock may be set back
    rows = [_event_row(one, position, now) for position, one in enumerate(events, start=last + 1)]
    connection.execute(insert(EVENTS), rows)
    return last + len(rows)


def missing(connection: Connection, digest: str) -> NotFoundError:
    """Say why a version is not there."""
    if connection.execute(select(EVENTS.c.position).where(EVENTS.c.digest == digest).limit(1)).first():
        return NotFoundError(
            "version-erased",
            "The version {digest} was erased, and its bytes are gone for good.",
            digest=digest,
        )
    return NotFoundError(
        "version-unknown",
        "The ledger has no version {digest}. Check the digest: it is 64 hexadecimal figures.",
        digest=digest,
    )


def read_event(row: Row[Any]) -> Event:
    """Make an event of its row."""
    happening = Happening(row.happening)
    about = (row.address, row.digest, row.reason, row.actor, row.rules, row.behalf, row.via, row.terms)
    return Event(row.source, happening, *about, row.time, row.position)


def read_version(row: Row[Any]) -> Version:
    """Make a version of its row."""
    canonical, original = unpack(row.canonical, row.digest), unpack(row.original, row.digest)
    return Version(row.digest, canonical, original, row.media_type)


def _version_row(version: Version) -> dict[str, Any]:
    packed = {"canonical": pack(version.canonical), "original": pack(version.original)}
    return {**vars(version), **packed}


def _event_row(event: Event, position: int, now: datetime) -> dict[str, Any]:
    written = {"position": position, "time": event.time or now, "happening": event.happening.value}
    return {**vars(event), **written}


def _known(connection: Connection, digests: Collection[str]) -> set[str]:
    asked = select(VERSIONS.c.digest).where(VERSIONS.c.digest.in_(digests))
    return set(connection.execute(asked).scalars())
