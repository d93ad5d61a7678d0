"""The files beside the ledger are copied whole and kept secret, and forget a source to the last byte."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from federation.notebook import Notebook
from federation.notice.notify import tray_of
from federation.notice.tray import Channel, Letter, Tray
from federation.registration.own import NAME
from registry import companion
from registry.account.secret import read_key
from registry.account.vault import NAME as VAULT
from registry.companion import FOLDERS, KEPT, NOTED, copy_kept, forget_noted, noted
from registry.home import Home
from registry.storage import StorageError
from tests.registry.noting import NOON, WHO_AGREED, keep_companions, note

ONE, TWO = "https://buddy.example/one", "https://buddy.example/two"
MARKER = "Zwanenhalsbrug"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder to copy to."""
    folder = tmp_path / "copy"
    folder.mkdir()
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_files_that_are_kept_are_those_that_the_federation_writes(tmp_path: Path) -> None:
    read_key(tmp_path)
    (key,) = (path.name for path in tmp_path.iterdir())
    home = Home(tmp_path)

    assert (key, NAME, tray_of(home).name, VAULT) == KEPT
    assert (tray_of(home).name, home.visits.name) == NOTED


def test_a_copy_holds_what_nothing_else_can_give(tmp_path: Path, copy: Path) -> None:
    keep_companions(tmp_path, ONE)

    copy_kept(tmp_path, copy)

    assert {path.name for path in copy.iterdir()} == {*KEPT, *FOLDERS}
    assert {path.name for folder in FOLDERS for path in (copy / folder).iterdir()} == {"1"}
    assert (copy / "secret.key").read_text(encoding="ascii") == "5ec2e7"
    with Tray(copy / "notices.sqlite") as tray:
        assert [one.source for one in tray.due(NOON)] == [ONE]
        assert tray.mailbox(WHO_AGREED).confirmed == NOON


@pytest.mark.parametrize("wanted", [0o600, 0o400, 0o640])
def test_a_copy_may_be_read_by_the_same_people(tmp_path: Path, copy: Path, wanted: int) -> None:
    keep_companions(tmp_path, ONE)
    for name in ("secret.key", "notices.sqlite"):
        (tmp_path / name).chmod(wanted if name == "secret.key" else wanted | 0o200)

    copy_kept(tmp_path, copy)

    assert mode(copy / "secret.key") == wanted
    assert mode(copy / "notices.sqlite") == wanted | 0o200


def test_a_secret_is_for_its_owners_eyes_from_the_first_byte(
    tmp_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_companions(tmp_path, ONE)
    found = []
    monkeypatch.setattr("shutil.copymode", lambda _, target: found.append(mode(Path(target))))

    before = os.umask(0)
    try:
        copy_kept(tmp_path, copy)
    finally:
        os.umask(before)

    assert found == [0o600] * (len(KEPT) + len(FOLDERS))


def test_where_there_is_nothing_nothing_is_copied_or_made(tmp_path: Path, copy: Path) -> None:
    copy_kept(tmp_path, copy)
    forget_noted(tmp_path, [ONE])

    assert (noted(tmp_path, [ONE]), [*copy.iterdir()], [*tmp_path.iterdir()]) == (frozenset(), [], [copy])


def test_a_copy_is_true_to_one_moment_while_others_write(tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with Tray(tmp_path / "notices.sqlite") as tray:
            number = 0
            while not stop.is_set():
                number += 1
                tray.put([Letter(Channel.MAIL, f"urn:{number}:{half}", NOON) for half in "ab"])

    note(tmp_path, ONE)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [tmp_path / str(number) for number in range(10)]
        for one in copies:
            one.mkdir()
            copy_kept(tmp_path, one)
    finally:
        stop.set()
        writer.join()

    for one in copies:
        with Tray(one / "notices.sqlite") as tray:
            assert len(tray.due(NOON)) % 2 == 1


def test_what_is_forgotten_is_in_no_byte_of_the_files(tmp_path: Path) -> None:
    note(tmp_path, ONE, MARKER)
    note(tmp_path, TWO)
    assert all(MARKER.encode() in (tmp_path / name).read_bytes() for name in NOTED)

    forget_noted(tmp_path, [ONE])

    for path in tmp_path.iterdir():
        assert not any(text.encode() in path.read_bytes() for text in (MARKER, ONE)), path
    assert noted(tmp_path, [ONE, TWO]) == {TWO}


def test_bytes_go_also_from_under_somebody_who_has_the_files_open(tmp_path: Path) -> None:
    note(tmp_path, ONE, MARKER)
    with Notebook(tmp_path / "visits.sqlite") as notebook, Tray(tmp_path / "notices.sqlite") as tray:
        assert notebook.of(ONE).message
        assert tray.received(ONE)

        forget_noted(tmp_path, [ONE])

        assert not any(MARKER.encode() in path.read_bytes() for path in tmp_path.iterdir())
        assert (notebook.of(ONE).message, tray.received(ONE)) == ("", [])


def test_only_what_is_about_the_source_goes(tmp_path: Path) -> None:
    note(tmp_path, ONE)
    note(tmp_path, TWO)
    with Tray(tmp_path / "notices.sqlite") as tray:
        key = tray.key()

    forget_noted(tmp_path, [ONE])

    with Notebook(tmp_path / "visits.sqlite") as notebook, Tray(tmp_path / "notices.sqlite") as tray:
        assert notebook.all().keys() == notebook.hurried() == {TWO}
        assert [one.source for one in tray.due(NOON)] == [one.source for one in tray.received()] == [TWO]
        assert (tray.told(Channel.INBOX, TWO), tray.key()) == ("state ", key)
        assert tray.mailbox(WHO_AGREED).confirmed == NOON


def test_somebody_who_does_not_let_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(tmp_path, ONE)
    monkeypatch.setattr(companion, "PATIENCE", 0.1)
    with closing(sqlite3.connect(tmp_path / "visits.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM note").fetchall()

        with pytest.raises(StorageError, match=r"visits\.sqlite cannot be used: database is locked"):
            forget_noted(tmp_path, [ONE])


def test_a_damaged_file_is_named(tmp_path: Path, copy: Path) -> None:
    (tmp_path / "notices.sqlite").write_bytes(b"no database at all" * 100)

    with pytest.raises(StorageError, match=r"notices\.sqlite cannot be used: file is not a database"):
        copy_kept(tmp_path, copy)
