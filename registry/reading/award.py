"""Labels that somebody says an initiative has: under which scheme, since when, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from registry.graph.question import ask
from registry.reading.record import Record, gather
from registry.reading.text import Text, choose
from registry.vocabulary import KOEPEL, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Literal
    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row

__all__ = ["Award", "read_awards"]


@dataclass(frozen=True)
class Award:
    """A label as a document tells of it; what one document says need not be what another one says."""

    label: Node
    holder: URIRef
    source: URIRef
    """The document that says so."""
    record: Record = field(repr=False)

    def title(self, *languages: str) -> Text | None:
        """What it is called, where it has a name of its own."""
        return choose(self.record.literals(DCTERMS.title) + self.record.literals(SCHEMA.name), *languages)

    @property
    def scheme(self) -> URIRef | None:
        """The scheme under which it was awarded."""
        return self.record.link(KOEPEL.underScheme)

    @property
    def level(self) -> URIRef | None:
        """The level of the scheme at which it was awarded."""
        return self.record.link(KOEPEL.atLevel)

    @property
    def state(self) -> URIRef | None:
        """Where it stands, such as awarded, suspended or expired."""
        return self.record.link(KOEPEL.labelState)

    @property
    def issuer(self) -> URIRef | None:
        """Who is said to have awarded it."""
        return self.record.link(SCHEMA.issuedBy)

    @property
    def valid_from(self) -> Literal | None:
        """Since when it holds."""
        return self.record.literal(SCHEMA.validFrom)

    @property
    def valid_until(self) -> Literal | None:
        """Until when it holds."""
        return self.record.literal(SCHEMA.expires)


def read_awards(store: GraphStore, holders: Sequence[URIRef]) -> dict[URIRef, tuple[Award, ...]]:
    """Read which labels things are said to have."""
    rows: dict[Node, dict[Node, list[Row]]] = {holder: {} for holder in holders}
    for row in ask(store, "awards", thing=holders).rows:
        rows[row["thing"]].setdefault(row["graph"], []).append(row)
    return {holder: tuple(_awards(holder, rows[holder])) for holder in holders}


def _awards(holder: URIRef, by_graph: dict[Node, list[Row]]) -> list[Award]:
    found = [
        Award(label, holder, URIRef(str(source)), record)
        for source, rows in by_graph.items()
        for label, record in gather(rows).items()
    ]
    return sorted(found, key=lambda one: (one.source, str(one.label)))
