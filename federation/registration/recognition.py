"""What kind of source stands at an address, as far as can be seen from what comes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from federation.registration.claim import origin
from federation.registration.proof import WELL_KNOWN
from federation.registration.sighting import is_page
from federation.source import Kind
from registry.errors import KoepelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from federation.fetch import Fetched

__all__ = ["announced_feed", "recognise"]

SITEMAP: Final = re.compile(rb"<(?:urlset|sitemapindex)\b[^>]*sitemaps\.org/schemas/sitemap", re.IGNORECASE)
#: Either the whole IRI of the class, or its usual short form in Turtle, JSON-LD and RDF/XML.
STREAM: Final = re.compile(rb"https://w3id\.org/ldes#EventStream\b|\bldes:EventStream\b")
CATALOGUE: Final = re.compile(rb"http://www\.w3\.org/ns/dcat#Catalog\b|\bdcat:Catalog\b")
BEGINNING: Final = 200_000
"""So many bytes are looked at."""


def recognise(fetched: Fetched, fetch: Callable[[str], Fetched] | None = None) -> Kind:
    """Say what kind of source an answer is; what looks like nothing else is a document.

    With `fetch` the site is also asked whether it is a registry, when a web page came from its root.

    >>> from federation.fetch import Fetched
    >>> head = {"content-type": "text/turtle"}
    >>> recognise(Fetched(200, "https://a.example/x", b"@prefix dcat: <> . <> a dcat:Catalog .", head))
    <Kind.CATALOGUE: 'catalogue'>
    >>> recognise(Fetched(200, "https://a.example/x", b"<!doctype html><title>A</title>"))
    <Kind.PAGE: 'page'>
    """
    start = fetched.data[:BEGINNING]
    if SITEMAP.search(start):
        return Kind.SITEMAP
    if is_page(fetched):
        return Kind.REGISTRY if fetch and announced_feed(fetched.final_address, fetch) else Kind.PAGE
    if STREAM.search(start):
        return Kind.STREAM
    return Kind.CATALOGUE if CATALOGUE.search(start) else Kind.DOCUMENT


def announced_feed(address: str, fetch: Callable[[str], Fetched]) -> str:
    """Give the address of the stream that a site names at `/.well-known/koepel`, if it does."""
    if address.rstrip("/") != origin(address):
        return ""
    try:
        told: Any = json.loads(fetch(origin(address) + WELL_KNOWN).data)
    except (KoepelError, ValueError):
        return ""
    feed = told.get("feed") if isinstance(told, dict) else None
    return feed if isinstance(feed, str) else ""
