"""What befell organisations that were named before they described themselves.

An organisation is known by its IRI, and that stays so whatever happens to it. It can be *named* by somebody
else, *claimed* by the source that speaks for it, and *merged* into another one that takes its place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from registry.ledger import Happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from registry.ledger import Event

__all__ = ["Organisation", "organisations", "successor_of"]


@dataclass(frozen=True)
class Organisation:
    """An organisation as the ledger knows it, without a description of its own."""

    iri: str
    name: str = ""
    language: str = ""
    """The language of the name, where it was told."""
    kind: str = ""
    """The IRI of its type of organisation, where it was told."""
    source: str = ""
    """The source that speaks for it, once it was claimed."""
    successor: str = ""
    """The IRI of the organisation that it was merged into."""


def organisations(events: Iterable[Event]) -> dict[str, Organisation]:
    """Read from the ledger how organisations stand; what was said last counts.

    >>> from registry.ledger import Event
    >>> gent = "https://buddy.example/gent#us"
    >>> named = Event(gent, Happening.NAMED, terms='{"name": "Buddies in Ghent"}')
    >>> merged = Event(gent, Happening.MERGED, terms='{"into": "https://buddy.example/#us"}')
    >>> organisations([named])[gent].name, organisations([named, merged])[gent].successor
    ('Buddies in Ghent', 'https://buddy.example/#us')
    """
    found: dict[str, Organisation] = {}
    for event in events:
        known = found.get(event.source, Organisation(event.source))
        found[event.source] = _after(known, event)
    return found


def successor_of(iri: str, known: Mapping[str, Organisation]) -> str:
    """Give the IRI under which an organisation goes on after all mergers; its own, if it was never merged.

    >>> a, b = Organisation("urn:a", successor="urn:b"), Organisation("urn:b", successor="urn:c")
    >>> successor_of("urn:a", {"urn:a": a, "urn:b": b}), successor_of("urn:c", {})
    ('urn:c', 'urn:c')
    """
    seen = {iri}
    while (one := known.get(iri)) and one.successor and one.successor not in seen:
        iri = one.successor
        seen.add(iri)
    return iri


def _after(known: Organisation, event: Event) -> Organisation:
    """Say how an organisation stands after an event; of an erased one nothing is told any more."""
    told: dict[str, str] = json.loads(event.terms or "{}")
    match event.happening:
        case Happening.NAMED:
            return replace(known, **{name: told.get(name, "") for name in ("name", "language", "kind")})
        case Happening.CLAIMED:
            return replace(known, source=told.get("source", ""))
        case Happening.MERGED:
            return replace(known, successor=told.get("into", ""))
    return known
