"""The private keys of the bodies: each in a file of its own, encrypted, for its owner's eyes only.

The files are PKCS #8 under a pass phrase (RFC 5958). What the operator gives as such is stretched with scrypt
(RFC 7914); where none is given, the secret of the registry stands in, which then opens both.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from registry.account.secret import Secret
from registry.label.keys.multibase import to_multikey
from registry.storage import StorageError, explained, sync

if TYPE_CHECKING:
    from pathlib import Path

    from registry.label.keys.key import Key

__all__ = ["FOLDER", "Keyring"]

FOLDER: Final = "keys"
"""The folder in that of the registry."""
WORK: Final = 2**15
"""How hard a pass phrase is to guess: about a tenth of a second and 32 MB a try."""


@dataclass(frozen=True)
class Keyring:
    """The private keys in the folder of a registry."""

    home: Path
    passphrase: str | None = field(default=None, repr=False)

    @property
    def borrows(self) -> bool:
        """Tell whether the secret of the registry stands in for a pass phrase."""
        return self.passphrase is None

    def make(self, number: int) -> str:
        """Make a key, and give its public part as a Multikey."""
        key = Ed25519PrivateKey.generate()
        public = to_multikey(key.public_key().public_bytes_raw())
        locked = BestAvailableEncryption(self._password(public))
        data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
        folder = self.home / FOLDER
        with explained(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._path(number, public)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            sync(folder)
        return public

    def sign(self, key: Key, data: bytes) -> bytes:
        """Sign bytes.

        Raises:
            StorageError: The private key is not there, or the pass phrase is another one.
        """
        path = self._path(key.number, key.public)
        try:
            modified = path.stat().st_mtime_ns
            return _unlocked(self, key.number, key.public, modified).sign(data)
        except OSError as error:
            raise StorageError(
                "key-missing",
                "The private key {number} is not in {folder}. Put back its file from a backup, or make a new "
                "key with `koepel key create`.",
                number=key.number,
                folder=str(self.home / FOLDER),
            ) from error

    def read(self, number: int, public: str) -> Ed25519PrivateKey:
        """Read a private key and unlock it."""
        try:
            data = self._path(number, public).read_bytes()
            key = load_pem_private_key(data, self._password(public))
        except ValueError as error:
            raise self._locked(number) from error
        if (
            not isinstance(key, Ed25519PrivateKey)
            or to_multikey(key.public_key().public_bytes_raw()) != public
        ):
            raise self._locked(number)
        return key

    def _path(self, number: int, public: str) -> Path:
        """The name holds a piece of the public key, so that no restored ledger meets another's key."""
        return self.home / FOLDER / f"{number}-{public[-12:]}.pem"

    def _password(self, public: str) -> bytes:
        if self.passphrase is None:
            return Secret.of(self.home).digest("label key", public).encode()
        salt = f"koepel label key {public}".encode()
        return Scrypt(salt=salt, length=32, n=WORK, r=8, p=1).derive(self.passphrase.encode()).hex().encode()

    def _locked(self, number: int) -> StorageError:
        return StorageError(
            "key-locked",
            "The private key {number} cannot be unlocked: the pass phrase in KOEPEL_KEY_PASSPHRASE is not "
            "the one under which it was made, or its file is damaged.",
            number=number,
        )


@lru_cache(maxsize=256)
def _unlocked(ring: Keyring, number: int, public: str, _modified: int) -> Ed25519PrivateKey:
    """Unlock a key once per process; a file that changed is read again."""
    return ring.read(number, public)
