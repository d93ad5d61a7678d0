"""A publisher's address, and what the registry answers to what is published there."""

import pytest

from registry.errors import KoepelError
from registry.ingest.document import Document, read_document
from registry.ingest.guard import Limits

ADDRESS = "https://buddy.example/profile"
TURTLE = "text/turtle"
JSON_LD = "application/ld+json"
RDF_XML = "application/rdf+xml"
PROJECT = "<https://buddy.example/#project> a <https://w3id.org/koepel/def#Project> ."


def publish(
    text: str | bytes,
    media_type: str | None = TURTLE,
    *,
    address: str = ADDRESS,
    space: str | None = None,
    limits: Limits | None = None,
) -> Document:
    """Read a document as if it had been fetched from the publisher's site."""
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, media_type=media_type, address=address, space=space, limits=limits)


def refusal(
    text: str | bytes,
    media_type: str | None = TURTLE,
    *,
    address: str = ADDRESS,
    space: str | None = None,
    limits: Limits | None = None,
) -> KoepelError:
    """Publish a document that must be refused, and give the error, which names the document."""
    with pytest.raises(KoepelError) as refused:
        publish(text, media_type, address=address, space=space, limits=limits)
    assert str(refused.value).startswith(f"{address}: ")
    return refused.value
