"""Takes what a source published out of the ledger, so that its bytes are in no file of it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, select, update

from registry.errors import NotFoundError
from registry.ledger.database import take_in_journal, undisturbed, writing
from registry.ledger.event import Event, Happening
from registry.ledger.record import add_events
from registry.ledger.schema import EVENTS, VERSIONS
from registry.storage import StorageError

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect, Connection, Engine

__all__ = ["erase", "overwrite"]

OF = EVENTS.c


def erase(engine: Engine, tombstone: Event) -> int:
    """Erase a source; what stays is when something happened to it, under which digests, and the tombstone.

    Doing it again is harmless, and finishes what was broken off. A PostgreSQL server keeps the bytes longer
    in what it writes for its replicas and its own backups; those are the operator's.
    """
    with writing(engine) as connection:
        _check_known(connection, tombstone.source)
        connection.execute(delete(VERSIONS).where(VERSIONS.c.digest.in_(_only_used_by(tombstone.source))))
        told = dict.fromkeys(("address", "reason", "behalf", "terms"), "")
        connection.execute(update(EVENTS).where(OF.source == tombstone.source).values(told))
        position = add_events(connection, [tombstone])
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
