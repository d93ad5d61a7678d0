"""The first look at bytes that a stranger published: how many they are, and whether they are text."""

import re
import zlib
from dataclasses import dataclass

from registry.errors import InvalidDataError

__all__ = ["GZIP_MAGIC", "Limits", "decode_text", "expand", "line_around", "locate", "refuse_oversize"]

GZIP_MAGIC = b"\x1f\x8b"
BYTE_ORDER_MARK = "\ufeff"
# RFC 1952 is what "gzip" names, RFC 1950 what "deflate" names; many servers send bare RFC 1951 for the
# latter.
WINDOWS = {"gzip": (zlib.MAX_WBITS | 16,), "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS)}


@dataclass(frozen=True)
class Limits:
    """How much one document may ask of the registry.

    The defaults leave ample room: a description of a project is some hundred statements, and that of an
    umbrella with all its members some ten thousand.

    >>> Limits().document_bytes, Limits(seconds=2).seconds
    (5000000, 2)
    """

    document_bytes: int = 5_000_000
    depth: int = 64
    contexts: int = 1_000
    statements: int = 100_000
    blank_nodes: int = 5_000
    iri_characters: int = 2_000
    expanded_bytes: int = 100_000_000
    seconds: int = 10
    memory_bytes: int = 2**30


def refuse_oversize(size: int, limit: int) -> None:
    """Refuse a document that is larger than the registry reads; sizes are in bytes."""
    if size > limit:
        raise InvalidDataError(
            "document-too-large",
            "The document is larger than {limit} bytes, which is the most that is read. "
            "Split it into several documents and register each of them.",
            limit=limit,
        )


def expand(data: bytes, coding: str, limit: int) -> bytes:
    """Unpack compressed bytes, and stop as soon as more than `limit` bytes come out.

    A few kilobytes can unpack to gigabytes, so the size is checked while unpacking and not after.

    >>> expand(zlib.compress(b"<a> <b> <c> ."), "deflate", limit=100)
    b'<a> <b> <c> .'
    """
    for window in WINDOWS[coding]:
        try:
            return _inflate(data, window, limit)
        except zlib.error:
            continue
    raise InvalidDataError(
        "compression-broken",
        "The document is packed with {coding}, and the packing is damaged or cut off. "
        "Publish the file again, best without compression.",
        coding=coding,
    )


def _inflate(data: bytes, window: int, limit: int) -> bytes:
    """Unpack one member; RFC 1952 lets several follow each other, but nobody publishes a page so."""
    member = zlib.decompressobj(window)
    unpacked = member.decompress(data, limit + 1)
    refuse_oversize(len(unpacked), limit)
    if not member.eof or member.unused_data:
        raise zlib.error("cut off, or followed by something else")
    return unpacked


def decode_text(data: bytes) -> str:
    """Read bytes as text in UTF-8, which every accepted format asks for; a byte order mark is left out."""
    try:
        text = data.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise InvalidDataError(
            "not-utf8",
            "The document is not text in UTF-8: byte {byte}, on line {line}, fits no character. "
            "Save the file with the encoding UTF-8 and publish it again.",
            byte=error.start,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    if not text.strip():
        raise InvalidDataError(
            "document-empty",
            "The document is empty. Check that the file was uploaded whole and publish it again.",
        )
    if "\0" in text:
        raise InvalidDataError(
            "null-character",
            "The document holds a null character on line {line}, so it is not plain text. "
            "Save the file as text in UTF-8 and publish it again.",
            line=locate(text, text.index("\0"))[0],
        )
    return text


def locate(text: str, index: int) -> tuple[int, int]:
    r"""Give the line and column of a character, both counted from one.

    >>> locate("ab\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def line_around(text: str, line: int, column: int = 1, width: int = 80) -> str:
    r"""Show the part of a line around a column.

    >>> line_around("first\n  second line", line=2)
    'second line'
    """
    lines = re.split(r"\r\n|\n|\r", text)
    whole = lines[line - 1] if 0 < line <= len(lines) else ""
    start = max(0, min(column - width // 2, len(whole) - width))
    return whole[start : start + width].strip()
