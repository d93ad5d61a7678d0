"""Tokens with which a program does what an account may do, or part of it, for a limited time.

A token is shown once, when it is issued; the registry keeps its digest. What it may do is a list of scopes: a
role is only of use through a token whose scopes hold that role's (see `actor`). A token never issues another.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from registry.account.actor import SCOPES, Actor, Grant, Scope
from registry.account.vault import as_moment, as_text
from registry.errors import InvalidDataError, KoepelError, NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import ClassVar

    from registry.account.account import Account
    from registry.account.office import Office
    from registry.account.vault import Vault

__all__ = [
    "LONGEST_DAYS",
    "PREFIX",
    "Token",
    "UnknownTokenError",
    "issue",
    "list_tokens",
    "read_token",
    "revoke",
    "revoke_all",
]

PREFIX: Final = "kp_"
"""With this every token begins, so that one that leaked is recognised."""
LONGEST_DAYS: Final = 366
LONGEST_PURPOSE: Final = 60
MOST: Final = 50
"""So many tokens that hold an account may have at once."""


class UnknownTokenError(KoepelError):
    """The registry does not know the token, or knows it no longer."""

    status: ClassVar[int] = 401


@dataclass(frozen=True)
class Token:
    """A token as its owner sees it; the token itself was shown once."""

    id: str
    account: str
    """The number of the account."""
    purpose: str
    """What it is for, in its owner's words."""
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime
    used: str = ""
    """The day on which it was last used; empty for never."""
    revoked: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Tell whether it is still good."""
        return self.revoked is None and now < self.expires


def issue(
    office: Office, actor: Actor, account: Account, purpose: str, scopes: Iterable[str], days: int
) -> tuple[Token, str]:
    """Issue a token for an account; gives what is known of it, and the token itself for the only time.

    Args:
        office: Where accounts are kept.
        actor: Who issues it: the account itself, or the registry's operator at the console.
        account: Whose rights it lends.
        purpose: What it is for, so that its owner recognises it.
        scopes: What it may do; nothing that the account has no role for.
        days: For how many days.

    Raises:
        InvalidDataError: There is no such scope, no purpose, or it would hold too long.
        NotAllowedError: The account has no role that needs one of the scopes, or was not set up.
    """
    wanted, purpose = _scopes(scopes), " ".join(purpose.split())
    if not account.active:
        raise NotAllowedError(
            "account-not-active", "The account {account} was closed, or not set up yet.", account=account.id
        )
    _check(purpose, days)
    _check_scopes(wanted, office.rights.of(account.iri))
    now, secret = office.now(), PREFIX + secrets.token_urlsafe(32)
    token = Token(secrets.token_hex(6), account.id, purpose, wanted, now, now + timedelta(days=days))
    with office.vault as vault, vault.writing():
        if sum(one.holds(now) for one in list_tokens(vault, account)) >= MOST:
            raise NotAllowedError(
                "token-too-many", "An account has at most {limit} tokens. Revoke one first.", limit=MOST
            )
        row = (token.id, _digest(secret), account.id, purpose, " ".join(sorted(wanted)), as_text(now))
        vault.write(
            "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)", *row, as_text(token.expires)
        )
        day = token.expires.date().isoformat()
        office.note(account.iri, actor, "token", token=token.id, scopes=sorted(wanted), expires=day)
    return token, secret


def revoke(office: Office, actor: Actor, account: Account, number: str) -> None:
    """Make a token of an account worthless from now on.

    Raises:
        NotFoundError: The account has no such token.
    """
    with office.vault as vault, vault.writing():
        changed = vault.write(
            "UPDATE token SET revoked = ? WHERE id = ? AND account = ? AND revoked IS NULL",
            *(as_text(office.now()), number, account.id),
        )
        if not changed:
            raise NotFoundError(
                "token-unknown", "The account has no token {token} that holds. See its list.", token=number
            )
        office.note(account.iri, actor, "revoke", token=number)


def revoke_all(office: Office, vault: Vault, actor: Actor, account: Account) -> None:
    """Make all tokens of an account worthless, because somebody may have come in who should not."""
    for token in list_tokens(vault, account):
        if token.holds(office.now()):
            vault.write("UPDATE token SET revoked = ? WHERE id = ?", as_text(office.now()), token.id)
            office.note(account.iri, actor, "revoke", token=token.id)


def list_tokens(vault: Vault, account: Account) -> list[Token]:
    """List the tokens of an account, the latest first; those that were revoked or ran out too."""
    return [
        _read(row)
        for row in vault.rows("SELECT * FROM token WHERE account = ? ORDER BY created DESC, id", account.id)
    ]


def read_token(office: Office, secret: str) -> Actor:
    """Tell who comes with a token, and what they may do with it.

    Raises:
        UnknownTokenError: It is none of ours, or it ran out, was revoked, or its account was closed.
    """
    now = office.now()
    with office.vault as vault:
        row = vault.row(
            "SELECT token.*, iri, closed FROM token JOIN account ON account.id = account WHERE digest = ?",
            _digest(secret),
        )
        if row is None or row["closed"] or not (token := _read(row)).holds(now):
            raise UnknownTokenError(
                "token-invalid",
                "The token is unknown, has run out or was revoked. Issue a new one on the page of your "
                "account.",
            )
        day = now.date().isoformat()
        if token.used != day:
            vault.write("UPDATE token SET used = ? WHERE id = ?", day, token.id)
    return Actor(row["iri"], office.rights.of(row["iri"]), f"token:{token.id}", token.scopes)


def _scopes(names: Iterable[str]) -> frozenset[Scope]:
    try:
        wanted = frozenset(Scope(name) for name in names)
    except ValueError:
        wanted = frozenset()
    if not wanted:
        raise InvalidDataError(
            "token-scopes-wrong",
            "Choose what the token may do; there are: {known}.",
            known=", ".join(Scope),
        )
    return wanted


def _check(purpose: str, days: int) -> None:
    if not purpose or len(purpose) > LONGEST_PURPOSE or not purpose.isprintable():
        raise InvalidDataError(
            "token-purpose-wrong",
            "Say in at most {limit} characters what the token is for.",
            limit=LONGEST_PURPOSE,
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidDataError("token-days-wrong", "A token holds for 1 to {limit} days.", limit=LONGEST_DAYS)


def _check_scopes(wanted: frozenset[Scope], held: frozenset[Grant]) -> None:
    """Lend nothing that there is not: a role that comes later needs a new token."""
    lent = {SCOPES[one.role] for one in held} | {Scope.READ}
    for scope in sorted(wanted - lent):
        raise NotAllowedError(
            "token-beyond-roles",
            "The account has no role for the scope {scope}. Leave it out, or ask for the role first.",
            scope=scope.value,
        )


def _digest(secret: str) -> str:
    """Hash a token; one of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _read(row: Any) -> Token:
    return Token(
        row["id"],
        row["account"],
        row["purpose"],
        frozenset(map(Scope, row["scopes"].split())),
        datetime.fromisoformat(row["created"]),
        datetime.fromisoformat(row["expires"]),
        row["used"] or "",
        as_moment(row["revoked"]),
    )
