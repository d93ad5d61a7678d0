"""Which of the six languages a reader of the site prefers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from registry.formats import negotiate
from registry.language import Language
from registry.vocabulary import ENGLISH, LANGUAGES

__all__ = ["Language", "Preferred", "preferred"]


def preferred(accept_language: str | None) -> Language:
    """Choose the language that a reader's browser asks for, or English.

    Ranges and qualities are weighed as for media types (RFC 9110, sections 12.4.2 and 12.5.4); regions are
    disregarded.

    >>> preferred("ca-ES, ca;q=0.9, en;q=0.5")
    <Language.CA: 'ca'>
    >>> preferred("fi, sv;q=0.8"), preferred(None)
    (<Language.EN: 'en'>, <Language.EN: 'en'>)
    """
    offered = [ENGLISH, *(one for one in LANGUAGES if one != ENGLISH)]
    wishes = ",".join(_as_media_range(part) for part in (accept_language or "").split(",") if part.strip())
    found = negotiate(wishes, [f"text/{one}" for one in offered]) if wishes else None
    return Language((found or f"text/{ENGLISH}").removeprefix("text/"))


def _as_media_range(part: str) -> str:
    tag, semicolon, parameters = part.strip().partition(";")
    primary = tag.strip().partition("-")[0]
    return f"{'*/*' if primary == '*' else f'text/{primary}'}{semicolon}{parameters}"


def _of_request(request: Request) -> Language:
    return preferred(request.headers.get("accept-language"))


Preferred = Annotated[Language, Depends(_of_request)]
"""The language in which a reader gets what has no language in its address."""
