"""Passwords: long enough, hashed so that stolen hashes are of no use soon, and checked in equal time.

Argon2id with the parameters of RFC 9106, section 4, for machines with little memory: three passes over 64
MiB. A hash that was made with others is made anew at the next sign-in. Rules about kinds of signs are left
out on purpose: length is what counts (NIST SP 800-63B, section 3.1.1.2).
"""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from registry.errors import InvalidDataError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST", "SHORTEST", "check_password", "hash_password", "is_outdated", "is_password"]

SHORTEST: Final = 12
LONGEST: Final = 200
TELLING: Final = 4
"""So long is a part of a name or a mail address by which a password is guessed first."""
HASHER: Final = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
AT_ONCE: Final = BoundedSemaphore(2)
"""Each takes 64 MiB; more at once would let strangers fill the memory."""
SECONDS: Final = 10.0


def check_password(password: str, name: str, mail: str) -> None:
    """Refuse a password that is too short, or little more than a name or a mail address.

    >>> check_password("correct horse battery", "Anna Example", "anna@buddy.example")
    >>> check_password("anna-example-1", "Anna Example", "anna@buddy.example")
    Traceback (most recent call last):
    registry.errors.InvalidDataError: The password is little more than your name or mail address. \
Choose another.

    Raises:
        InvalidDataError: It cannot be taken.
    """
    password = _plain(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidDataError(
            "password-length",
            "A password has {shortest} to {longest} characters. A few words in a row do well.",
            shortest=SHORTEST,
            longest=LONGEST,
        )
    rest = password.casefold()
    for part in sorted(
        _parts(name) | _parts(mail.replace("@", " ").replace(".", " ")), key=len, reverse=True
    ):
        rest = rest.replace(part, "")
    if len(set(rest)) < TELLING:
        raise InvalidDataError(
            "password-telling", "The password is little more than your name or mail address. Choose another."
        )


def hash_password(password: str) -> str:
    """Hash a password, with a salt of its own."""
    with _turn():
        return HASHER.hash(_plain(password))


def is_password(known: str, password: str) -> bool:
    """Tell whether a password belongs to a hash; without a hash it takes as long, and none does."""
    with _turn():
        try:
            HASHER.verify(known or _nobody(), _plain(password)[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return bool(known)


def is_outdated(known: str) -> bool:
    """Tell whether a hash was made with parameters of another time."""
    return HASHER.check_needs_rehash(known)


@contextmanager
def _turn() -> Iterator[None]:
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise LimitError(
            "sign-in-busy", "Too many people are signing in at this moment. Please try again in a minute."
        )
    try:
        yield
    finally:
        AT_ONCE.release()


def _plain(password: str) -> str:
    """Let a password be the same whichever keyboard it was typed on (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def _parts(text: str) -> set[str]:
    return {part for part in text.casefold().split() if len(part) >= TELLING}


@cache
def _nobody() -> str:
    return HASHER.hash("a password that belongs to nobody")
