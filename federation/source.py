"""A source: an address from which descriptions are fetched, what it may describe, and on what terms."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from registry.ledger import Event

__all__ = ["Kind", "Source"]


class Kind(StrEnum):
    """What is found at the address of a source."""

    DOCUMENT = "document"
    """One description: Turtle, JSON-LD, N-Quads, TriG or RDF/XML."""
    PAGE = "page"
    """A web page with a description inside, in JSON-LD or RDFa."""
    CATALOGUE = "catalogue"
    """A DCAT catalogue that lists descriptions."""
    SITEMAP = "sitemap"
    """A sitemap that lists descriptions."""
    STREAM = "stream"
    """A linked data event stream (LDES)."""
    REGISTRY = "registry"
    """Another Koepel registry, whose stream is followed."""
    MEMBER = "member"
    """A description that comes through one of the lists or streams above."""

    @property
    def lists(self) -> bool:
        """Tell whether it lists descriptions that are fetched one by one."""
        return self in {Kind.CATALOGUE, Kind.SITEMAP}

    @property
    def streams(self) -> bool:
        """Tell whether descriptions come inside it, change by change."""
        return self in {Kind.STREAM, Kind.REGISTRY}


@dataclass(frozen=True)
class Source:
    """Where a publisher keeps a description, the IRI space inside which it may speak, and the terms.

    >>> Source("https://example.org/profile.ttl", "https://example.org/profile").name
    'profile'
    """

    address: str
    space: str
    kind: Kind = Kind.DOCUMENT
    owner: str = ""
    """The IRI of the organisation whose source it is."""
    hours: float = 24.0
    """The time between two visits, in hours."""
    mail: str = ""
    """Where its owner wants to be written to."""
    via: str = ""
    """The source whose list or stream led to it."""
    origin: str = ""
    """The registry that harvested it from its publisher, when it came by the stream of a registry."""

    @property
    def name(self) -> str:
        """The last part of the IRI space, for people who watch the harvest."""
        return self.space.rstrip("/#").rpartition("/")[2]

    @property
    def terms(self) -> str:
        """The terms of its registration, as the ledger keeps them: what differs from the usual.

        >>> Source("https://example.org/", "https://example.org", Kind.SITEMAP, hours=6).terms
        '{"hours": 6, "kind": "sitemap"}'
        """
        usual = {one.name: one.default for one in fields(self)}
        told = {name: asdict(self)[name] for name in TERMS}
        return json.dumps(
            {name: value for name, value in told.items() if value != usual[name]}, sort_keys=True
        )

    @classmethod
    def of(cls, registration: Event) -> Source:
        """Read a source from the event by which it was registered or transferred.

        >>> from registry.ledger import Event, Happening
        >>> terms = '{"kind": "catalogue", "owner": "https://umbrella.example/#us"}'
        >>> event = Event(
        ...     "https://umbrella.example",
        ...     Happening.REGISTERED,
        ...     "https://umbrella.example/members",
        ...     terms=terms,
        ... )
        >>> source = Source.of(event)
        >>> source.kind, source.owner, source.hours
        (<Kind.CATALOGUE: 'catalogue'>, 'https://umbrella.example/#us', 24.0)
        """
        told = json.loads(registration.terms or "{}")
        known = {name: told[name] for name in TERMS if name in told}
        if "kind" in known:
            known["kind"] = Kind(known["kind"])
        return cls(registration.address, registration.source, via=registration.via, **known)


TERMS: Final = ("kind", "owner", "hours", "mail", "origin")
"""What is agreed on beside the address and the space."""
