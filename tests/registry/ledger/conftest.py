"""Ledgers on both databases.

Another PostgreSQL server is taken where KOEPEL_TEST_LEDGER_URL names one, with a role that may make databases
there and read their files.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from registry.ledger import Ledger
from tests.registry.ledger.server import start_server


@pytest.fixture(scope="session")
def server() -> URL:
    """The address of a PostgreSQL server."""
    address = os.environ.get("KOEPEL_TEST_LEDGER_URL")
    url = make_url(address) if address else start_server()
    return url.set(drivername="postgresql+psycopg")


@contextmanager
def new_database(server: URL) -> Iterator[URL]:
    """An empty database on a server, for a while."""
    name = f"koepel_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        try:
            yield server.set(database=name)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def postgresql(server: URL) -> Iterator[URL]:
    """The address of an empty PostgreSQL database."""
    with new_database(server) as url:
        yield url


@pytest.fixture
def sqlite(tmp_path: Path) -> URL:
    """The address of a SQLite database that is not there yet."""
    return URL.create("sqlite", database=str(tmp_path / "ledger.sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> URL:
    """The address of an empty database, once of each kind."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, URL)
    return found


@pytest.fixture
def ledger(url: URL) -> Iterator[Ledger]:
    """An empty ledger, once on each database."""
    opened = Ledger.open(url)
    yield opened
    opened.close()
