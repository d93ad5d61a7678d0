"""Requests as they go out: who asks, for what, and what is understood."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

import httpcore2

from federation.fetch.robots import AGENT
from registry.formats import Format

if TYPE_CHECKING:
    import httpx2

    Headers = tuple[tuple[bytes, bytes], ...]

__all__ = ["ACCEPT", "conditions", "encode", "make_request", "own_name"]

ACCEPT: Final = ", ".join([*(item.media_type for item in Format), "*/*;q=0.1"])


def make_request(
    method: bytes, address: httpx2.URL, headers: Headers, content: bytes | None = None
) -> httpcore2.Request:
    """Put a request together; its headers are all that the server learns."""
    url = httpcore2.URL(
        scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
    )
    own = ((b"Host", address.netloc), (b"User-Agent", own_name()))
    return httpcore2.Request(method, url, headers=[*own, *headers], content=content)


def encode(**headers: str) -> Headers:
    """Write headers as they are sent.

    >>> encode(Accept_Encoding="gzip, deflate")
    ((b'Accept-Encoding', b'gzip, deflate'),)
    """
    return tuple((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items())


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    r"""Ask only for what has changed since (RFC 9110, section 13.1).

    The values came from a server, so those that cannot be sent back are left out.

    >>> conditions('"1"', "Sat, 21 Nov 2026\r\nHost: inside.example")
    {'If_None_Match': '"1"'}
    """
    asked = {"If_None_Match": etag, "If_Modified_Since": last_modified}
    return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


@cache
def own_name() -> bytes:
    """The registry's name for servers, with an address where it is explained."""
    try:
        name = f"{AGENT}/{version(AGENT)}"
    except PackageNotFoundError:  # run from the source tree
        name = AGENT
    return f"{name} (+https://w3id.org/koepel)".encode("ascii")
