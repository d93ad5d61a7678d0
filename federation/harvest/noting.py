"""What is noted of a visit, so that the next one knows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from federation.notice.link import advertised_inbox
from registry.arrival import byte_digest

if TYPE_CHECKING:
    from datetime import datetime

    from federation.fetch import Fetched
    from federation.notebook import Note

__all__ = ["after_answer", "after_failure"]


def after_answer(note: Note, fetched: Fetched, digest: str | None, begun: datetime) -> Note:
    """Note what a server answered; where it only said that nothing has changed, the rest stays.

    What the server says beside the document is noted anew in any case.

    Args:
        note: The note of the visit before.
        fetched: What it answered.
        digest: The version in the ledger that it is about.
        begun: When it was asked.
    """
    told = replace(
        note,
        etag=fetched.etag or (note.etag if fetched.status == 304 else None),
        last_modified=fetched.last_modified or (note.last_modified if fetched.status == 304 else None),
        visited=begun,
        answered=begun,
        failures=0,
        seconds=fetched.seconds,
        inbox=advertised_inbox(fetched.headers.get("link", ""), fetched.final_address),
        final_address=fetched.final_address,
    )
    if fetched.status == 304:
        return told
    data = fetched.data
    return replace(told, data_digest=byte_digest(data), digest=digest, bytes=len(data), read=begun)


def after_failure(note: Note, outcome: str, message: str, begun: datetime) -> Note:
    """Note that no document came."""
    failures = note.failures + 1
    return replace(note, visited=begun, failures=failures, outcome=outcome, message=message)
