"""The published description that speaks of an initiative: whose it is, and what readers saw on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS

from registry.ingest.space import enclosing
from registry.ledger.event import PUBLISHING

if TYPE_CHECKING:
    from datetime import date

    from rdflib import Graph

    from registry.certification.desk import Desk
    from registry.ledger import Publication

__all__ = ["Described", "described", "first_published"]


@dataclass(frozen=True)
class Described:
    """A description as it was published, and the initiative that it speaks of."""

    subject: str
    source: str
    """The source, by its IRI space."""
    digest: str
    """The SHA-256 of its canonical form."""
    published: datetime
    """Since when readers see this version."""
    organisations: tuple[str, ...]
    """The IRIs of those who publish the initiative, as the description says."""
    kinds: frozenset[str] = field(default=frozenset(), repr=False)
    """What the initiative is, such as a project; empty where the description is silent about it."""
    desk: Desk | None = field(default=None, repr=False, compare=False)

    def graph(self) -> Graph:
        """Give the statements of the description, from the canonical text in the ledger."""
        assert self.desk is not None  # noqa: S101 - `described` always says which desk
        return self.desk.description(self.digest)


def described(desk: Desk, subject: str, day: date | None = None) -> Described | None:
    """Find the description that speaks of an initiative, as readers saw it at the end of a day.

    It is that of the narrowest source in whose IRI space the initiative lies, where one lies in another.
    Without a day, and for today or later, it is the one that readers see now. None where nothing is
    published, and where what is published says nothing of the initiative.
    """
    until = desk.home.ledger.position_at(_end(day)) if day and day < desk.today() else None
    asked = (desk.home.ledger.publication(space, until=until) for space in enclosing(subject))
    found = next(filter(None, asked), None)
    return _described(desk, subject, found) if found else None


def first_published(desk: Desk, source: str) -> datetime | None:
    """Tell when readers first saw anything of a source here."""
    return next(
        (one.time for one in desk.home.ledger.events(source=source) if one.happening in PUBLISHING), None
    )


def _described(desk: Desk, subject: str, found: Publication) -> Described | None:
    graph, thing = desk.description(found.digest), URIRef(subject)
    kinds = frozenset(str(one) for one in graph.objects(thing, RDF.type))
    publishers = sorted(
        str(one) for one in graph.objects(thing, DCTERMS.publisher) if isinstance(one, URIRef)
    )
    if not kinds:
        return None
    return Described(subject, found.source, found.digest, found.time, tuple(publishers), kinds, desk)


def _end(day: date) -> datetime:
    """Give the last moment of a day in UTC, as far as clocks are told apart."""
    return datetime.combine(day + timedelta(days=1), time.min, UTC) - timedelta(microseconds=1)
