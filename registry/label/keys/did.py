"""The name of a body on the web, and the document that stands under it: `did:web`.

Whoever checks a label reads from its issuer's name where the keys of that issuer are, and asks there
(<https://w3c-ccg.github.io/did-method-web/>, Controlled Identifiers 1.0, §2).
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote, urlsplit

from registry.reading.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from registry.label.keys.key import Key

__all__ = ["did_address", "did_document", "did_of", "instant", "method_of", "slug_of"]

CONTEXTS: Final = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
DIGITS: Final = 8
LONGEST: Final = 40
OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
DID: Final = re.compile(r"did:web:[A-Za-z0-9.%_:-]{1,500}")
HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
"""A host with its port; nothing that would end it, and turn the rest of the address into something else."""


def slug_of(iri: str) -> str:
    """Give a body a name for addresses: readable, and with a piece of the hash of its IRI.

    >>> slug_of("https://w3id.org/koepel/example/flanders/umbrella#us")
    'flanders-umbrella-us-4fb30828'
    """
    parts = urlsplit(iri)
    words = re.findall(r"[a-z0-9]+", fold(f"{parts.path.rpartition('/example/')[2]} {parts.fragment}"))
    readable = "-".join(words)[-LONGEST:].strip("-")
    digits = hashlib.sha256(iri.encode()).hexdigest()[:DIGITS]
    return f"{readable}-{digits}" if readable else digits


def did_of(address: str, body: str) -> str:
    """Name a body under the address of its registry.

    >>> did_of("http://localhost:8000", "https://body.example/#us")
    'did:web:localhost%3A8000:body:us-094f6c46'
    """
    parts = urlsplit(address)
    segments = [quote(one, safe="-._~") for one in parts.path.split("/") if one]
    return ":".join(("did:web", quote(parts.netloc, safe="-._~"), *segments, "body", slug_of(body)))


def did_address(did: str) -> str | None:
    """Tell where the document of a `did:web` stands; on the web always with https, as the method asks.

    >>> did_address("did:web:labels.example:body:us-094f6c46")
    'https://labels.example/body/us-094f6c46/did.json'
    >>> did_address("did:web:localhost%3A8000")
    'http://localhost:8000/.well-known/did.json'
    """
    if not DID.fullmatch(did):
        return None
    host, *path = (unquote(part) for part in did.removeprefix("did:web:").split(":"))
    if not HOST.fullmatch(host) or any("/" in part or part in {"", ".", ".."} for part in path):
        return None
    try:
        own = urlsplit(f"//{host}").hostname in OWN_MACHINE
    except ValueError:
        return None
    place = "/".join(path) if path else ".well-known"
    return f"{'http' if own else 'https'}://{host}/{quote(place, safe='/-._~')}/did.json"


def method_of(did: str, key: Key) -> str:
    """Give the address of a key within the document of its body."""
    return f"{did}#key-{key.number}"


def did_document(did: str, body: str, keys: Iterable[Key]) -> dict[str, Any]:
    """Write the document of a body, with all keys that it ever had.

    A key that was retired still speaks for what it signed in its time. One that was compromised stands there
    as revoked and speaks for nothing.
    """
    known = tuple(keys)
    return {
        "@context": CONTEXTS,
        "id": did,
        "alsoKnownAs": [body],
        "verificationMethod": [_method(did, key) for key in known],
        "assertionMethod": [method_of(did, key) for key in known if not key.compromised],
    }


def _method(did: str, key: Key) -> dict[str, str]:
    method = {
        "id": method_of(did, key),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.public,
    }
    if key.end:
        method["revoked" if key.compromised else "expires"] = instant(key.end)
    return method


def instant(moment: datetime) -> str:
    """Write a moment as an XSD dateTimeStamp in UTC, to the second.

    >>> from datetime import datetime
    >>> instant(datetime(2026, 11, 22, 8, 30, 15, 999, tzinfo=UTC))
    '2026-11-22T08:30:15Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
