"""What goes wrong in the database is told in plain words, and leaves nothing half-written."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import URL, NullPool, create_engine, text

from registry.errors import InvalidDataError
from registry.ledger import Happening, Ledger, database
from registry.storage import StorageError
from tests.registry.ledger.sample import FIRST, SECOND, event
from tests.registry.ledger.writer import open_without_rights

FILLING = [sys.executable, "-m", "tests.registry.ledger.filling"]
IN_ITS_OWN_MOUNTS = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
ON_A_SMALL_DISK = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'
READ_ONLY = {"options": "-c default_transaction_read_only=on"}


def outcome(*command: str | Path) -> Any:
    """Run a program that tells its outcome in JSON."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=True)  # noqa: S603
    return json.loads(done.stdout)


def can_mount(folder: Path) -> bool:
    """Tell whether this machine lets the tests mount a disk that nobody else sees."""
    command = [*IN_ITS_OWN_MOUNTS, ON_A_SMALL_DISK, str(folder), "true"]
    return bool(shutil.which("unshare")) and not subprocess.run(command, check=False).returncode  # noqa: S603


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    if not can_mount(tmp_path):
        pytest.skip("This test needs the right to mount a small disk of its own.")

    told = outcome(*IN_ITS_OWN_MOUNTS, ON_A_SMALL_DISK, tmp_path, *FILLING, tmp_path)

    assert (told["code"], told["status"]) == ("ledger-full", 503)
    assert told["acknowledged"] == told["position"] == told["versions"] > 0


def test_a_file_that_may_not_grow_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    told = outcome(*FILLING, tmp_path, "1000000")

    assert (told["code"], told["status"]) == ("ledger-out-of-reach", 503)
    assert told["acknowledged"] == told["position"] == told["versions"] > 0


def test_a_database_that_is_read_only_can_be_read_and_not_written(sqlite: URL) -> None:
    Ledger.open(sqlite).append(event(Happening.REGISTERED))

    with Ledger.open(f"sqlite:///file:{sqlite.database}?mode=ro&uri=true") as ledger:
        with pytest.raises(StorageError, match="may not write") as told:
            ledger.append(event(Happening.REMOVED))

        assert told.value.code == "ledger-read-only"
        assert ledger.position() == 1


def test_a_transaction_that_may_not_write_is_told(postgresql: URL) -> None:
    with Ledger.open(postgresql), Ledger.open(postgresql.update_query_dict(READ_ONLY)) as ledger:
        with pytest.raises(StorageError, match="may not write"):
            ledger.append(event(Happening.REMOVED))

        assert ledger.position() == 0


@pytest.mark.parametrize("name", [".", "new"])
def test_a_folder_that_is_read_only_is_told(name: str) -> None:
    with TemporaryDirectory() as place, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        Path(place).chmod(0o555)

        told = pool.submit(open_without_rights, Path(place) / name).result()

        Path(place).chmod(0o700)
    assert str(Path(place) / name) in told
    assert "ledger.sqlite cannot be reached" in told or "may not write" in told


def test_a_writer_who_waits_too_long_is_told(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with Ledger.open(url) as one, Ledger.open(url) as other:
        with database.writing(one._engine), pytest.raises(StorageError, match="busy"):
            other.append(event(Happening.REMOVED))

        assert other.append(event(Happening.REMOVED)) == 1


def test_what_is_no_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"something else " * 100)

    with pytest.raises(StorageError, match="something else than a ledger"):
        Ledger.in_folder(tmp_path)


def test_a_damaged_version_is_named_and_the_others_can_be_read(url: URL, ledger: Ledger) -> None:
    for one in (FIRST, SECOND):
        ledger.append(event(Happening.ACCEPTED, one), one)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        digest = {"digest": FIRST.digest}
        connection.execute(text("UPDATE version SET canonical = original WHERE digest <> :digest"), digest)
        connection.execute(
            text("UPDATE version SET original = substr(original, 9) WHERE digest = :digest"), digest
        )

    with pytest.raises(StorageError, match=f"{FIRST.digest} in the ledger is damaged"):
        ledger.version(FIRST.digest)

    assert dict(ledger.canonical([FIRST.digest])) == {FIRST.digest: FIRST.canonical}


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(StorageError, match="cannot be reached") as told:
        Ledger.open("postgresql://koepel:secret@127.0.0.1:1/ledger")

    assert "koepel:***@127.0.0.1" in str(told.value)
    assert "secret" not in str(told.value)


def test_an_ordinary_address_of_postgresql_will_do(postgresql: URL) -> None:
    address = postgresql.set(drivername="postgresql").render_as_string(hide_password=False)

    with Ledger.open(address) as ledger:
        assert ledger.append(event(Happening.REGISTERED)) == 1


@pytest.mark.parametrize(
    "address", ["nonsense://x:secret@host", "ledger.sqlite", "mysql://x:secret@host/ledger"]
)
def test_an_address_of_something_else_is_refused(address: str) -> None:
    with pytest.raises(InvalidDataError, match="no address of a database") as told:
        Ledger.open(address)

    assert "secret" not in str(told.value)


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StorageError, match="needs the Python package psycopg"):
        Ledger.open("postgresql://host/ledger")
