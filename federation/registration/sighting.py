"""Which codes stand in a document, in a web page, or in the list of a site."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from rdflib import URIRef

from registry.formats import base_media_type
from registry.ingest.canonical import to_graph
from registry.ingest.guard import Limits, decode_text
from registry.ingest.sandbox import read_apart
from registry.ingest.space import is_inside
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from federation.fetch import Fetched

__all__ = ["META", "codes_in", "is_page", "listed_codes"]

META: Final = "koepel-registration"
"""The name of the element in the head of a web page that holds a code."""
PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
HEAD: Final = frozenset({"html", "head", "title", "base", "link", "meta", "style", "script", "noscript"})
"""What may stand in a page before its body (HTML, section 4.2)."""
MOST: Final = 1_000
"""So many codes of one list are looked at."""


def codes_in(fetched: Fetched, space: str) -> frozenset[str]:
    """List the codes in a document or page that speak for a space.

    In a web page only its head counts: what visitors write, such as comments, stands in the body.

    Raises:
        InvalidDataError: It is neither a web page nor a description that can be read.
    """
    if is_page(fetched):
        return _codes_in_head(decode_text(fetched.data))
    reading = read_apart(
        fetched.data, media_type=fetched.media_type, address=fetched.final_address, limits=Limits()
    )
    told = to_graph(reading.canonical, blank_prefix="").subject_objects(KOEPEL.registrationToken)
    return frozenset(
        str(code) for thing, code in told if isinstance(thing, URIRef) and is_inside(str(thing), space)
    )


def listed_codes(data: bytes) -> frozenset[str]:
    r"""List the codes in what a site says at `/.well-known/koepel`, in JSON or one a line.

    >>> sorted(listed_codes(b'{"registrations": ["c0de", {"token": "f00d"}], "feed": "/feed"}'))
    ['c0de', 'f00d']
    >>> sorted(listed_codes(b"# of the registry in Ghent\nc0de\n\nf00d\n"))
    ['c0de', 'f00d']
    >>> listed_codes(b"<p>Somebody wrote:<pre>\nc0de\n</pre>")
    frozenset()
    """
    text = decode_text(data)
    if text.lstrip().startswith("<"):  # a web page, as some sites show for what they do not have
        return frozenset()
    try:
        told = json.loads(text)
    except ValueError:
        lines = (line.strip() for line in text.splitlines()[:MOST])
        return frozenset(line for line in lines if line and not line.startswith("#"))
    codes = told.get("registrations", []) if isinstance(told, dict) else told
    return frozenset(filter(None, map(_code, codes[:MOST]))) if isinstance(codes, list) else frozenset()


def is_page(fetched: Fetched) -> bool:
    """Tell a web page from a description."""
    declared = base_media_type(fetched.media_type or "")
    return declared in PAGES or (declared in {"", "text/plain"} and PAGE.match(fetched.data) is not None)


def _code(told: Any) -> str:
    found = told.get("token") if isinstance(told, dict) else told
    return found if isinstance(found, str) else ""


def _codes_in_head(text: str) -> frozenset[str]:
    head = _Head()
    head.feed(text)
    return frozenset(head.codes)


class _Head(HTMLParser):
    """Reads the head of a page, and nothing behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: set[str] = set()
        self._inside = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a code; whatever does not belong in a head ends it."""
        self._inside = self._inside and tag in HEAD
        told = dict(attrs)
        if self._inside and tag == "meta" and (told.get("name") or "").lower() == META:
            self.codes.add((told.get("content") or "").strip())

    def handle_endtag(self, tag: str) -> None:
        """See where the head ends."""
        self._inside = self._inside and tag != "head"
