"""How long an answer may be kept, and how to tell that it is still the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from fastapi.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

__all__ = ["FOR_EVER", "SHORT", "is_known", "mark", "unchanged"]

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""What never changes under its address may be kept for a year, the longest that is usual (RFC 8246)."""
SHORT: Final = "public, max-age=30"
LENGTH: Final = 32
OPAQUE: Final = re.compile(r'"[^"]*"')


def mark(*parts: object) -> str:
    """Make a mark of what an answer depends on; it is weak, because answers travel compressed or not.

    >>> mark("feed", 3) == mark("feed", 3), mark("feed", 3) == mark("feed", 4)
    (True, False)
    """
    text = "\n".join(map(str, parts))
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:LENGTH]}"'


def is_known(request: Request, etag: str) -> bool:
    """Tell whether a reader has the answer with this mark already (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or etag.removeprefix("W/") in OPAQUE.findall(known)


def unchanged(headers: Mapping[str, str]) -> Response:
    """Answer that what the reader has is still right."""
    return Response(status_code=304, headers=headers)
