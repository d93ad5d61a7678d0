"""Takes what a source published out of the ledger, so that its bytes are in no file of it any more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, exists, func, select, update

from registry.errors import NotFoundError
from registry.ingest.space import is_inside
from registry.ledger.database import take_in_journal, undisturbed, writing
from registry.ledger.event import Event, Happening
from registry.ledger.record import add_events
from registry.ledger.schema import EVENTS, VERSIONS
from registry.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import CompoundSelect, Connection, Engine

__all__ = ["erase", "overwrite"]

OF = EVENTS.c
EMPTY: Final = dict.fromkeys(("address", "reason", "behalf", "terms"), "")
"""What is told of nothing that was erased."""


def erase(engine: Engine, tombstone: Event) -> int:
    """Erase a source; what stays is when something happened to it, under which digests, and the tombstone.

    With it goes all that was done in cases about what it described, and the labels of a body that it
    described. Of a label that was granted there stays that its place in the status list is revoked, so that
    nobody takes a copy of it for one in force.
    Doing it again is harmless, and finishes what was broken off. A PostgreSQL server keeps the bytes longer
    in what it writes for its replicas and its own backups; those are the operator's.
    """
    with writing(engine) as connection:
        _check_known(connection, tombstone.source)
        connection.execute(delete(VERSIONS).where(VERSIONS.c.digest.in_(_only_used_by(tombstone.source))))
        cases = _cases(connection, tombstone.source)
        gone = [tombstone.source, *cases]
        connection.execute(update(EVENTS).where(OF.source.in_(gone)).values(EMPTY))
        revoked = (_revoked(case, told, tombstone) for case, told in cases.items())
        position = add_events(connection, [*filter(None, revoked), tombstone])
    try:
        overwrite(engine)
    except StorageError as error:
        raise StorageError(
            "erasure-unfinished",
            "{source} is erased from the ledger, but its bytes are still on the disk: {reason} Then erase it "
            "once more.",
            source=tombstone.source,
            reason=error.message,
        ) from error
    return position


def overwrite(engine: Engine) -> None:
    """Write the files anew: a database only marks as free what it deletes, and keeps it in its journal."""
    with undisturbed(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM FULL version, event")
            return
        connection.exec_driver_sql("VACUUM")
        take_in_journal(connection)


def _cases(connection: Connection, source: str) -> dict[str, list[dict[str, Any]]]:
    """Find what was done in the cases that go with a source."""
    acted = select(OF.source, OF.terms).where(OF.happening == Happening.ACTED.value, OF.terms != "")
    told: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(acted.order_by(OF.position)):
        told.setdefault(row.source, []).append(json.loads(row.terms))
    return {
        case: acts
        for case, acts in told.items()
        if any(is_inside(one, source) for one in (case, *_described(acts)))
    }


def _described(acts: list[dict[str, Any]]) -> Iterator[str]:
    """Name what must be described for a case to go on; for one that led to no label, the body need not be."""
    yield str(acts[0].get("subject", ""))
    if any("index" in act for act in acts):
        yield str(acts[0].get("body", ""))
        yield from (str(act["source"]) for act in acts if "index" in act and "source" in act)


def _revoked(case: str, acts: list[dict[str, Any]], tombstone: Event) -> Event | None:
    """Let the places of a label in the status lists stay revoked; nothing else of it is told."""
    indexes = [one for act in acts for one in ([act["index"]] if "index" in act else act.get("indexes", ()))]
    if not indexes:
        return None
    day = (tombstone.time or datetime.now(UTC)).date().isoformat()
    terms = {"act": "erase", "on": day, "body": acts[0].get("body", ""), "indexes": indexes}
    return Event(case, Happening.ACTED, actor=tombstone.actor, terms=json.dumps(terms, sort_keys=True))


def _check_known(connection: Connection, source: str) -> None:
    if not connection.execute(select(exists().where(OF.source == source))).scalar():
        raise NotFoundError(
            "source-unheard-of",
            "The ledger knows no source {source}. Give the address under which it is registered.",
            source=source,
        )


def _only_used_by(source: str) -> CompoundSelect[str | None]:
    """Find the versions that no other source uses; what was erased with another one does not count."""
    erased = (
        select(OF.source, func.max(OF.position).label("position"))
        .where(OF.happening == Happening.ERASED.value)
        .group_by(OF.source)
        .subquery()
    )
    elsewhere = (
        select(OF.digest)
        .outerjoin(erased, OF.source == erased.c.source)
        .where(OF.source != source, OF.position > func.coalesce(erased.c.position, 0))
    )
    return select(OF.digest).where(OF.source == source).except_(elsewhere)
