"""Puts a credential into the image of a badge, and takes it out again (Open Badges 3.0, §5.3).

So a picture that somebody copies from a page still carries what is needed to check it.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NAMESPACE", "bake_png", "bake_svg", "unbake_png", "unbake_svg"]

NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD: Final = b"openbadgecredential"
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
HEADER_END: Final = len(SIGNATURE) + 4 + 4 + 13 + 4
"""Behind the first chunk, which says how large the image is."""
MOST_CHUNKS: Final = 10_000
MOST_LEVELS: Final = 64
SVG_START: Final = re.compile(r"<svg\b[^>]*>")
ELEMENT: Final = f"{NAMESPACE} credential"


def bake_svg(drawing: str, credential: str) -> str:
    """Put a credential into a drawing, directly behind its start."""
    found = SVG_START.search(drawing)
    if found is None:
        raise ValueError("no drawing")
    start = found[0][:-1] + f' xmlns:openbadges="{NAMESPACE}">'
    text = credential.replace("]]>", "]]\\u003e")  # in JSON the same character, in XML no end
    inside = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    return drawing[: found.start()] + start + inside + drawing[found.end() :]


def unbake_svg(data: bytes) -> bytes:
    """Take the credential out of a drawing; nothing else in it is looked at.

    Raises:
        InvalidDataError: It is no drawing, declares entities, or holds no credential, or several.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _damaged() from error
    if len(reader.found) != 1:
        raise _empty()
    return "".join(reader.found[0]).strip().encode()


def bake_png(image: bytes, credential: str) -> bytes:
    """Put a credential into an image, uncompressed, as the standard asks."""
    data = KEYWORD + b"\0\0\0\0\0" + credential.encode()
    return image[:HEADER_END] + _chunk(b"iTXt", data) + image[HEADER_END:]


def unbake_png(data: bytes) -> bytes:
    """Take the credential out of an image; the image itself is not looked at.

    Raises:
        InvalidDataError: It is damaged, or holds no credential, or several.
    """
    found = [body for kind, body in _chunks(data) if kind == b"iTXt" and body.startswith(KEYWORD + b"\0")]
    if len(found) != 1:
        raise _empty()
    flags, _, rest = found[0][len(KEYWORD) + 1 : len(KEYWORD) + 3], b"", found[0][len(KEYWORD) + 3 :]
    parts = rest.split(b"\0", 2)  # the language, the keyword in that language, and the text
    if flags != b"\0\0" or len(parts) != 3:
        raise _damaged()
    return parts[2]


class _Reader:
    """Reads the credentials in a drawing with expat, which loads nothing by itself."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self._level = 0
        self._inside = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._enter
        self.parser.EndElementHandler = self._leave
        self.parser.CharacterDataHandler = self._take
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _enter(self, name: str, _: object) -> None:
        self._level += 1
        if self._level > MOST_LEVELS:
            raise ValueError("too deep")
        if name == ELEMENT:
            self.found.append([])
            self._inside = True

    def _leave(self, name: str) -> None:
        self._level -= 1
        if name == ELEMENT:
            self._inside = False

    def _take(self, text: str) -> None:
        if self._inside:
            self.found[-1].append(text)

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type, through which a drawing can swell or reach other files")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go through the parts of a PNG, each of which has to be whole (PNG, third edition, §5.3)."""
    place, count = len(SIGNATURE), 0
    if not data.startswith(SIGNATURE):
        raise _damaged()
    while place < len(data):
        count += 1
        if place + 12 > len(data) or count > MOST_CHUNKS:
            raise _damaged()
        (length,) = struct.unpack_from(">I", data, place)
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        end = place + 12 + length
        if end > len(data) or data[end - 4 : end] != struct.pack(">I", zlib.crc32(kind + body)):
            raise _damaged()
        yield kind, body
        place = end


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _damaged() -> InvalidDataError:
    return InvalidDataError(
        "badge-damaged",
        "The image is damaged, or made in a way that is not read here. Download the badge again.",
    )


def _empty() -> InvalidDataError:
    return InvalidDataError(
        "badge-empty",
        "The image holds no credential, so nothing can be checked. It may be a copy that a program has saved "
        "anew: download the badge from the page of the label.",
    )
