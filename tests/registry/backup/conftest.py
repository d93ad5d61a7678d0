"""A registry with two sources and a snapshot that is cited, to back up and to bring back."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from registry.home import Home, publish
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Ledger, Version
from registry.validation.standard import load_library
from tests.federation.description import text
from tests.registry.ledger.conftest import postgresql, server

__all__ = ["postgresql", "server"]

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE, TWO = "https://buddy.example/one", "https://buddy.example/two"
CITED = "2026-paper"
REASON = "Its publisher asked for it."


def accept(ledger: Ledger, name: str, title: str = "One") -> None:
    """Let in a description, as a harvest would."""
    address = f"https://buddy.example/{name}"
    document = read_document(text(name, title), media_type="text/turtle", address=address, space=address)
    version = Version(document.digest, document.canonical, document.data, document.media_type)
    registered = Event(address, Happening.REGISTERED, address)
    accepted = Event(address, Happening.ACCEPTED, address, document.digest)
    ledger.append_all([(registered, None), (accepted, version)])


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a registry, which no test may change."""
    home = Home(tmp_path_factory.mktemp("prepared") / "registry")
    accept(home.ledger, "one", "Marked")
    accept(home.ledger, "two")
    home.snapshots.label(publish(home, load_library(), DAY), CITED)
    home.ledger.close()
    return home.folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Iterator[Home]:
    """A registry of a test's own, with four events."""
    shutil.copytree(prepared, tmp_path / "registry")
    found = Home(tmp_path / "registry")
    yield found
    found.ledger.close()


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """A folder for backups that is not there yet."""
    return tmp_path / "backups"


def spoil(path: Path) -> None:
    """Turn one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
