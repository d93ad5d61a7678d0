"""What the command line can be pointed at: a file, an address on the web, or the input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from registry.draft import read_draft
from registry.errors import NotFoundError
from registry.ingest.document import read_document
from registry.ingest.guard import Limits, decode_text, refuse_oversize
from registry.settings import settings

if TYPE_CHECKING:
    from registry.ingest.document import Document

__all__ = ["read_file", "read_question", "read_source"]


def read_source(source: str) -> Document:
    """Read a description from a file, an address (http or https) or, for a dash, from the input."""
    limits = Limits(document_bytes=settings().document_bytes)
    if source.startswith(("https://", "http://")):
        return _fetch(source, limits)
    if source == "-":
        return read_draft(sys.stdin.buffer.read(limits.document_bytes + 1), "input", limits=limits)
    return read_draft(read_file(Path(source), limits.document_bytes + 1), source, limits=limits)


def read_question(source: str) -> str:
    """Read a question from a file or, for a dash, from the input; one longer than a document is refused."""
    most = settings().document_bytes
    data = sys.stdin.buffer.read(most + 1) if source == "-" else read_file(Path(source), most + 1)
    refuse_oversize(len(data), most)
    return decode_text(data)


def _fetch(address: str, limits: Limits) -> Document:
    from federation.fetch import Policy, fetch

    chosen = settings()
    policy = Policy(bytes=chosen.document_bytes, seconds=chosen.fetch_seconds, loopback=chosen.allow_loopback)
    fetched = fetch(address, policy=policy)
    return read_document(
        fetched.data, media_type=fetched.media_type, address=fetched.final_address, limits=limits
    )


def read_file(path: Path, most: int) -> bytes:
    """Read a file, but no more than so many bytes of it."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise NotFoundError(
            "file-not-readable",
            "{file} cannot be read: {reason}. Check the name and try again.",
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
