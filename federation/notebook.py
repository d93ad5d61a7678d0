"""The notebook of visits: what the next visit to each source has to know of the last one.

It holds nothing that the ledger knows, and no text of a publisher. It may be thrown away at any time: then
every source is visited at once and without conditions.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Self

__all__ = ["Note", "Notebook"]

BUSY_SECONDS: Final = 30.0


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


MOMENTS: Final = ("visited", "answered", "due")
COLUMNS: Final = tuple(one.name for one in fields(Note))
TABLE: Final = f"""
CREATE TABLE IF NOT EXISTS note ({", ".join(COLUMNS)}, PRIMARY KEY (source)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS note_due ON note (due);
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
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.executescript(TABLE)

    def of(self, source: str) -> Note:
        """Read what is noted of one source; a blank note where nothing is."""
        return next(self._notes("WHERE source = ?", source), Note(source))

    def all(self) -> dict[str, Note]:
        """Read every note."""
        return {note.source: note for note in self._notes("")}

    def write(self, notes: Iterable[Note]) -> None:
        """Note several visits, all or none."""
        places = ", ".join("?" * len(COLUMNS))
        with self._file:
            self._file.executemany(
                f"INSERT OR REPLACE INTO note VALUES ({places})",  # noqa: S608 - names of our own columns
                (_row(note) for note in notes),
            )

    def hurry(self, source: str) -> None:
        """Let a source be visited at once."""
        self.write([replace(self.of(source), due=None)])

    def forget(self, source: str) -> None:
        """Take out what is noted of a source."""
        with self._file:
            self._file.execute("DELETE FROM note WHERE source = ?", (source,))

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

    def _notes(self, which: str, *values: object) -> Iterator[Note]:
        with closing(self._file.execute(f"SELECT * FROM note {which}", values)) as rows:  # noqa: S608
            yield from (_note(row) for row in rows)


def _row(note: Note) -> tuple[Any, ...]:
    return tuple(
        value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in astuple(note)
    )


def _note(row: tuple[Any, ...]) -> Note:
    told = dict(zip(COLUMNS, row, strict=True))
    return Note(**(told | {name: _moment(told[name]) for name in MOMENTS}))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
