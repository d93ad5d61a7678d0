"""Everything that could be read in some bytes: also what is packed, encoded or escaped in them."""

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote_plus

import zstandard

__all__ = ["unwrapped"]

ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
MOST_LAYERS = 4
GZIP, ZIP, ZSTANDARD, PNG = b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\x89PNG\r\n\x1a\n"


def unwrapped(data: bytes, layers: int = MOST_LAYERS) -> Iterator[bytes]:
    """Go through all readings of some bytes, each in small letters.

    >>> hidden = base64.urlsafe_b64encode(gzip.compress(b"a %53ecret")).rstrip(b"=")
    >>> any(b"a secret" in one for one in unwrapped(b'{"list": "u' + hidden + b'"}'))
    True
    """
    yield data.lower()
    if not layers:
        return
    for inner in _inside(data):
        if inner != data:
            yield from unwrapped(inner, layers - 1)


def _inside(data: bytes) -> Iterator[bytes]:
    if data.startswith((GZIP, ZIP, ZSTANDARD, PNG)):
        yield from _unpacked(data)
        return
    text = data.decode("utf-8", "replace")
    yield _plain(html.unescape(unquote_plus(text))).encode("utf-8", "replace")
    for word in ENCODED.findall(data):
        yield from _decoded(word)


def _plain(text: str) -> str:
    """Undo the escapes of JSON, Turtle and calendars."""
    unfolded = text.replace("\r\n ", "").replace("=\n", "")
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), unfolded).replace("\\", "")


@lru_cache(maxsize=100_000)
def _decoded(word: bytes) -> tuple[bytes, ...]:
    """Read Base64 in both alphabets; a multibase prefix may stand before it."""
    return tuple(_readings(word))


def _readings(word: bytes) -> Iterator[bytes]:
    for start in (word, word[1:]):
        plain = start.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        if len(plain) % 4 == 1:
            plain = plain[:-1]
        try:
            found = base64.b64decode(plain + b"=" * (-len(plain) % 4))
        except binascii.Error:
            continue
        if found.startswith((GZIP, ZIP, ZSTANDARD, PNG)) or _is_text(found):
            yield found


def _is_text(data: bytes) -> bool:
    """Tell whether most of it can be read; what is decoded by chance cannot."""
    return sum(32 <= byte < 127 for byte in data[:400]) > 0.9 * len(data[:400])


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(GZIP):
        yield gzip.decompress(data)
    elif data.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif data.startswith(ZSTANDARD):
        yield zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    else:
        yield from _texts_of_png(data)


def _texts_of_png(data: bytes) -> Iterator[bytes]:
    """Read the texts in a picture (PNG, section 11.3.3): plain ones and packed ones."""
    place = len(PNG)
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        kind, held = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += length + 12
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            yield held.replace(b"\0", b" ")
        if kind in (b"iTXt", b"zTXt") and b"\x78" in held:
            try:
                yield zlib.decompress(held[held.index(b"\x78") :])
            except zlib.error:
                continue
