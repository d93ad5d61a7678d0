"""The secret of a registry, and what is made from it: keyed digests and sealed texts.

It stands in one file in the registry's folder. Each purpose gets a key of its own, so that what was made for
one is of no use for another.
"""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet, InvalidToken

from registry.storage import StorageError, explained

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Secret", "read_key"]

NAME: Final = "secret.key"
BYTES: Final = 32


@dataclass(frozen=True)
class Secret:
    """A secret that makes digests which nobody else can make, and texts which nobody else can read.

    >>> secret = Secret(bytes(32))
    >>> sealed = secret.seal("example", "a word")
    >>> secret.unseal("example", sealed), secret.unseal("another purpose", sealed)
    ('a word', None)
    >>> len(secret.digest("example", "a word")), secret
    (64, Secret())
    """

    key: bytes = field(repr=False)

    @classmethod
    def of(cls, folder: Path) -> Secret:
        """Read the secret of the registry in a folder."""
        return cls(read_key(folder))

    def digest(self, purpose: str, text: str) -> str:
        """Give a digest of a text (HMAC-SHA-256, in hexadecimal figures)."""
        return hmac.digest(self._derived(purpose), text.encode(), "sha256").hex()

    def seal(self, purpose: str, text: str) -> str:
        """Encrypt a text so that every change to it is noticed (Fernet: AES-128-CBC and HMAC-SHA-256)."""
        return self._box(purpose).encrypt(text.encode()).decode("ascii")

    def unseal(self, purpose: str, sealed: str, seconds: int | None = None) -> str | None:
        """Read a sealed text; nothing if it is not ours, or older than so many seconds."""
        try:
            return self._box(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
        except InvalidToken:
            return None

    def _box(self, purpose: str) -> Fernet:
        return Fernet(urlsafe_b64encode(self._derived(purpose)))

    def _derived(self, purpose: str) -> bytes:
        """Derive the key for one purpose; the secret is uniformly random, so that one HMAC is enough."""
        return hmac.digest(self.key, f"account/{purpose}".encode(), "sha256")


def read_key(folder: Path) -> bytes:
    """Read the secret in the folder of a registry; at first use it is made, for its owner's eyes only.

    Throwing the file away makes every code that was given out worthless, and every second factor of those who
    sign in. What is registered stays so.
    """
    path = folder / NAME
    with explained(folder):
        if not path.exists():
            _make(path)
        return _read(path)


def _read(path: Path) -> bytes:
    """Read a whole key; part of one would make codes that others can guess."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != BYTES:
        raise StorageError(
            "key-damaged",
            "The file {file} is damaged. Put back a copy of it, or delete it: then a new one is made, and "
            "codes that were given out and not yet used have to be asked for again.",
            file=str(path),
        )
    return key


def _make(path: Path) -> None:
    """Write a whole key in one step: of two who do so at the same moment, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{NAME}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
