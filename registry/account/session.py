"""Sessions: what lets somebody who has signed in go on without doing so again at each step.

The browser keeps a secret of 256 random bits, and the registry only its digest. A session ends two hours
after it was last used, twelve hours after it began, and as soon as somebody signs out. A fresh secret is
drawn at every sign-in and none is ever taken over from the browser, so that nobody can foist one on others.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from registry.account.vault import as_text

if TYPE_CHECKING:
    from registry.account.account import Account
    from registry.account.vault import Vault

__all__ = [
    "LONGEST",
    "Session",
    "begin_session",
    "end_session",
    "end_sessions",
    "find_session",
    "list_sessions",
]

IDLE: Final = timedelta(hours=2)
LONGEST: Final = timedelta(hours=12)
COARSE: Final = timedelta(minutes=1)
"""So exactly is it noted when a session was last used."""


@dataclass(frozen=True)
class Session:
    """One browser in which somebody has signed in."""

    handle: str
    """A number by which its owner can end it."""
    account: str
    """The number of the account."""
    begun: datetime
    used: datetime

    def holds(self, now: datetime) -> bool:
        """Tell whether it has not run out."""
        return now < self.begun + LONGEST and now < self.used + IDLE


def begin_session(vault: Vault, account: Account, now: datetime) -> str:
    """Begin a session and give its secret, for the browser alone; what has run out is cleared away."""
    secret = secrets.token_urlsafe(32)
    vault.write(
        "DELETE FROM session WHERE begun <= ? OR used <= ?", as_text(now - LONGEST), as_text(now - IDLE)
    )
    vault.write(
        "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
        *(_digest(secret), secrets.token_hex(6), account.id, as_text(now), as_text(now)),
    )
    return secret


def find_session(vault: Vault, secret: str, now: datetime) -> Session | None:
    """Find the session of a secret, if it has not ended, and note that it is used."""
    row = vault.row("SELECT * FROM session WHERE digest = ?", _digest(secret))
    session = _read(row) if row else None
    if session is None or not session.holds(now):
        return None
    if now - session.used >= COARSE:
        vault.write("UPDATE session SET used = ? WHERE handle = ?", as_text(now), session.handle)
    return session


def list_sessions(vault: Vault, account: Account, now: datetime) -> list[Session]:
    """List the sessions of an account that have not run out, the latest first."""
    rows = vault.rows("SELECT * FROM session WHERE account = ? ORDER BY begun DESC", account.id)
    return [session for row in rows if (session := _read(row)).holds(now)]


def end_session(vault: Vault, secret: str) -> None:
    """End the session of a secret."""
    vault.write("DELETE FROM session WHERE digest = ?", _digest(secret))


def end_sessions(vault: Vault, account: Account, handle: str = "", *, but: str = "") -> None:
    """End the sessions of an account: one of them, or all, or all but one."""
    vault.write(
        "DELETE FROM session WHERE account = ? AND (handle = ? OR ? = '') AND handle <> ?",
        *(account.id, handle, handle, but),
    )


def _digest(secret: str) -> str:
    """Hash a secret; one of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _read(row: Any) -> Session:
    moments = (datetime.fromisoformat(row[name]) for name in ("begun", "used"))
    return Session(row["handle"], row["account"], *moments)
