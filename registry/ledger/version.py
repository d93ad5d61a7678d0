"""The versions of a document, each kept once under its digest, and the one that readers see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import zstandard

from registry.storage import StorageError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Publication", "Version", "pack", "unpack"]

LEVEL: Final = 9
"""How hard to compress: a document is written once and kept for ever."""


@dataclass(frozen=True)
class Version:
    """One version of a document: its canonical form, and the bytes as they were published."""

    digest: str
    """SHA-256 of the canonical form, in hexadecimal figures."""
    canonical: bytes
    """Canonical N-Quads (RDFC-1.0)."""
    original: bytes
    media_type: str


@dataclass(frozen=True)
class Publication:
    """What readers see of a source, and since which event."""

    source: str
    digest: str
    address: str
    position: int
    time: datetime


def pack(data: bytes) -> bytes:
    r"""Compress what is kept (Zstandard, RFC 8878).

    >>> len(pack(b"<a> <b> <c> .\n" * 1000)) < 100
    True
    """
    return zstandard.compress(data, LEVEL)


def unpack(packed: bytes, digest: str) -> bytes:
    r"""Give back what was kept; the digest is for the message when its bytes are damaged.

    >>> unpack(pack(b"<a> <b> <c> .\n"), "")
    b'<a> <b> <c> .\n'
    """
    try:
        return zstandard.decompress(packed)
    except zstandard.ZstdError as error:
        raise StorageError(
            "version-damaged",
            "The version {digest} in the ledger is damaged: {reason}. Restore the ledger from a backup.",
            digest=digest,
            reason=str(error),
        ) from error
