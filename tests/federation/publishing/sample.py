"""Descriptions of fictitious projects, as they stand on a site before they are published."""

from datetime import UTC, date, datetime

from federation.publishing.site.leaf import Leaf, read_leaf
from registry.ingest.document import Document, read_document
from tests.federation.description import text

SITE = "https://buddy.example/"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def leaf(name: str = "one", **changes: str) -> Leaf:
    """Read a description that will stand on the site under its name."""
    return read_leaf(text(name, **changes), f"{name}.ttl", SITE)


def read_back(data: bytes, address: str) -> Document:
    """Read what was written as the registry would when it fetched it."""
    return read_document(data, media_type=None, address=address)
