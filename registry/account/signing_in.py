"""Signing in with a mail address, a password and a code, all at once.

They are asked together, so that nobody learns which of them was right. A mail address without an account
costs as much work as one with: the password is checked against a hash that belongs to nobody, the code
against a secret that nobody has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from registry.account.account import Account, find_by_mail, find_by_subject
from registry.account.actor import Actor
from registry.account.invitation import FACTOR
from registry.account.lockout import Door, admit, at_door, forgive, mark_device
from registry.account.password import check_password, hash_password, is_outdated, is_password
from registry.account.session import begin_session, end_sessions
from registry.account.totp import renew_spare_codes, step_of, take_spare_code
from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from registry.account.office import Office
    from registry.account.session import Session
    from registry.account.vault import Vault

__all__ = ["Attempt", "Welcome", "change_password", "enter", "renew_codes", "sign_in", "sign_in_from"]

NOBODYS: Final = "A" * 32
"""A second factor that nobody has."""


@dataclass(frozen=True)
class Attempt:
    """What somebody gave to sign in, and from where."""

    mail: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    client: str = ""
    """The network from which they come."""
    device: str = field(default="", repr=False)
    """The mark that their browser keeps from an earlier time."""


@dataclass(frozen=True)
class Welcome:
    """What the browser of somebody who has signed in keeps."""

    account: Account
    session: str = field(repr=False)
    device: str = field(repr=False)


def sign_in(office: Office, attempt: Attempt) -> Welcome:
    """Begin a session for the holder of an account.

    Raises:
        WaitError: There were too many attempts.
        NotAllowedError: The mail address, the password or the code is wrong; which of them is not told.
    """
    with office.vault as vault:
        account = find_by_mail(vault, attempt.mail)
        door = at_door(office.secret, attempt.mail, account, attempt.client, attempt.device)
        if admit(vault, door, office.now()) and account:
            office.note(account.iri, Actor("registry"), "slow")
        known = is_password(account.password if account else "", attempt.password)
        if not _second(office, vault, account, attempt.code, known=known) or account is None:
            raise NotAllowedError(
                "sign-in-wrong", "The mail address, the password or the code is not right. Please try again."
            )
        if is_outdated(account.password):
            _set_password(vault, account, attempt.password)
        forgive(vault, door)
        return enter(office, vault, account)


def sign_in_from(office: Office, issuer: str, subject: str) -> Welcome:
    """Begin a session for somebody whom their provider has recognised.

    Raises:
        NotAllowedError: No account is linked with them.
    """
    with office.vault as vault:
        account = find_by_subject(vault, issuer, subject)
        if account is None:
            raise NotAllowedError(
                "provider-unlinked",
                "You have no account here that is linked with this provider. Ask the registry for an "
                "invitation.",
            )
        return enter(office, vault, account)


def enter(office: Office, vault: Vault, account: Account) -> Welcome:
    """Begin a session in a browser that is known from now on."""
    return Welcome(account, begin_session(vault, account, office.now()), mark_device(office.secret, account))


def change_password(office: Office, session: Session, account: Account, old: str, new: str) -> None:
    """Change a password; other sessions end.

    Raises:
        WaitError: There were too many attempts.
        NotAllowedError: The old one is wrong.
        InvalidDataError: The new one cannot be taken.
    """
    check_password(new, account.name, account.mail)
    with office.vault as vault:
        _prove(office, vault, session, account, old)
        _set_password(vault, account, new)
        end_sessions(vault, account, but=session.handle)
        office.note(account.iri, Actor(account.iri, via="session"), "password")


def renew_codes(office: Office, session: Session, account: Account, password: str) -> tuple[str, ...]:
    """Draw new spare codes for somebody who knows the password.

    Raises:
        WaitError: There were too many attempts.
        NotAllowedError: The password is wrong.
    """
    with office.vault as vault:
        _prove(office, vault, session, account, password)
        with vault.writing():
            office.note(account.iri, Actor(account.iri, via="session"), "spare-codes")
            return renew_spare_codes(vault, office.secret, account)


def _second(office: Office, vault: Vault, account: Account | None, code: str, *, known: bool) -> bool:
    """Check the code, and use it up if the password was right too; the work is the same if it was not."""
    sealed = account.factor if account and account.factor else office.secret.seal(FACTOR, NOBODYS)
    factor = office.secret.unseal(FACTOR, sealed) or NOBODYS
    step = step_of(factor, code, office.now(), account.step if account else 0)
    number = account.id if account and known else ""
    if step is not None and account and known:
        used = "UPDATE account SET step = ? WHERE id = ? AND coalesce(step, 0) < ?"
        return vault.write(used, step, number, step) == 1
    return take_spare_code(vault, office.secret, number, code)


def _prove(office: Office, vault: Vault, session: Session, account: Account, password: str) -> None:
    """Let only somebody go on who knows the password; whoever found a browser open may guess a little."""
    identity = office.secret.digest("identity", account.mail.casefold())
    door = Door(identity, f"session {session.handle}", known=True)
    admit(vault, door, office.now())
    if not is_password(account.password, password):
        raise NotAllowedError("password-wrong", "The present password is not right. Please try again.")
    forgive(vault, door)


def _set_password(vault: Vault, account: Account, password: str) -> None:
    vault.write("UPDATE account SET password = ? WHERE id = ?", hash_password(password), account.id)
