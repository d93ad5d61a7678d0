"""The notebook remembers what the next visit has to know, and may be lost."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from federation.notebook import Note, Notebook

ONE = "https://buddy.example/one"
TWO = "https://buddy.example/two"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry" / "visits.sqlite"


@pytest.fixture
def notebook(path: Path) -> Iterator[Notebook]:
    with Notebook(path) as here:
        yield here


def test_a_note_comes_back_as_it_was_written(notebook: Notebook, path: Path) -> None:
    note = Note(ONE, '"1"', "Sat", "aa", "bb", NOW, NOW, NOW, 3, "held", "Why", 0.5, 10, "i", "cc", NOW, "f")
    notebook.write([note])

    with Notebook(path) as other:
        assert other.of(ONE) == other.all()[ONE] == note


def test_of_what_is_not_known_a_note_is_blank(notebook: Notebook) -> None:
    notebook.write([Note(ONE, '"1"')])

    assert notebook.of(TWO) == Note(TWO)
    assert notebook.several([ONE, TWO]) == {ONE: Note(ONE, '"1"'), TWO: Note(TWO)}


def test_notes_are_written_all_or_none(notebook: Notebook) -> None:
    def broken() -> Iterator[Note]:
        yield Note(ONE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        notebook.write(broken())

    assert notebook.all() == {}


def test_a_source_rests_until_it_is_due(notebook: Notebook) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5)))
    notebook.write([Note(ONE, due=elsewhere + HOUR), Note(TWO, due=NOW + 3 * HOUR)])

    assert notebook.resting(NOW) == {ONE, TWO}
    assert notebook.resting(NOW + HOUR) == {TWO}
    assert notebook.next_due([ONE, TWO], NOW) == NOW + HOUR
    assert notebook.next_due([], NOW) is None


def test_a_visit_that_was_noted_while_the_clock_was_fast_gives_no_rest(notebook: Notebook) -> None:
    later = NOW + 9000 * HOUR
    notebook.write([Note(ONE, visited=later, due=later + HOUR)])

    first = notebook.next_due([ONE], NOW)

    assert notebook.resting(NOW) == frozenset()
    assert first
    assert first < NOW


def test_what_was_never_visited_is_due_at_once(notebook: Notebook) -> None:
    notebook.write([Note(ONE, due=NOW)])

    first = notebook.next_due([ONE, TWO], NOW)

    assert first is not None
    assert first < NOW


def test_a_hurry_makes_a_source_due_at_once(notebook: Notebook) -> None:
    notebook.write([Note(ONE, '"1"', due=NOW + HOUR)])

    notebook.hurry(ONE)
    notebook.hurry(TWO)

    assert notebook.hurried() == {ONE, TWO}
    assert notebook.resting(NOW) == frozenset()
    assert notebook.of(ONE) == Note(ONE, '"1"')


def test_a_visit_ends_a_hurry(notebook: Notebook) -> None:
    notebook.hurry(ONE)
    begun = datetime.now(UTC)

    notebook.write([Note(ONE, visited=begun, due=begun + HOUR)])

    assert notebook.hurried() == frozenset()
    assert notebook.resting(begun) == {ONE}


def test_a_visit_that_had_begun_before_does_not_end_a_hurry(notebook: Notebook) -> None:
    begun = datetime.now(UTC)
    notebook.hurry(ONE)

    notebook.write([Note(ONE, visited=begun, due=begun + HOUR)])

    assert notebook.hurried() == {ONE}
    assert notebook.resting(begun) == frozenset()


def test_what_is_forgotten_leaves_nothing_behind(notebook: Notebook) -> None:
    notebook.write([Note(ONE, '"1"')])
    notebook.hurry(ONE)

    notebook.forget(ONE)

    assert (notebook.all(), notebook.hurried()) == ({}, frozenset())


def test_it_tells_when_a_source_last_answered(notebook: Notebook) -> None:
    assert notebook.last_answer() is None

    notebook.write([Note(ONE, answered=NOW), Note(TWO, answered=NOW - HOUR)])

    assert notebook.last_answer() == NOW


def test_a_notebook_of_an_older_version_is_begun_anew(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as older:
        older.execute("CREATE TABLE note (source PRIMARY KEY, etag) WITHOUT ROWID")
        older.execute("INSERT INTO note VALUES (?, '1')", (ONE,))
    older.close()

    with Notebook(path) as notebook:
        assert notebook.of(ONE) == Note(ONE)


def test_a_notebook_that_is_damaged_is_begun_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database, however long it may be" * 100)

    with Notebook(path) as notebook:
        notebook.write([Note(ONE, '"1"')])

        assert notebook.of(ONE).etag == '"1"'
