"""A copy is whole, true to one moment, and a ledger like the one it was made of."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from sqlalchemy import URL

from registry.errors import NotAllowedError
from registry.ledger import Happening, Ledger
from registry.storage import StorageError
from tests.registry.ledger.sample import FIRST, SECOND, SOURCE, event, version


def reopen(path: Path) -> Ledger:
    """Open a copy."""
    return Ledger.open(URL.create("sqlite", database=str(path)))


def test_a_copy_holds_what_the_ledger_holds(ledger: Ledger, tmp_path: Path) -> None:
    for one in (FIRST, SECOND):
        ledger.append(event(Happening.ACCEPTED, one, "a reason"), one)

    position = ledger.copy_to(tmp_path / "copy.sqlite")

    with reopen(tmp_path / "copy.sqlite") as copy:
        assert (copy.lineage, copy.position()) == (ledger.lineage, position)
        assert list(copy.events()) == list(ledger.events())
        assert [copy.version(one.digest) for one in (FIRST, SECOND)] == [FIRST, SECOND]


def test_a_copy_goes_on_where_the_ledger_was(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.copy_to(tmp_path / "copy.sqlite")

    with reopen(tmp_path / "copy.sqlite") as copy:
        assert copy.append(event(Happening.ACCEPTED, SECOND), SECOND) == 2
    assert ledger.published()[SOURCE].digest == FIRST.digest


def test_a_copy_is_one_file(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "copy.sqlite.draft").write_text("what a crash left behind")

    ledger.copy_to(tmp_path / "copies" / "copy.sqlite")

    assert [one.name for one in (tmp_path / "copies").iterdir()] == ["copy.sqlite"]


def test_a_copy_is_true_to_one_moment_while_others_write(url: URL, tmp_path: Path) -> None:
    enough, begun = Signal(), Signal()

    def write() -> None:
        with Ledger.open(url) as writer:
            for one in (version(str(number)) for number in count()):
                writer.append(event(Happening.ACCEPTED, one), one)
                begun.set()
                if enough.is_set():
                    return

    thread = Thread(target=write)
    thread.start()
    begun.wait(20)
    with Ledger.open(url) as ledger:
        positions = [ledger.copy_to(tmp_path / f"{number}.sqlite") for number in range(5)]
        enough.set()
        thread.join()
        assert positions == sorted(positions)
        assert ledger.position() >= positions[-1] > positions[0] > 0
        for number, position in enumerate(positions):
            check(tmp_path / f"{number}.sqlite", position)


def check(path: Path, position: int) -> None:
    """See that a copy holds every event up to a position, and the version of each; none that came later."""
    with closing(sqlite3.connect(path)) as copy:
        events = copy.execute("SELECT position, digest FROM event ORDER BY position").fetchall()
        versions = copy.execute("SELECT digest FROM version").fetchall()
    assert [number for number, _ in events] == list(range(1, position + 1))
    assert {digest for _, digest in events} == {digest for (digest,) in versions}


def test_a_copy_never_takes_the_place_of_a_file(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("precious")

    with pytest.raises(NotAllowedError, match="already"):
        ledger.copy_to(tmp_path / "copy.sqlite")

    assert (tmp_path / "copy.sqlite").read_text() == "precious"


def test_a_copy_needs_a_folder(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be reached"):
        ledger.copy_to(tmp_path / "nowhere" / "copy.sqlite")
