"""A publisher's address, and what the registry answers to what is published there."""

from typing import Protocol

import pytest

from registry.errors import KoepelError
from registry.ingest.document import Document, read_document
from registry.ingest.guard import Limits

ADDRESS = "https://buddy.example/profile"


class Reads(Protocol):
    """Reads a text that is published on a site of its own, as Turtle unless told otherwise."""

    def __call__(
        self,
        text: str | bytes,
        media_type: str | None = "text/turtle",
        *,
        address: str = ADDRESS,
        space: str | None = None,
        limits: Limits | None = None,
    ) -> Document:
        """Read one document."""


class Refuses(Protocol):
    """Publishes a text that must be refused, and hands over the refusal."""

    def __call__(
        self,
        text: str | bytes,
        media_type: str | None = "text/turtle",
        *,
        address: str = ADDRESS,
        space: str | None = None,
        limits: Limits | None = None,
    ) -> KoepelError:
        """Read one document and catch what is said against it."""


def read_text(
    text: str | bytes,
    media_type: str | None = "text/turtle",
    *,
    address: str = ADDRESS,
    space: str | None = None,
    limits: Limits | None = None,
) -> Document:
    """Read a text or bytes."""
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, media_type=media_type, address=address, space=space, limits=limits)
