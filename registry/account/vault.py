"""What is personal and secret about accounts: a small database beside the ledger, for its owner's eyes only.

The ledger holds what counts: who got which role, and who did what. There an account is a number. Whose number
it is stands here alone, so that taking out one row erases a person. Nothing in here opens a door by itself:
passwords are hashed (`password`), second factors sealed (`secret`), and of sessions, tokens, invitations and
recovery codes only digests are kept.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from registry.storage import StorageError, explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

__all__ = ["NAME", "Vault", "as_moment", "as_text"]

NAME: Final = "accounts.sqlite"
PATIENCE: Final = 30.0
"""Seconds to wait for somebody else who is writing."""
TABLES: Final = """
CREATE TABLE IF NOT EXISTS account (
  id TEXT PRIMARY KEY, iri TEXT NOT NULL UNIQUE, name TEXT NOT NULL, mail TEXT NOT NULL,
  box TEXT NOT NULL UNIQUE, language TEXT NOT NULL, password TEXT, factor TEXT, step INTEGER,
  issuer TEXT, subject TEXT, created TEXT NOT NULL, closed TEXT, mute INTEGER, UNIQUE (issuer, subject)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS invitation (
  account TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, factor TEXT NOT NULL, expires TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery (account TEXT, digest TEXT, PRIMARY KEY (account, digest)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
  digest TEXT PRIMARY KEY, handle TEXT NOT NULL UNIQUE, account TEXT NOT NULL, begun TEXT NOT NULL,
  used TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (
  id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, account TEXT NOT NULL, purpose TEXT NOT NULL,
  scopes TEXT NOT NULL, created TEXT NOT NULL, expires TEXT NOT NULL, used TEXT, revoked TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempt (
  identity TEXT, place TEXT, failures INTEGER NOT NULL, last TEXT NOT NULL, PRIMARY KEY (identity, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_account ON session (account);
CREATE INDEX IF NOT EXISTS token_account ON token (account);
"""


class Vault:
    """The database of the accounts, open for a moment.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> with TemporaryDirectory() as folder, Vault(Path(folder)) as vault:
    ...     (Path(folder) / NAME).stat().st_mode & 0o777 == 0o600, vault.rows("SELECT * FROM account")
    (True, [])
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            fresh = not self._path.exists()
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        with self._explained():
            self._file = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        try:
            self._prepare(fresh=fresh)
        except BaseException:
            self._file.close()
            raise

    def _prepare(self, *, fresh: bool) -> None:
        with self._explained():
            self._file.row_factory = sqlite3.Row
            self._file.execute("PRAGMA secure_delete = ON")  # what is taken out is overwritten
            if fresh or not self._file.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
                self._file.execute("PRAGMA journal_mode = WAL")
                self._file.executescript(TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def rows(self, asked: str, *values: object) -> list[sqlite3.Row]:
        """Read the rows that a question finds."""
        with self._explained(), closing(self._file.execute(asked, values)) as found:
            return found.fetchall()

    def row(self, asked: str, *values: object) -> sqlite3.Row | None:
        """Read the first row that a question finds."""
        return next(iter(self.rows(asked, *values)), None)

    def write(self, asked: str, *values: object) -> int:
        """Change something; tells how many rows were changed."""
        with self._explained(), closing(self._file.execute(asked, values)) as done:
            return done.rowcount

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Do several things at once, all or none, while nobody else changes anything."""
        with self._explained():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    def cleanse(self) -> None:
        """Write the file anew without what was taken out, and empty the journal beside it."""
        self.write("VACUUM")
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a rule of ours, which the one who writes knows
        except sqlite3.Error as error:
            raise StorageError(
                "accounts-unusable",
                "The accounts in {file} cannot be used: {reason}. Check the disk and the rights on the file; "
                "if it is damaged, put back a copy from a backup.",
                file=str(self._path),
                reason=str(error),
            ) from error


def as_text(moment: datetime) -> str:
    """Write a moment so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def as_moment(text: Any) -> datetime | None:
    """Read a moment that was written so; nothing where there is none."""
    return datetime.fromisoformat(text) if text else None
