"""The notebook of visits: what the next visit to each source has to know of the last one.

It holds nothing that the ledger knows, and no text of a publisher. It may be thrown away at any time: then
every source is visited at once and without conditions.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from registry.storage import StorageError, explained

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path
    from typing import Self

__all__ = ["Note", "Notebook"]

BUSY_SECONDS: Final = 30.0
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Note:
    """What the last visits to one source found."""

    source: str
    etag: str | None = None
    last_modified: str | None = None
    data_digest: str | None = None
    """The SHA-256 of the bytes that were last read."""
    rules: str = ""
    """The rules under which they were last decided on."""
    visited: datetime | None = None
    """When the source was last asked."""
    answered: datetime | None = None
    """When it last answered as it should."""
    due: datetime | None = None
    """When it is asked next; at once where nothing is said."""
    failures: int = 0
    """How often it has failed since it last answered."""
    outcome: str = ""
    """What came of the last visit, in one word."""
    message: str = ""
    """What was wrong, for people."""
    seconds: float = 0.0
    bytes: int = 0
    inbox: str = ""
    """Where its publisher takes notifications (Linked Data Notifications)."""
    digest: str | None = None
    """The version in the ledger that `etag` and `last_modified` stand for."""
    read: datetime | None = None
    """When it was last read in full, not only asked whether it had changed."""
    final_address: str = ""
    """Where the document was in the end, when its address led elsewhere."""


MOMENTS: Final = ("visited", "answered", "due", "read")
COLUMNS: Final = tuple(one.name for one in fields(Note))
VALUES: Final = attrgetter(*COLUMNS)
LAYOUT: Final = 2
"""Raised whenever the tables below change: a notebook of another layout is begun anew."""
TABLES: Final = f"""
CREATE TABLE IF NOT EXISTS note ({", ".join(COLUMNS)}, PRIMARY KEY (source)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS note_due ON note (due);
CREATE TABLE IF NOT EXISTS hurry (source PRIMARY KEY, asked NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {LAYOUT};
"""
PAST: Final = "coalesce(visited, '') <= ?"
STILL_HURRIED: Final = """
UPDATE note SET due = NULL WHERE source IN
  (SELECT hurry.source FROM hurry JOIN note AS made USING (source) WHERE hurry.asked > made.visited)
"""
"""A visit that had begun when somebody asked for one does not count for it."""
NO_LONGER_HURRIED: Final = """
DELETE FROM hurry WHERE source IN
  (SELECT hurry.source FROM hurry JOIN note AS made USING (source) WHERE hurry.asked <= made.visited)
"""


class Notebook:
    """The notes of all sources, in a file of their own.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> with TemporaryDirectory() as folder, Notebook(Path(folder) / "visits.sqlite") as notebook:
    ...     notebook.write([Note("https://buddy.example", etag='"1"')])
    ...     notebook.of("https://buddy.example").etag, notebook.of("https://other.example").etag
    ('"1"', None)
    """

    def __init__(self, path: Path) -> None:
        """Open the notebook in a file; one that is damaged, or of another layout, is begun anew."""
        with explained(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._file = _opened(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # somebody else holds it, or the disk fails
                raise _unusable(path, error) from error
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
            self._file = _opened(path)
        self._path = path

    def of(self, source: str) -> Note:
        """Read what is noted of one source; a blank note where nothing is."""
        return next(self._notes("WHERE source = ?", source), Note(source))

    def several(self, sources: Collection[str]) -> dict[str, Note]:
        """Read what is noted of some sources; blank notes where nothing is."""
        places = ", ".join("?" * len(sources))
        found = self._notes(f"WHERE source IN ({places})", *sources)
        return {source: Note(source) for source in sources} | {note.source: note for note in found}

    def all(self) -> dict[str, Note]:
        """Read every note."""
        return {note.source: note for note in self._notes("")}

    def write(self, notes: Iterable[Note]) -> None:
        """Note several visits, all or none."""
        places = ", ".join("?" * len(COLUMNS))
        statement = f"INSERT OR REPLACE INTO note VALUES ({places})"  # noqa: S608 - places for values
        with self._writing():
            self._file.executemany(statement, (_row(note) for note in notes))
            self._file.execute(STILL_HURRIED)
            self._file.execute(NO_LONGER_HURRIED)

    def hurry(self, source: str) -> None:
        """Let a source be visited at once, also when it is being visited at this moment."""
        asked = _text(datetime.now(UTC))
        with self._writing():
            self._file.execute("INSERT OR IGNORE INTO note (source) VALUES (?)", (source,))
            self._file.execute("UPDATE note SET due = NULL WHERE source = ?", (source,))
            self._file.execute("INSERT OR REPLACE INTO hurry VALUES (?, ?)", (source, asked))

    def resting(self, now: datetime) -> frozenset[str]:
        """Find the sources whose next visit lies later; what was noted while the clock was fast is void."""
        asked = f"SELECT source FROM note WHERE due > ? AND {PAST}"  # noqa: S608 - no value in it
        return frozenset(source for (source,) in self._file.execute(asked, (_text(now),) * 2))

    def next_due(self, sources: Collection[str], now: datetime) -> datetime | None:
        """Tell when the first of some sources is due; long ago, when one of them was never visited."""
        asked = f"SELECT source, due FROM note WHERE {PAST}"  # noqa: S608 - no value in it
        due = dict(self._file.execute(asked, (_text(now),)))
        return min((_moment(due.get(one)) or LONG_AGO for one in sources), default=None)

    def hurried(self) -> frozenset[str]:
        """Find the sources that somebody wants to be visited at once."""
        return frozenset(source for (source,) in self._file.execute("SELECT source FROM hurry"))

    def forget(self, source: str) -> None:
        """Take out what is noted of a source."""
        with self._writing():
            for table in ("note", "hurry"):
                self._file.execute(f"DELETE FROM {table} WHERE source = ?", (source,))  # noqa: S608

    def last_answer(self) -> datetime | None:
        """Tell when a source last answered as it should."""
        with closing(self._file.execute("SELECT max(answered) FROM note")) as found:
            return _moment(found.fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._file:
                yield
        except sqlite3.OperationalError as error:
            raise _unusable(self._path, error) from error

    def _notes(self, which: str, *values: object) -> Iterator[Note]:
        with closing(self._file.execute(f"SELECT * FROM note {which}", values)) as rows:  # noqa: S608
            yield from (_note(row) for row in rows)


def _unusable(path: Path, error: sqlite3.Error) -> StorageError:
    return StorageError(
        "notebook-unusable",
        "The notebook of visits {file} cannot be used: {reason}. Check the disk and the rights on the file; "
        "it may be deleted, and then every source is visited anew.",
        file=str(path),
        reason=str(error),
    )


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        if file.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
            file.executescript(f"DROP TABLE IF EXISTS note; DROP TABLE IF EXISTS hurry; {TABLES}")
    except BaseException:
        file.close()
        raise
    return file


def _row(note: Note) -> tuple[Any, ...]:
    return tuple(_text(value) if isinstance(value, datetime) else value for value in VALUES(note))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _note(row: tuple[Any, ...]) -> Note:
    told = {name: value for name, value in zip(COLUMNS, row, strict=True) if value is not None}
    return Note(**(told | {name: _moment(told[name]) for name in MOMENTS if name in told}))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
