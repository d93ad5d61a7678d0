"""Keys, digests and signatures as text: multibase and multihash (Controlled Identifiers 1.0, §2.4)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

__all__ = [
    "from_base58",
    "from_base64url",
    "multihash",
    "public_key",
    "to_base58",
    "to_base64url",
    "to_multikey",
]

ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
VALUES: Final = {sign: value for value, sign in enumerate(ALPHABET)}
LONGEST: Final = 200
"""So many signs at most: reading base 58 takes time with the square of its length."""
ED25519: Final = b"\xed\x01"
"""What stands before an Ed25519 public key in a Multikey."""
KEY_BYTES: Final = 32
SHA2_256: Final = b"\x12\x20"
"""What stands before a SHA-256 in a multihash."""


def to_base58(data: bytes) -> str:
    """Write bytes in base 58, the first sign of which says so.

    >>> to_base58(b"koepel"), from_base58("zvVyXgGSo")
    ('zvVyXgGSo', b'koepel')
    """
    number, signs = int.from_bytes(data, "big"), []
    while number:
        number, value = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[value])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + ALPHABET[0] * zeros + "".join(reversed(signs))


def from_base58(text: str) -> bytes:
    """Read base 58.

    Raises:
        ValueError: The text is something else, or longer than a key or a signature can be.
    """
    if not text.startswith("z") or len(text) > LONGEST or not VALUES.keys() >= set(text[1:]):
        raise ValueError("no base 58")
    number, signs = 0, text[1:]
    for sign in signs:
        number = number * len(ALPHABET) + VALUES[sign]
    zeros = len(signs) - len(signs.lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def to_base64url(data: bytes) -> str:
    """Write bytes in base 64 for addresses, without padding; the first sign says so.

    >>> to_base64url(b"koepel"), from_base64url("ua29lcGVs")
    ('ua29lcGVs', b'koepel')
    """
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Read base 64 for addresses.

    Raises:
        ValueError: The text is something else.
    """
    if not text.startswith("u"):
        raise ValueError("no base 64 for addresses")
    try:
        signs = text[1:].rstrip("=").encode("ascii")
        return base64.b64decode(signs + b"=" * (-len(signs) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("no base 64 for addresses") from error


def multihash(data: bytes) -> str:
    """Give the SHA-256 of bytes as a `digestMultibase`.

    >>> multihash(b"")[:12]
    'uEiDjsMRCmPw'
    """
    return to_base64url(SHA2_256 + hashlib.sha256(data).digest())


def to_multikey(public: bytes) -> str:
    """Write a public Ed25519 key as a Multikey."""
    return to_base58(ED25519 + public)


def public_key(multikey: str) -> bytes:
    """Read a public Ed25519 key.

    >>> len(public_key("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"))
    32

    Raises:
        ValueError: The text is no such key.
    """
    data = from_base58(multikey)
    if not data.startswith(ED25519) or len(data) != len(ED25519) + KEY_BYTES:
        raise ValueError("no public Ed25519 key")
    return data[len(ED25519) :]
