"""The database under the ledger: SQLite in a folder, or PostgreSQL by its address.

What the database says when something goes wrong is turned here, and only here, into words for an operator.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import QueuePool, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError

from registry.errors import InvalidDataError
from registry.ledger.trouble import busy, explain, place
from registry.storage import StorageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

__all__ = ["PATIENCE", "connect", "reading", "take_in_journal", "undisturbed", "writing"]

PATIENCE: Final = 30
"""Seconds to wait for another process that is writing."""
LOCK: Final = 0x6B6F6570656C
"""The number of the lock that writers of one PostgreSQL database take in turn."""
DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")


def connect(address: str | URL) -> Engine:
    """Make an engine for the database at an address; nothing is opened yet."""
    url = _understood(address)
    try:
        engine = create_engine(url, **_options(url))
    except ModuleNotFoundError as error:
        raise StorageError(
            "ledger-driver-missing",
            "The ledger {place} needs the Python package {package}. Install it and start again.",
            place=place(url),
            package=error.name or "",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", explain)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """See one state of the ledger, whatever others write meanwhile."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Write everything or nothing, one writer at a time.

    So the order of the positions is the order in which events become visible: whoever has read up to
    a position never finds one below it later.
    """
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        yield connection


@contextmanager
def undisturbed(engine: Engine) -> Iterator[Connection]:
    """Do what a database refuses to do within a transaction."""
    level = {"isolation_level": "AUTOCOMMIT"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(begin="", **level) as connection:
        if engine.dialect.name == "postgresql":
            connection.detach()  # so that nobody else gets a connection with this patience
            connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}s'")
        yield connection


def take_in_journal(connection: Connection) -> None:
    """Write all that stands in the journal of a SQLite database into its file, or say why that fails.

    The last connection that closes does so too, but passes in silence over a disk that is full.
    """
    blocked, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if blocked:
        raise busy(connection.engine.url)


def _understood(address: str | URL) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise _unsuitable(re.sub("//.*@", "//***@", str(address))) from error
    if url.drivername not in DRIVERS:
        raise _unsuitable(url.render_as_string())
    return url.set(drivername=DRIVERS[url.drivername])


def _unsuitable(address: str) -> InvalidDataError:
    return InvalidDataError(
        "ledger-address",
        "{address} is no address of a database for the ledger. Give one like "
        "sqlite:///folder/ledger.sqlite or postgresql://user@host/database.",
        address=address,
    )


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True}
    sharing = {"connect_args": {"timeout": PATIENCE, "check_same_thread": False}}
    if url.database in (None, "", ":memory:"):
        # Each connection would see a memory of its own, so threads take turns with one.
        return {**sharing, "poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    return sharing


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the module begins transactions by itself otherwise, and too late
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if begin := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(begin)
