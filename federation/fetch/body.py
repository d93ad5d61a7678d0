"""How much of an answer is read."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import httpcore2

from federation.fetch.fault import BROKEN
from registry.ingest.guard import refuse_oversize

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

    Read = Callable[[httpcore2.Response, httpx2.Headers], bytes]

__all__ = ["read_beginning", "read_remnant", "read_whole"]

REMNANT: Final = 16 * 1024


def read_whole(response: httpcore2.Response, headers: httpx2.Headers, limit: int) -> bytes:
    """Read all, unless it is announced to be longer than the limit, or turns out to be.

    A body of another length than announced is a broken one (RFC 9110, section 8.6).
    """
    announced = headers.get("content-length", "")
    length = int(announced) if announced.isdecimal() else None
    refuse_oversize(length or 0, limit)
    data = bytearray()
    for part in response.iter_stream():
        data += part
        refuse_oversize(len(data), limit)
    if length not in (None, len(data)):
        raise httpcore2.RemoteProtocolError(f"{length} bytes were announced, and {len(data)} came")
    return bytes(data)


def read_beginning(response: httpcore2.Response, _: httpx2.Headers, limit: int) -> bytes:
    """Read up to the limit, and leave the rest where it is."""
    data = bytearray()
    for part in response.iter_stream():
        data += part
        if len(data) >= limit:
            break
    return bytes(data[:limit])


def read_remnant(response: httpcore2.Response, headers: httpx2.Headers) -> bytes:
    """Read what little comes with an answer that is no document, to keep the connection for the next one.

    Its status has said all, so nothing that goes wrong here matters.
    """
    with suppress(*BROKEN):
        return read_beginning(response, headers, REMNANT)
    return b""
