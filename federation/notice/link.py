"""Where a publisher's server says that it takes notifications (Linked Data Notifications, section 3.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["INBOX", "advertised_inbox", "same_origin"]

INBOX: Final = "http://www.w3.org/ns/ldp#inbox"
LINK: Final = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]*))?)*)')
"""One link of a `Link` header (RFC 8288, section 3)."""
PARAMETER: Final = re.compile(r'([\w!#$&+.^`|~*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]*))')
LONGEST: Final = 8_000
PORTS: Final = {"http": 80, "https": 443}


def advertised_inbox(header: str, address: str) -> str:
    """Find the inbox that a `Link` header names, if it lies on the server of the address itself.

    A document on one site cannot send mail to another site in this way.

    >>> advertised_inbox('</inbox>; rel="http://www.w3.org/ns/ldp#inbox"', "https://buddy.example/gent.ttl")
    'https://buddy.example/inbox'
    >>> advertised_inbox(
    ...     '<https://other.example/>; rel="http://www.w3.org/ns/ldp#inbox"', "https://a.example/"
    ... )
    ''
    """
    for target, relations in _links(header[:LONGEST]):
        if INBOX in relations:
            found = urljoin(address, target)
            if same_origin(found, address):
                return found
    return ""


def same_origin(one: str, other: str) -> bool:
    """Tell whether two addresses lie on the same server (RFC 6454).

    >>> same_origin("https://a.example/x", "https://A.example:443/y"), same_origin("x", "x")
    (True, False)
    """
    origin = _origin(one)
    return origin is not None and origin == _origin(other)


def _origin(address: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    if port is None or not parts.hostname or parts.scheme not in PORTS or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port


def _links(header: str) -> Iterator[tuple[str, list[str]]]:
    for link in LINK.finditer(header):
        told = {name.lower(): quoted or plain for name, quoted, plain in PARAMETER.findall(link[2])}
        if "anchor" not in told:  # it would be about another document
            yield link[1], told.get("rel", "").split()
