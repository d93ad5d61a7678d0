"""An account: a person or a team that signs in, as far as the registry has to know them."""

from __future__ import annotations

import re
import secrets
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from registry.account.vault import as_moment, as_text
from registry.errors import InvalidDataError, NotFoundError

if TYPE_CHECKING:
    from registry.account.vault import Vault

__all__ = [
    "Account",
    "add_account",
    "change_details",
    "choose_mail",
    "close_account",
    "erase_account",
    "find_account",
    "find_by_mail",
    "find_by_subject",
    "list_accounts",
    "number_of",
]

LONGEST_NAME: Final = 100
LONGEST_MAIL: Final = 254
MAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[\w-]+")
ANY: Final = "SELECT * FROM account"


@dataclass(frozen=True)
class Account:
    """Somebody who signs in."""

    id: str
    """Twelve hexadecimal figures, drawn at random; they say nothing about the person."""
    iri: str
    """By which the ledger knows the account."""
    name: str
    mail: str
    language: str
    created: datetime
    closed: datetime | None = None
    issuer: str = ""
    """The provider at which they sign in, if it is not here."""
    subject: str = ""
    password: str = field(default="", repr=False)
    """The Argon2 hash of the password; empty without one."""
    factor: str = field(default="", repr=False)
    """The sealed secret of the second factor."""
    step: int = 0
    """The last moment (in steps of half a minute) whose code was used; earlier codes are worth nothing."""

    wants_mail: bool = True
    """Whether news about labels is sent to them."""

    @property
    def active(self) -> bool:
        """Whether somebody has set the account up, so that it can be signed in to."""
        return not self.closed and bool(self.password or self.subject)


def add_account(vault: Vault, base: str, name: str, mail: str, language: str, now: datetime) -> Account:
    """Write down a new account, which nobody can sign in to yet.

    Raises:
        InvalidDataError: The name or the mail address is none, or has an account already.
    """
    name, mail = _checked(name, mail)
    number = secrets.token_hex(6)
    account = Account(number, f"{base}/account/{number}", name, mail, language, now)
    try:
        vault.write(
            "INSERT INTO account (id, iri, name, mail, box, language, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(number, account.iri, name, mail, mail.casefold(), language, as_text(now)),
        )
    except sqlite3.IntegrityError:
        raise _mail_taken(mail) from None
    return account


def change_details(vault: Vault, account: Account, name: str, mail: str, language: str) -> None:
    """Write down another name, mail address or language.

    Raises:
        InvalidDataError: The name or the mail address is none, or belongs to another account.
    """
    name, mail = _checked(name, mail)
    try:
        vault.write(
            "UPDATE account SET name = ?, mail = ?, box = ?, language = ? WHERE id = ?",
            *(name, mail, mail.casefold(), language, account.id),
        )
    except sqlite3.IntegrityError:
        raise _mail_taken(mail) from None


def choose_mail(vault: Vault, account: Account, *, wanted: bool) -> None:
    """Write down whether somebody wants mail with news about labels."""
    vault.write("UPDATE account SET mute = ? WHERE id = ?", not wanted, account.id)


def close_account(vault: Vault, account: Account, now: datetime) -> None:
    """Let nobody sign in to an account any more; its name stays for those who read what it did."""
    for table in ("session", "invitation", "recovery"):
        vault.write(f"DELETE FROM {table} WHERE account = ?", account.id)  # noqa: S608 - our own names
    vault.write("UPDATE token SET revoked = coalesce(revoked, ?) WHERE account = ?", as_text(now), account.id)
    vault.write(
        "UPDATE account SET closed = ?, password = NULL, factor = NULL, issuer = NULL, subject = NULL "
        "WHERE id = ?",
        *(as_text(now), account.id),
    )


def erase_account(vault: Vault, account: Account) -> None:
    """Take out all that is known of a person; what is left in the ledger is a number."""
    for table in ("session", "invitation", "recovery", "token"):
        vault.write(f"DELETE FROM {table} WHERE account = ?", account.id)  # noqa: S608 - our own names
    vault.write("DELETE FROM account WHERE id = ?", account.id)


def _checked(name: str, mail: str) -> tuple[str, str]:
    """Tidy a name and a mail address; whether somebody reads mail there shows when some is sent."""
    name, mail = " ".join(name.split()), mail.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidDataError(
            "account-name-wrong",
            "An account needs a name of at most {limit} characters, without control characters.",
            limit=LONGEST_NAME,
        )
    if len(mail) > LONGEST_MAIL or not MAIL.fullmatch(mail):
        raise InvalidDataError(
            "account-mail-wrong", "{mail} is no mail address. Write it as in name@example.org.", mail=mail
        )
    return name, mail


def _mail_taken(mail: str) -> InvalidDataError:
    return InvalidDataError(
        "account-mail-taken",
        "There is an account with the mail address {mail} already. Invite it again, or use another address.",
        mail=mail,
    )


def find_account(vault: Vault, which: str) -> Account:
    """Find an account by its number or its IRI.

    Raises:
        NotFoundError: There is none.
    """
    row = vault.row(f"{ANY} WHERE id = ?", number_of(which))
    if row is None:
        raise NotFoundError(
            "account-unknown",
            "There is no account {account}. See which there are with `koepel account list`.",
            account=which,
        )
    return _read(row)


def find_by_mail(vault: Vault, mail: str) -> Account | None:
    """Find the account with a mail address, in capitals or not."""
    row = vault.row(f"{ANY} WHERE box = ?", mail.strip().casefold())
    return _read(row) if row else None


def find_by_subject(vault: Vault, issuer: str, subject: str) -> Account | None:
    """Find the account that is linked with somebody at a provider."""
    row = vault.row(f"{ANY} WHERE issuer = ? AND subject = ?", issuer, subject)
    return _read(row) if row else None


def list_accounts(vault: Vault) -> list[Account]:
    """List all accounts by name, the closed ones too."""
    return [_read(row) for row in vault.rows(f"{ANY} ORDER BY box")]


def number_of(iri: str) -> str:
    """Give the number in the IRI of an account.

    >>> number_of("https://koepel.example/account/3fa94c0d12be"), number_of("3fa94c0d12be")
    ('3fa94c0d12be', '3fa94c0d12be')
    """
    return iri.rstrip("/").rpartition("/")[2]


def _read(row: Any) -> Account:
    return Account(
        row["id"],
        row["iri"],
        row["name"],
        row["mail"],
        row["language"],
        datetime.fromisoformat(row["created"]),
        as_moment(row["closed"]),
        row["issuer"] or "",
        row["subject"] or "",
        row["password"] or "",
        row["factor"] or "",
        row["step"] or 0,
        not row["mute"],
    )
