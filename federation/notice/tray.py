"""What was told to whom, what is still to be told, and what notifications came in: a small file.

It holds no mail address and no text of a stranger. Mail addresses stand in it as keyed digests, so that the
file says of nobody that they take part; the key stands in it too and never leaves this machine.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from registry.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

__all__ = ["Channel", "Letter", "Mailbox", "Received", "Tray"]

PRIMARY: Final = 0xFF
"""Takes the details off SQLite's number of an error."""
SYSTEM: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
}
BUSY_SECONDS: Final = 30.0
MOST_RECEIVED: Final = 1_000
"""So many notifications are kept; the oldest go first."""
TABLES: Final = """
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS letter (
  channel TEXT, source TEXT, due TEXT NOT NULL, failures INTEGER NOT NULL, PRIMARY KEY (channel, source)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told (
  channel TEXT, source TEXT, state TEXT NOT NULL, PRIMARY KEY (channel, source)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mailbox (digest TEXT PRIMARY KEY, asked TEXT, confirmed TEXT, stopped TEXT,
  mailed TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS received (number INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL,
  activity TEXT NOT NULL, source TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS received_source ON received (source, time);
CREATE TABLE IF NOT EXISTS certified (
  account TEXT, about TEXT, state TEXT NOT NULL, PRIMARY KEY (account, about)
) WITHOUT ROWID;
"""


class Channel(StrEnum):
    """The way on which somebody is told."""

    INBOX = "inbox"
    MAIL = "mail"


@dataclass(frozen=True)
class Letter:
    """Something that is to be told about a source: when, and how often that has failed."""

    channel: Channel
    source: str
    due: datetime
    failures: int = 0


@dataclass(frozen=True)
class Mailbox:
    """What is known of a mail address: whether its owner was asked, has confirmed, or wants no more mail."""

    digest: str
    asked: datetime | None = None
    confirmed: datetime | None = None
    stopped: datetime | None = None
    mailed: datetime | None = None


@dataclass(frozen=True)
class Received:
    """A notification that came in."""

    number: int
    time: datetime
    activity: str
    source: str


class Tray:
    """The letters of a registry, in and out.

    Trouble with the disk is an `OSError`, as with any other file.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> with TemporaryDirectory() as folder, Tray(Path(folder) / "notices.sqlite") as tray:
    ...     now = datetime(2026, 11, 22, tzinfo=UTC)
    ...     tray.put([Letter(Channel.MAIL, "https://buddy.example", now)])
    ...     [one.source for one in tray.due(now)], tray.told(Channel.MAIL, "https://buddy.example")
    (['https://buddy.example'], '')
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _as_file_trouble():
            self._file = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            self._prepare()
        except BaseException:
            self._file.close()
            raise

    def _prepare(self) -> None:
        with _as_file_trouble():
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA secure_delete = ON")  # what is taken out is overwritten
            self._file.executescript(TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def mark(self, name: str) -> str:
        """Read a mark, such as how far the ledger was looked through; empty where there is none."""
        return str(next(self._rows("SELECT value FROM mark WHERE name = ?", name), ("",))[0])

    def key(self) -> bytes:
        """Give the key with which links are signed; it is made once."""
        self._write("INSERT OR IGNORE INTO mark VALUES ('key', ?)", secrets.token_hex(32))
        return bytes.fromhex(self.mark("key"))

    def put(self, letters: Iterable[Letter], marks: Iterable[tuple[str, str]] = ()) -> None:
        """Lay letters ready and set marks, all or none; one that lies there for the same source makes way."""
        rows = [(one.channel.value, one.source, _text(one.due), one.failures) for one in letters]
        with self._writing():
            self._file.executemany("INSERT OR REPLACE INTO letter VALUES (?, ?, ?, ?)", rows)
            self._file.executemany("INSERT OR REPLACE INTO mark VALUES (?, ?)", list(marks))

    def due(self, now: datetime) -> list[Letter]:
        """List what is to be told by now, in the order in which it became due."""
        rows = self._rows("SELECT * FROM letter WHERE due <= ? ORDER BY due, source, channel", _text(now))
        return [Letter(Channel(row[0]), row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows]

    def drop(self, letter: Letter, state: str = "") -> None:
        """Take a letter away; with a state, it was told of that."""
        which = (letter.channel.value, letter.source)
        with self._writing():
            self._file.execute("DELETE FROM letter WHERE channel = ? AND source = ?", which)
            if state:
                self._file.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (*which, state))

    def tell(self, channel: Channel, source: str, state: str) -> None:
        """Write down of which state somebody was told, or that it was of none."""
        self._write("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", channel.value, source, state)

    def forget(self, source: str) -> None:
        """Take out all that is about a source."""
        with self._writing():
            for table in ("letter", "told", "received"):
                self._file.execute(f"DELETE FROM {table} WHERE source = ?", (source,))  # noqa: S608

    def told(self, channel: Channel, source: str) -> str:
        """Give the state of a source of which somebody was last told on this way."""
        rows = self._rows("SELECT state FROM told WHERE channel = ? AND source = ?", channel.value, source)
        return str(next(rows, ("",))[0])

    def certified(self, account: str) -> dict[str, str]:
        """Give of what in certification somebody was told, and how it stood then."""
        return dict(self._rows("SELECT about, state FROM certified WHERE account = ?", account))

    def certify(self, account: str, told: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Write down of what in certification somebody was told, and take out what they were not."""
        with self._writing():
            rows = [(account, about, state) for about, state in told.items()]
            self._file.executemany("INSERT OR REPLACE INTO certified VALUES (?, ?, ?)", rows)
            taken = [(account, about) for about in gone]
            self._file.executemany("DELETE FROM certified WHERE account = ? AND about = ?", taken)

    def leave(self, accounts: Iterable[str]) -> None:
        """Take out all that somebody was told in certification, unless they are among these."""
        kept = json.dumps([*accounts])
        self._write("DELETE FROM certified WHERE account NOT IN (SELECT value FROM json_each(?))", kept)

    def mailbox(self, digest: str) -> Mailbox:
        """Read what is known of a mail address, by its digest."""
        row = next(self._rows("SELECT * FROM mailbox WHERE digest = ?", digest), (digest,))
        return Mailbox(row[0], *(_moment(one) for one in row[1:]))

    def note(self, mailbox: Mailbox) -> None:
        """Write down what is known of a mail address."""
        moments = (mailbox.asked, mailbox.confirmed, mailbox.stopped, mailbox.mailed)
        row = (mailbox.digest, *(one and _text(one) for one in moments))
        self._write("INSERT OR REPLACE INTO mailbox VALUES (?, ?, ?, ?, ?)", *row)

    def receive(self, activity: str, source: str, now: datetime) -> int:
        """Write a notification down; give its number. The oldest make way for it."""
        with self._writing():
            written = self._file.execute(
                "INSERT INTO received (time, activity, source) VALUES (?, ?, ?)",
                (_text(now), activity, source),
            )
            number = int(written.lastrowid or 0)
            self._file.execute("DELETE FROM received WHERE number <= ?", (number - MOST_RECEIVED,))
        return number

    def received(self, source: str = "") -> list[Received]:
        """List the notifications that are kept, the newest first: all, or those about one source."""
        which = "WHERE source = ?" if source else ""
        asked = f"SELECT * FROM received {which} ORDER BY number DESC"  # noqa: S608 - nobody else's words
        return [
            Received(row[0], datetime.fromisoformat(row[1]), row[2], row[3])
            for row in self._rows(asked, *([source] if source else []))
        ]

    def _rows(self, asked: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with _as_file_trouble(), closing(self._file.execute(asked, values)) as found:
            yield from found.fetchall()

    def _write(self, asked: str, *values: object) -> None:
        with self._writing():
            self._file.execute(asked, values)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _as_file_trouble(), self._file:
            yield


@contextmanager
def _as_file_trouble() -> Iterator[None]:
    """Tell trouble with the database file in the words of the system where SQLite knows them."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError):
            raise StorageError(
                "notices-damaged",
                "The file notices.sqlite of the registry is damaged ({reason}). Put back a copy, or "
                "delete it; publishers are then asked anew whether they want mail.",
                reason=str(error),
            ) from error
        number = SYSTEM.get(getattr(error, "sqlite_errorcode", 0) & PRIMARY, errno.EIO)
        raise OSError(number, os.strerror(number)) from error


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
