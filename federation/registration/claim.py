"""A claim: who asks to be listed with which address, and the code that stands for it.

The registry keeps no list of the codes that it gave out. A code is made anew from the claim whenever it is
needed, so that nothing has to be stored, and nothing can run full, before somebody has proved anything.

A code does not expire. Knowing it proves nothing, since everybody may ask for it; where it stands does, and
that is looked at anew each time. It holds for one address, one space and one owner only: whoever finds the
code of another on a page gains nothing with it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from registry.ingest.space import is_inside

__all__ = ["Claim", "origin", "own_spaces"]

LENGTH: Final = 40
"""Hexadecimal figures of a code: 160 of the 256 bits (RFC 2104, section 5, asks for at least half)."""
ENDING: Final = re.compile(r"\.(?:ttl|jsonld|json|nt|nq|trig|rdf|xml|html?|xhtml)$", re.IGNORECASE)
"""What a document's address has after the name of the document."""
PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Claim:
    """Somebody asks to be listed with what an address publishes about a space, in the name of an owner.

    >>> claim = Claim("https://buddy.example/gent.ttl", "https://buddy.example/gent")
    >>> claim.token(b"secret") == claim.token(b"secret"), claim.token(b"secret") == claim.token(b"other")
    (True, False)
    """

    address: str
    """Where the description is."""
    space: str
    """What it describes: the IRI space."""
    owner: str = ""
    """The IRI of the organisation whose it is, if it gives one."""

    def token(self, key: bytes) -> str:
        """Make the code for this claim (HMAC with SHA-256, RFC 2104)."""
        told = "\0".join((self.address, self.space, self.owner))
        return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:LENGTH]

    @property
    def origin(self) -> str:
        """The site of the address."""
        return origin(self.address)

    @property
    def is_own(self) -> bool:
        """True when space and owner are the document's own, so that a code in the document says enough."""
        return any(self._lies_in(own) for own in own_spaces(self.address))

    @property
    def is_on_site(self) -> bool:
        """True when space and owner lie on the site of the address."""
        return self._lies_in(self.origin)

    def _lies_in(self, space: str) -> bool:
        return is_inside(self.space, space) and (not self.owner or is_inside(self.owner, space))


def origin(address: str) -> str:
    """Give the site of an address: its scheme, host and port (RFC 6454, section 4).

    >>> origin("https://Buddy.example:443/gent?x=1"), origin("http://127.0.0.1:8101/a")
    ('https://buddy.example', 'http://127.0.0.1:8101')
    """
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port not in {None, PORTS.get(parts.scheme)} else ""
    name = (parts.hostname or "").rstrip(".")
    host = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{host}{port}"


def own_spaces(address: str) -> tuple[str, ...]:
    """List the spaces that belong to one document alone: its address, with and without the ending.

    Others may keep documents on the same site, or in the same folder; so what lies beside a document is not
    its own.

    >>> own_spaces("https://buddy.example/gent.ttl#it")
    ('https://buddy.example/gent.ttl', 'https://buddy.example/gent')
    >>> own_spaces("https://buddy.example/"), own_spaces("https://buddy.example/?site=gent.ttl")
    (('https://buddy.example',), ('https://buddy.example/?site=gent.ttl',))
    """
    parts = urlsplit(address)
    whole = urlunsplit(parts._replace(fragment="")).rstrip("/")
    bare = whole if parts.query else ENDING.sub("", whole)
    return tuple(dict.fromkeys((whole, bare)))
