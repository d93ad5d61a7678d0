"""Reads a label that a stranger hands over: a credential as JSON, or an image with one inside."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.guard import refuse_oversize
from registry.ingest.nesting import refuse_deep_nesting
from registry.label.badge.baking import unbake_png, unbake_svg

__all__ = ["LARGEST", "read_json", "read_label"]

Json = dict[str, Any]

LARGEST: Final = 2_000_000
"""The longest credential, document or image that is read, in bytes."""
DEPTH: Final = 32
PNG: Final = b"\x89PNG\r\n\x1a\n"


def read_label(data: bytes) -> Json:
    """Read a credential, or take it out of a badge.

    Raises:
        InvalidDataError: There is none in it, or none that can be read.
    """
    refuse_oversize(len(data), LARGEST)
    if data.startswith(PNG):
        return read_json(unbake_png(data))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_json(unbake_svg(data))
    return read_json(data)


def read_json(data: bytes) -> Json:
    """Read a JSON object of a stranger, each name in it once.

    >>> read_json(b'{"a": [1, true]}')
    {'a': [1, True]}

    Raises:
        InvalidDataError: It is something else, too large or too deep.
    """
    refuse_oversize(len(data), LARGEST)
    try:
        text = data.decode("utf-8-sig")
        refuse_deep_nesting(text, Format.JSON_LD, DEPTH)
        read = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
        json.dumps(read, ensure_ascii=False).encode()  # half a character, which only an escape can write
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(read, dict):
        raise _unreadable()
    return read


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    """Refuse a name that stands twice: of two readers each could take another of the two values."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice")
    return read


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _unreadable() -> InvalidDataError:
    return InvalidDataError(
        "label-unreadable",
        "This is no label that can be read. Give the credential as JSON, or the badge as it was downloaded, "
        "in SVG or PNG.",
    )
