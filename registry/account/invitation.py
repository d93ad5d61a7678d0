"""Invitations: a link that works once, with which somebody makes an account their own.

An operator knows the link, and hands it over; what the person sets with it the operator does not learn. A
new invitation for an account that is in use is how somebody comes in again who has lost everything: until the
link is used, nothing changes, and then the earlier password, factor, provider, sessions and tokens are void.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from registry.account.account import Account, find_account, find_by_subject
from registry.account.actor import Actor
from registry.account.password import check_password, hash_password
from registry.account.session import end_sessions
from registry.account.token import revoke_all
from registry.account.totp import draw_factor, renew_spare_codes, step_of
from registry.account.vault import as_text
from registry.errors import InvalidDataError, NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from registry.account.office import Office
    from registry.account.vault import Vault

__all__ = ["FACTOR", "Invitation", "accept", "accept_provider", "find_invitation", "renew_invitation"]

HOLDS: Final = timedelta(days=7)
FACTOR: Final = "factor"
"""The purpose for which second factors are sealed."""
VIA: Final = "invitation"


@dataclass(frozen=True)
class Invitation:
    """An invitation that holds."""

    account: Account
    factor: str = field(repr=False)
    """The secret of the second factor that is set with it."""


def renew_invitation(office: Office, vault: Vault, account: Account) -> str:
    """Make an invitation in the place of an earlier one; gives its code, for the one who is invited."""
    code = secrets.token_urlsafe(32)
    sealed, expires = office.secret.seal(FACTOR, draw_factor()), as_text(office.now() + HOLDS)
    vault.write(
        "INSERT OR REPLACE INTO invitation VALUES (?, ?, ?, ?)", account.id, _digest(code), sealed, expires
    )
    return code


def find_invitation(office: Office, vault: Vault, code: str) -> Invitation:
    """Find an invitation by its code.

    Raises:
        NotFoundError: There is none, or it has run out or was used.
    """
    row = vault.row(
        "SELECT * FROM invitation WHERE digest = ? AND expires > ?", _digest(code), as_text(office.now())
    )
    factor = office.secret.unseal(FACTOR, row["factor"]) if row else None
    if row is None or factor is None:
        raise NotFoundError(
            "invitation-unknown",
            "This invitation was used, has run out or never was. Ask the registry for a new one.",
        )
    return Invitation(find_account(vault, row["account"]), factor)


def accept(office: Office, code: str, password: str, figures: str) -> tuple[str, ...]:
    """Set password and second factor with an invitation; gives the spare codes.

    Raises:
        NotFoundError: The invitation does not hold.
        InvalidDataError: The password cannot be taken, or the code is not that of the device.
    """
    with office.vault as vault:
        invitation = find_invitation(office, vault, code)
    check_password(password, invitation.account.name, invitation.account.mail)
    step = step_of(invitation.factor, figures, office.now())
    if step is None:
        raise InvalidDataError(
            "factor-wrong",
            "The six figures are not those of the device. Check its clock, and copy the newest ones.",
        )
    hashed, sealed = hash_password(password), office.secret.seal(FACTOR, invitation.factor)
    with office.vault as vault, vault.writing():
        account = _take(office, vault, code)
        vault.write(
            "UPDATE account SET password = ?, factor = ?, step = ?, issuer = NULL, subject = NULL "
            "WHERE id = ?",
            *(hashed, sealed, step, account.id),
        )
        codes = renew_spare_codes(vault, office.secret, account)
        actor = Actor(account.iri, via=VIA)
        office.note(account.iri, actor, "password")
        office.note(account.iri, actor, "factor")
    return codes


def accept_provider(office: Office, code: str, issuer: str, subject: str) -> Account:
    """Link an account with somebody at a provider, who signs in there from now on.

    Raises:
        NotFoundError: The invitation does not hold.
        NotAllowedError: They are linked with another account.
    """
    with office.vault as vault, vault.writing():
        account = _take(office, vault, code)
        other = find_by_subject(vault, issuer, subject)
        if other is not None and other.id != account.id:
            raise NotAllowedError(
                "provider-linked", "You sign in to another account with this provider already."
            )
        vault.write(
            "UPDATE account SET issuer = ?, subject = ?, password = NULL, factor = NULL WHERE id = ?",
            *(issuer, subject, account.id),
        )
        vault.write("DELETE FROM recovery WHERE account = ?", account.id)
        office.note(account.iri, Actor(account.iri, via=VIA), "link", issuer=issuer)
    return account


def _take(office: Office, vault: Vault, code: str) -> Account:
    """Use an invitation up; of two who do so at the same moment, one comes too late."""
    account = find_invitation(office, vault, code).account
    vault.write("DELETE FROM invitation WHERE account = ?", account.id)
    end_sessions(vault, account)
    revoke_all(office, vault, Actor(account.iri, via=VIA), account)
    return account


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
