"""The second factor: codes of six figures that change every half minute (TOTP, RFC 6238), and spare codes.

A code counts half a minute earlier and later than it should, since clocks differ, and once only: whoever
looks over a shoulder comes too late. Spare codes are for a lost device; each works once.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from hmac import compare_digest
from typing import TYPE_CHECKING, Final

import pyotp
import segno

if TYPE_CHECKING:
    from datetime import datetime

    from registry.account.account import Account
    from registry.account.secret import Secret
    from registry.account.vault import Vault

__all__ = ["draw_factor", "enrolment_address", "picture", "renew_spare_codes", "step_of", "take_spare_code"]

STEP: Final = 30
"""Seconds for which a code stands on the device."""
WINDOW: Final = (0, -1, 1)
SPARE: Final = 8
PURPOSE: Final = "spare code"


def draw_factor() -> str:
    """Draw the secret of a second factor: 160 random bits."""
    return pyotp.random_base32()


def step_of(factor: str, code: str, now: datetime, after: int = 0) -> int | None:
    """Tell for which step of time a code is good, if for any later than one that was used.

    >>> from datetime import UTC, datetime
    >>> step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287 082", datetime.fromtimestamp(59, UTC))
    1
    >>> step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", datetime.fromtimestamp(59, UTC), after=1)
    """
    given, current = "".join(code.split()), int(now.timestamp()) // STEP
    fitting = [
        current + offset
        for offset in WINDOW
        if compare_digest(pyotp.TOTP(factor).generate_otp(max(current + offset, 0)).encode(), given.encode())
    ]
    return next((step for step in fitting if step > after), None)


def enrolment_address(factor: str, mail: str, registry: str) -> str:
    """Give what a picture tells an app: the secret, whose it is, and for which registry."""
    return pyotp.TOTP(factor).provisioning_uri(name=mail, issuer_name=registry)


def picture(address: str) -> str:
    """Draw an address as a QR code; gives the address of the picture, which holds it whole."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def renew_spare_codes(vault: Vault, secret: Secret, account: Account) -> tuple[str, ...]:
    """Draw spare codes in the place of those that there were; they are shown now, and never again."""
    codes = tuple(_spare_code() for _ in range(SPARE))
    vault.write("DELETE FROM recovery WHERE account = ?", account.id)
    for code in codes:
        vault.write("INSERT INTO recovery VALUES (?, ?)", account.id, _digest(secret, code))
    return codes


def take_spare_code(vault: Vault, secret: Secret, account: str, code: str) -> bool:
    """Use up a spare code of an account, by its number; tells whether it was one."""
    digest = _digest(secret, code)
    return vault.write("DELETE FROM recovery WHERE account = ? AND digest = ?", account, digest) == 1


def _spare_code() -> str:
    """Draw 50 random bits, written so that nobody mistakes a sign."""
    text = b32encode(secrets.token_bytes(7)).decode("ascii").lower()[:10]
    return f"{text[:5]}-{text[5:]}"


def _digest(secret: Secret, code: str) -> str:
    return secret.digest(PURPOSE, "".join(code.split()).replace("-", "").lower())
