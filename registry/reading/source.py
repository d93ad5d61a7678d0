"""Publications, and the statements that are taken from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF

from registry.graph.question import ask
from registry.reading.record import Record, gather
from registry.reading.text import Text, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Literal

    from registry.graph.store import GraphStore

__all__ = ["Source", "list_sources", "read_quotes", "read_sources"]


@dataclass(frozen=True)
class Source:
    """A publication from which statements are taken."""

    iri: URIRef
    record: Record = field(repr=False)

    def publisher(self, *languages: str) -> Text | None:
        """Who published it."""
        names = self.record.literals(FOAF.name) + self.record.literals(DCTERMS.publisher)
        return choose(names, *languages)

    @property
    def issued(self) -> Literal | None:
        """The day, month or year in which it appeared."""
        return self.record.literal(DCTERMS.issued)


def list_sources(store: GraphStore) -> tuple[URIRef, ...]:
    """List all publications."""
    return tuple(sorted(URIRef(str(row["source"])) for row in ask(store, "publications").rows))


def read_sources(store: GraphStore, iris: Sequence[URIRef]) -> dict[URIRef, Source | None]:
    """Read what is known of publications; nothing for what is none."""
    found = gather(ask(store, "sources", subject=iris))
    return {iri: Source(iri, found[iri]) if iri in found else None for iri in iris}


def read_quotes(store: GraphStore, sources: Sequence[URIRef]) -> dict[URIRef, tuple[URIRef, ...]]:
    """Read which statements are taken from publications."""
    found: dict[object, set[URIRef]] = {source: set() for source in sources}
    for row in ask(store, "quotes", source=sources).rows:
        found[row["source"]].add(URIRef(str(row["statement"])))
    return {source: tuple(sorted(found[source])) for source in sources}
