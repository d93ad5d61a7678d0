"""The schemes that this registry has adopted: an operator says which text of which scheme counts.

Each adoption is an event with the text as a version of its own. A case keeps the text that counted when it
was handed in; so a change of a scheme never changes a label that was granted under it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from registry.draft import DRAFT_SITE
from registry.errors import InvalidDataError, NotFoundError
from registry.ingest.canonical import to_graph
from registry.ledger import Event, Happening, Version
from registry.scheme.reading import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from registry.ingest.document import Document
    from registry.ledger import Ledger
    from registry.scheme.scheme import Scheme
    from registry.validation.standard import Library

__all__ = ["Adopted", "adopt", "adopted", "schemes", "texts", "unknown", "withdraw"]

WITHDRAWN: Final = "withdraw"
NOTHING: Final[Mapping[str, Scheme]] = MappingProxyType({})


@dataclass(frozen=True)
class Adopted:
    """A scheme, the digest of the text that counts now, and whether new cases may still begin under it."""

    scheme: Scheme
    digest: str
    withdrawn: bool = False


def adopt(document: Document, library: Library, actor: str, reason: str = "") -> tuple[Event, Version]:
    """Take up the scheme in a document; give what is to be written in the ledger.

    Raises:
        InvalidDataError: Something in the scheme is missing or contradicts itself.
        NotFoundError: The standard that it names is not installed.
    """
    scheme = scheme_of(document.graph)
    library.standard(scheme.standard)
    if scheme.iri.startswith(DRAFT_SITE):
        raise InvalidDataError(
            "scheme-without-address",
            "The scheme has no address of its own. Give the file a @base, the address under which the "
            "scheme is published.",
        )
    event = Event(
        scheme.iri,
        Happening.ADOPTED,
        digest=document.digest,
        reason=reason,
        actor=actor,
        via="console",
        terms=json.dumps({"act": "adopt"}),
    )
    return event, Version(document.digest, document.canonical, document.data, document.media_type)


def withdraw(known: Mapping[str, Adopted], iri: str, actor: str, reason: str) -> Event:
    """Let no new case begin under a scheme; what is granted or under way goes on.

    Raises:
        NotFoundError: No such scheme was adopted.
    """
    if iri not in known or known[iri].withdrawn:
        raise unknown(iri)
    terms = json.dumps({"act": WITHDRAWN})
    return Event(iri, Happening.ADOPTED, reason=reason, actor=actor, via="console", terms=terms)


def unknown(iri: str) -> NotFoundError:
    """Say that no such scheme was adopted."""
    return NotFoundError(
        "scheme-unknown",
        "This registry has adopted no label scheme {scheme}. The command koepel scheme list lists those "
        "that it has.",
        scheme=iri,
    )


def texts(
    ledger: Ledger, events: Iterable[Event], known: Mapping[str, Scheme] = NOTHING
) -> dict[str, Scheme]:
    """Give every text of a scheme that was ever adopted, by its digest; what is known is not read again."""
    digests = {event.digest for event in events if event.happening is Happening.ADOPTED and event.digest}
    return {one: known.get(one) or _read(ledger, one) for one in sorted(digests)}


def adopted(events: Iterable[Event], read: Mapping[str, Scheme]) -> dict[str, Adopted]:
    """Tell by their IRI which schemes were ever adopted, each with the text that was adopted last."""
    found: dict[str, Adopted] = {}
    for event in events:
        if event.happening is not Happening.ADOPTED:
            continue
        if json.loads(event.terms or "{}").get("act") == WITHDRAWN:
            found[event.source] = replace(found[event.source], withdrawn=True)
        elif event.digest:
            found[event.source] = Adopted(read[event.digest], event.digest)
    return found


def schemes(ledger: Ledger, events: Iterable[Event]) -> dict[str, Scheme]:
    """Give the schemes by their IRI; of each the text that was adopted last counts."""
    told = tuple(events)
    return {iri: one.scheme for iri, one in adopted(told, texts(ledger, told)).items()}


def _read(ledger: Ledger, digest: str) -> Scheme:
    return scheme_of(to_graph(ledger.version(digest).canonical, blank_prefix="scheme"))
