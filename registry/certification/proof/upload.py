"""The bytes of uploaded evidence: encrypted on the disk, under names that say nothing.

Each file is sealed with AES-256-GCM (NIST SP 800-38D) under a key that is derived from the secret of the
registry (HKDF, RFC 5869), together with its own name, so that no file can be put in the place of another.
"""

from __future__ import annotations

import os
import re
import secrets
from io import BytesIO
from lzma import LZMAError
from struct import error as StructError  # noqa: N812 - so that it is read as what it is
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - so that it is read as what it is

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registry.account.secret import read_key
from registry.errors import InvalidDataError
from registry.storage import StorageError, explained, sync

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DOCX", "FOLDER", "LARGEST", "MEDIA_TYPES", "ODT", "destroy", "keep", "names", "read", "sniff"]

FOLDER: Final = "evidence"
"""The folder in that of the registry."""
LARGEST: Final = 10_000_000
"""The most bytes that one file may have."""
PURPOSE: Final = b"koepel evidence"
NONCE: Final = 12
"""So many bytes make a nonce that AES-GCM takes as it is; it is drawn anew for each file."""
NAME: Final = re.compile(r"[0-9a-f]{32}")
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
UNREADABLE: Final = (
    *(BadZipFile, DeflateError, LZMAError, KeyError, RuntimeError, ValueError, OSError, EOFError),
    *(NotImplementedError, OverflowError, StructError),
)
"""What a ZIP file that was damaged, or made to do damage, ends in."""
MEDIA_TYPES: Final = (*(kind for _, kind in SIGNATURES), ODT, DOCX, "text/plain")
"""What may be uploaded; nothing in which a browser would run a script."""


def sniff(data: bytes) -> str:
    r"""Tell by its bytes of which kind a file is; what its sender says plays no part.

    >>> sniff(b"%PDF-1.7 ..."), sniff("Notes of the coach\n".encode())
    ('application/pdf', 'text/plain')

    Raises:
        InvalidDataError: It is of no kind that is kept, or too large.
    """
    if len(data) > LARGEST:
        raise InvalidDataError(
            "upload-too-large",
            "The file has more than {limit} bytes, which is the most that is kept. Make it smaller, or give "
            "a link to it.",
            limit=LARGEST,
        )
    kind = (
        next((kind for mark, kind in SIGNATURES if data.startswith(mark)), "") or _packed(data) or _text(data)
    )
    if not kind:
        raise InvalidDataError(
            "upload-kind",
            "The file is of a kind that is not kept. Upload one of these: {kinds}.",
            kinds="PDF, PNG, JPEG, ODT, DOCX, text",
        )
    return kind


def keep(folder: Path, data: bytes) -> str:
    """Keep a file in the folder of the registry; give the name under which it is found again.

    When this returns, it is on the disk.
    """
    name, nonce = secrets.token_hex(16), secrets.token_bytes(NONCE)
    sealed = nonce + _box(folder).encrypt(nonce, data, name.encode())
    with explained(folder):
        place = folder / FOLDER
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        sync(place)
    return name


def read(folder: Path, name: str) -> bytes:
    """Give the bytes of a file.

    Raises:
        StorageError: It is not there, or not what was once written.
    """
    with explained(folder):
        sealed = (folder / FOLDER / name).read_bytes()
    try:
        return _box(folder).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise StorageError(
            "upload-damaged",
            "The file {file} is damaged, or the secret of the registry is another one than when it was "
            "written. Put both back from a backup.",
            file=f"{FOLDER}/{name}",
        ) from error


def names(folder: Path) -> list[str]:
    """List the names of all files that are kept."""
    place = folder / FOLDER
    return sorted(one.name for one in place.iterdir() if NAME.fullmatch(one.name)) if place.is_dir() else []


def destroy(folder: Path, name: str) -> None:
    """Destroy a file; one that is gone already stays so."""
    with explained(folder):
        (folder / FOLDER / name).unlink(missing_ok=True)
        sync(folder / FOLDER)


def _box(folder: Path) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(read_key(folder)))


def _packed(data: bytes) -> str:
    """Look into a ZIP file for the marks of a text document, without unpacking anything large."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with ZipFile(BytesIO(data)) as archive:
            inside = archive.namelist()
            if inside[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < len(ODT) + 2:
                return ODT if archive.read("mimetype").strip() == ODT.encode() else ""
            macros = any(name.lower().endswith("vbaproject.bin") for name in inside)
            return DOCX if "word/document.xml" in inside and not macros else ""
    except UNREADABLE:
        return ""


def _text(data: bytes) -> str:
    """Tell plain text from all else; what begins like a page or a picture with scripts is neither."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return ""
    plain = all(sign.isprintable() or sign in "\t\r\n\f" for sign in text)
    return "text/plain" if text.strip() and plain and not text.lstrip().startswith("<") else ""
