"""The tables are brought up to date when a ledger is opened, and nothing is lost on the way."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, inspect, text

from registry.ledger import Event, Happening, Ledger
from registry.ledger.migration import steps
from registry.ledger.schema import METADATA, REVISION
from registry.storage import StorageError
from tests.registry.ledger.sample import ADDRESS, FIRST, SECOND, SOURCE, event

MORNING = datetime(2026, 10, 3, 8, 30, 15, 123456, tzinfo=UTC)
FORMER_TABLES = """
CREATE TABLE version (
  digest VARCHAR(64) NOT NULL PRIMARY KEY, canonical {blob} NOT NULL, original {blob} NOT NULL,
  media_type VARCHAR(100) NOT NULL
);
CREATE TABLE event (
  position {key}, time {time} NOT NULL, source VARCHAR(500) NOT NULL, happening VARCHAR(20) NOT NULL,
  address VARCHAR(2000) NOT NULL, digest VARCHAR(64), reason VARCHAR NOT NULL
);
CREATE INDEX ix_event_source ON event (source)
"""
TYPES = {
    "sqlite": {"blob": "BLOB", "key": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "time": "DATETIME"},
    "postgresql": {"blob": "BYTEA", "key": "SERIAL PRIMARY KEY", "time": "TIMESTAMP WITH TIME ZONE"},
}


@pytest.fixture
def engine(url: URL) -> Engine:
    """The database itself."""
    return create_engine(url, poolclass=NullPool)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection to the database itself."""
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def former(engine: Engine) -> None:
    """A ledger as the first preview left it: packed with gzip, times without a zone on SQLite."""
    versions = [
        {"d": one.digest, "c": gzip.compress(one.canonical), "o": gzip.compress(one.original)}
        for one in (FIRST, SECOND)
    ]
    time = "2026-10-03 08:30:15.123456" + ("" if engine.dialect.name == "sqlite" else "+00:00")
    events = [
        {"p": number, "t": time, "s": SOURCE, "a": ADDRESS, "d": one["d"]}
        for number, one in enumerate(versions, 1)
    ]
    with engine.begin() as connection:
        for statement in FORMER_TABLES.format(**TYPES[engine.dialect.name]).split(";"):
            connection.execute(text(statement))
        connection.execute(text("INSERT INTO version VALUES (:d, :c, :o, 'text/turtle')"), versions)
        connection.execute(text("INSERT INTO event VALUES (:p, :t, :s, 'accepted', :a, :d, 'it''s')"), events)


@pytest.mark.usefixtures("ledger")
def test_the_migrated_tables_are_those_that_the_code_describes(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})

    assert compare_metadata(context, METADATA) == []


@pytest.mark.usefixtures("ledger")
def test_a_table_that_differs_is_noticed(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE event ADD COLUMN mood TEXT"))

    assert len(compare_metadata(MigrationContext.configure(connection), METADATA)) == 1


@pytest.mark.usefixtures("ledger")
def test_the_indexes_are_those_that_the_code_describes(engine: Engine) -> None:
    migrated = indexes(engine)

    METADATA.drop_all(engine)
    METADATA.create_all(engine)

    assert {"event_acts", "event_news", "event_source"} <= set(migrated)
    assert migrated == indexes(engine)


def indexes(engine: Engine) -> dict[str | None, Any]:
    """Read the columns of each index, and the condition under which it holds an event."""
    found = inspect(engine).get_indexes("event")
    return {
        one["name"]: (one["column_names"], {key: str(value) for key, value in one["dialect_options"].items()})
        for one in found
    }


def test_the_code_knows_the_newest_step() -> None:
    assert ScriptDirectory.from_config(steps()).get_heads() == [REVISION]


@pytest.mark.usefixtures("former")
def test_the_ledger_of_the_first_preview_is_taken_over(url: URL) -> None:
    with Ledger.open(url) as ledger:
        assert list(ledger.events()) == [
            Event(SOURCE, Happening.ACCEPTED, ADDRESS, one.digest, "it's", time=MORNING, position=number)
            for number, one in enumerate((FIRST, SECOND), start=1)
        ]
        assert [ledger.version(one.digest) for one in (FIRST, SECOND)] == [FIRST, SECOND]
        assert ledger.published()[SOURCE].digest == SECOND.digest


@pytest.mark.usefixtures("former")
def test_a_ledger_that_was_taken_over_goes_on(url: URL, connection: Connection) -> None:
    with Ledger.open(url) as ledger:
        assert ledger.append(event(Happening.REMOVED)) == 3

    assert set(inspect(connection).get_table_names()) == {"alembic_version", "event", "ledger", "version"}
    assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


@pytest.mark.usefixtures("former")
def test_a_take_over_that_fails_leaves_everything_as_it_was(url: URL, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE version SET canonical = substr(canonical, 9)"))

    with pytest.raises(gzip.BadGzipFile):
        Ledger.open(url)

    assert set(inspect(engine).get_table_names()) == {"event", "version"}


def test_a_ledger_of_a_newer_version_is_refused(url: URL, ledger: Ledger, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StorageError, match=r"newer version of Koepel \(9999"):
        Ledger.open(url)

    assert ledger.position() == 0
