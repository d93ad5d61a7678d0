"""What a server answered, and what it means for the one who asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from registry.errors import PeerError
from registry.ingest.guard import expand

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import httpx2

__all__ = ["Answer", "Fetched", "as_fetched", "wait_asked"]

BUSY: Final = {429, 503}
LONGEST_WAIT: Final = 24 * 3600.0
KEPT_HEADERS: Final = {
    "cache-control",
    "content-language",
    "content-type",
    "etag",
    "expires",
    "last-modified",
    "link",
}


@dataclass(frozen=True)
class Answer:
    """What came back from one address: the body as it came, if it was read."""

    address: httpx2.URL
    status: int
    headers: httpx2.Headers
    body: bytes = field(default=b"", repr=False)

    @property
    def coding(self) -> str:
        """How the body is packed (RFC 9110, section 8.4)."""
        return self.headers.get("content-encoding", "identity").strip().lower()

    @property
    def wait(self) -> float | None:
        """The seconds that the server wants to be left alone, if it says so."""
        asked = self.headers.get("retry-after") if self.status in BUSY else None
        return wait_asked(asked, datetime.now(UTC)) if asked else None

    def location(self, redirects: Collection[int]) -> str | None:
        """Where the server points instead, if its status is one of these."""
        return self.headers.get("location") if self.status in redirects else None


@dataclass(frozen=True)
class Fetched:
    """What a server answered: the document (200), or that it is still the same (304, without data).

    `etag` and `last_modified` are what the next fetch hands back, so that the server can tell. `seconds` is
    how long the server took, redirects included; `wire_bytes` is how long the body was before unpacking.
    """

    status: int
    final_address: str
    data: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = field(default=0.0, compare=False)
    wire_bytes: int = 0

    @property
    def media_type(self) -> str | None:
        """The media type as the server declares it, with its parameters."""
        return self.headers.get("content-type")

    @property
    def etag(self) -> str | None:
        """The server's name for this version of the document (RFC 9110, section 8.8.3)."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """When the server says that the document last changed (RFC 9110, section 8.8.2)."""
        return self.headers.get("last-modified")


def wait_asked(value: str, now: datetime) -> float | None:
    """Read how many seconds a server wants to be left alone; more than a day counts as a day.

    It says so in seconds or as a date (RFC 9110, section 10.2.3); anything else says nothing.

    >>> now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    >>> [wait_asked(text, now) for text in ("120", "Sat, 21 Nov 2026 12:01:00 GMT", "soon", "9" * 20)]
    [120.0, 60.0, None, 86400.0]
    """
    if value.isascii() and value.isdecimal():
        return min(float(value), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT)


def as_fetched(answer: Answer, *, limit: int, seconds: float, conditional: bool) -> Fetched:
    """Take the document out of an answer; raises `PeerError` where there is none."""
    address = str(answer.address)
    if answer.status == 200:
        data = _unpack(answer, limit)
        return Fetched(200, address, data, _kept(answer.headers), seconds, len(answer.body))
    if answer.status == 304 and conditional:
        return Fetched(304, address, b"", _kept(answer.headers), seconds)
    if answer.status == 410:
        raise PeerError(
            "withdrawn",
            "{address} says that the document is gone for good (status 410). It is no longer shown; it "
            "returns when it is published there again.",
            address=address,
        )
    error = PeerError(
        "no-document",
        "{address} answers with status {status} and no document. Check the address; if it is right, "
        "ask the publisher to look at the server.",
        address=address,
        status=answer.status,
    )
    error.retry_after = answer.wait
    raise error


def _kept(headers: httpx2.Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name in KEPT_HEADERS}


def _unpack(answer: Answer, limit: int) -> bytes:
    match answer.coding:
        case "identity":
            return answer.body
        case ("gzip" | "deflate") as coding:
            return expand(answer.body, coding, limit)
        case coding:
            raise PeerError(
                "coding-not-accepted",
                "{address} sends the document packed as {coding}, which was not asked for. "
                "Let the server send it plain or with gzip.",
                address=str(answer.address),
                coding=coding,
            )
