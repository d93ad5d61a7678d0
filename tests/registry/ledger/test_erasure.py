"""An erased source leaves a tombstone, and no byte of what it published."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import URL, NullPool, create_engine

from registry.errors import NotFoundError
from registry.ledger import Event, Happening, Ledger, Version, database
from registry.storage import StorageError
from tests.registry.ledger.sample import FIRST, OTHER, SECOND, SOURCE, event, version

MARK = "Zyzomys-Quaxifrage"
"""Stands in everything that is erased, and nowhere else."""
PERSONAL = version(MARK)
FRAME = b"\x28\xb5\x2f\xfd"
"""How a Zstandard frame begins (RFC 8878, 3.1.1)."""
DATABASE_FILES = """
SELECT pg_read_binary_file(folder || '/' || name) FROM (
  SELECT 'base/' || oid AS folder FROM pg_database WHERE datname = current_database()
) AS place, pg_ls_dir(folder) AS name
"""


def unpacked(data: bytes) -> Iterator[bytes]:
    """Unpack whatever begins like a Zstandard frame, as far as it goes."""
    start = data.find(FRAME)
    while start >= 0:
        reading = zstandard.ZstdDecompressor().decompressobj()
        try:
            for place in range(start, min(start + 50_000, len(data)), 16):
                yield reading.decompress(data[place : place + 16])
        except zstandard.ZstdError:
            pass  # the frame is cut off here, or was none
        start = data.find(FRAME, start + 1)


def holds_mark(data: bytes) -> bool:
    """Tell whether the mark can be got out of some bytes."""
    return MARK.encode() in data or MARK.encode() in b"".join(unpacked(data))


def traces(url: URL) -> list[str]:
    """Find the files of a database that hold the mark."""
    if url.drivername == "sqlite":
        folder = Path(str(url.database)).parent
        return sorted(one.name for one in folder.iterdir() if holds_mark(one.read_bytes()))
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        files = connection.exec_driver_sql(DATABASE_FILES).scalars()
        return [f"file {number}" for number, data in enumerate(files) if holds_mark(data)]


def write_much(ledger: Ledger) -> None:
    """Write so much in turn that the database moves entries from page to page, and leaves copies behind."""
    chance = random.Random(3)  # noqa: S311 (only bytes of many lengths, always the same)
    for number in range(300):
        source = chance.choice([SOURCE, OTHER])
        word = MARK if source == SOURCE else "something"
        size, times = int(2 ** chance.uniform(0, 12)), chance.randrange(40)
        one = Version(
            f"{chance.getrandbits(256):064x}", word.encode() + chance.randbytes(size), b"", "text/turtle"
        )
        reason = f"{number} {word * times}"
        ledger.append(Event(source, Happening.ACCEPTED, f"https://{word}/", one.digest, reason), one)


def test_no_file_of_the_database_holds_a_byte_of_what_was_erased(url: URL, ledger: Ledger) -> None:
    write_much(ledger)
    reader = Ledger.open(url)
    assert reader.position() == 300
    assert traces(url)

    ledger.erase(SOURCE, "asked for by the publisher", "operator")

    assert traces(url) == []
    reader.close()


def test_a_tombstone_without_content_stays(ledger: Ledger) -> None:
    ledger.append(event(Happening.HELD, PERSONAL, f"{MARK} is a person"), PERSONAL)

    position = ledger.erase(SOURCE, "asked for by the publisher", "operator")

    before, tombstone = ledger.events()
    assert (before.happening, before.address, before.reason) == (Happening.HELD, "", "")
    assert (tombstone.happening, tombstone.actor) == (Happening.ERASED, "operator")
    assert (tombstone.position, tombstone.reason) == (position, "asked for by the publisher")
    assert ledger.status() == {SOURCE: tombstone}


def test_what_was_erased_is_published_no_longer_and_its_version_is_gone(ledger: Ledger) -> None:
    ledger.append(event(Happening.REGISTERED))
    ledger.append(event(Happening.ACCEPTED, PERSONAL), PERSONAL)

    ledger.erase(SOURCE, "a reason", "operator")

    assert (ledger.published(), ledger.registered()) == ({}, {})
    for read in (ledger.version, lambda digest: list(ledger.canonical([digest]))):
        with pytest.raises(NotFoundError, match="was erased"):
            read(PERSONAL.digest)


def test_what_was_erased_cannot_be_restored(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, PERSONAL), PERSONAL)
    ledger.erase(SOURCE, "a reason", "operator")

    with pytest.raises(NotFoundError, match="was erased"):
        ledger.append(event(Happening.RESTORED, PERSONAL))


def test_a_version_that_another_source_has_too_stays_until_that_one_is_erased(ledger: Ledger) -> None:
    for source in (SOURCE, OTHER):
        ledger.append(event(Happening.ACCEPTED, PERSONAL, source=source), PERSONAL)

    ledger.erase(SOURCE, "a reason", "operator")
    kept = ledger.version(PERSONAL.digest)
    ledger.erase(OTHER, "a reason", "operator")

    assert kept == PERSONAL
    with pytest.raises(NotFoundError):
        ledger.version(PERSONAL.digest)


def test_the_other_sources_stay_as_they_are(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST, "a reason", OTHER), FIRST)
    before = list(ledger.events()), ledger.published()
    ledger.append(event(Happening.ACCEPTED, PERSONAL), PERSONAL)

    ledger.erase(SOURCE, "a reason", "operator")

    assert (list(ledger.events(source=OTHER)), ledger.published()) == before
    assert ledger.version(FIRST.digest) == FIRST


def test_an_erased_source_can_begin_anew_and_be_erased_again(ledger: Ledger) -> None:
    for number, one in enumerate((PERSONAL, SECOND)):
        ledger.append(event(Happening.ACCEPTED, one), one)
        assert ledger.published()[SOURCE].digest == one.digest
        assert ledger.erase(SOURCE, "a reason", "operator") == ledger.position() == 2 * number + 2

    assert ledger.published() == {}


def test_what_nobody_knows_cannot_be_erased(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match=SOURCE):
        ledger.erase(SOURCE, "a reason", "operator")

    assert ledger.position() == 0


def test_it_is_told_when_a_reader_keeps_the_bytes_and_can_be_done_again(
    sqlite: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    ledger = Ledger.open(sqlite)
    ledger.append(event(Happening.ACCEPTED, PERSONAL), PERSONAL)
    reader = sqlite3.connect(str(sqlite.database), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM event").fetchall()

    with pytest.raises(StorageError, match="still on the disk"):
        ledger.erase(SOURCE, "a reason", "operator")
    reader.close()

    ledger.erase(SOURCE, "a reason", "operator")
    assert traces(sqlite) == []
