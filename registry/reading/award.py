"""Labels that an initiative has or is said to have: who says so, and how well that is backed.

A label that a certifying body awarded here stands in the registry's own graph, and one that a document tells
of in the graph of that document. Both are shown, each as what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from registry.graph.question import ask
from registry.ingest.space import is_inside
from registry.ingest.verdict import VERDICTS
from registry.reading.record import Record, gather
from registry.reading.text import Text, choose
from registry.vocabulary import CODE, GRAPH, KOEPEL, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row

__all__ = ["Award", "Backed", "backed", "read_awards"]

CLAIMED: Final = CODE["trust-level/self-declared"]


@dataclass(frozen=True)
class Award:
    """A label as one graph tells of it; what one document says need not be what another one says."""

    label: Node
    holder: URIRef
    source: URIRef
    """The graph that says so: a document, or the registry's own for what a certifying body awarded here."""
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

    @property
    def number(self) -> str:
        """The number of a label that was awarded here."""
        return str(self.record.literal(SCHEMA.certificationIdentification) or "")

    @property
    def is_registered(self) -> bool:
        """Whether a certifying body awarded it here; otherwise a document tells of it."""
        return self.source == GRAPH.certification

    @property
    def in_force(self) -> bool:
        """Whether it was awarded here and holds now."""
        return self.is_registered and str(self.record.literal(KOEPEL.inForce)) == "true"

    @property
    def trust(self) -> URIRef:
        """How well it is backed: a code of the list `trust-level`."""
        return self.record.link(KOEPEL.trustLevel) or CLAIMED


@dataclass(frozen=True)
class Backed:
    """A label beside the one of a certifying body to which it corresponds, if there is one."""

    award: Award
    registered: Award | None
    """The label of the body, in force or over; for a label of a body itself."""

    @property
    def is_confirmed(self) -> bool:
        """Whether the label of a body stands behind it that is in force."""
        return self.registered is not None and self.registered.in_force

    @property
    def is_own(self) -> bool:
        """Whether the initiative says so itself: it lies in the space of the document."""
        return is_inside(str(self.award.holder), str(self.award.source))

    @property
    def is_evidenced(self) -> bool:
        """Whether a document shows it, and nobody here has confirmed it."""
        return not self.is_confirmed and self.award.trust == CODE["trust-level/document-linked"]


def backed(awards: Sequence[Award]) -> tuple[Backed, ...]:
    """Put beside each label of an initiative the one that a body awarded here.

    Where there are several, it is one that is in force, if any is. Only labels of the same initiative count,
    whatever a document says.
    """
    held = {one.label: one for one in awards if one.is_registered}
    found = []
    for award in awards:
        confirming = award.record.links(KOEPEL.confirmedBy)
        meant = (*confirming, *reversed(award.record.links(KOEPEL.registeredAs)))
        mine = award if award.is_registered else next((held[one] for one in meant if one in held), None)
        found.append(Backed(award, mine))
    return tuple(found)


def read_awards(store: GraphStore, holders: Sequence[URIRef]) -> dict[URIRef, tuple[Award, ...]]:
    """Read which labels things have, or are said to have."""
    rows: dict[Node, dict[Node, list[Row]]] = {holder: {} for holder in holders}
    for row in ask(store, "awards", thing=holders).rows:
        rows[row["thing"]].setdefault(row["graph"], []).append(row)
    return {holder: tuple(_awards(holder, rows[holder])) for holder in holders}


def _awards(holder: URIRef, by_graph: dict[Node, list[Row]]) -> list[Award]:
    told = by_graph.pop(GRAPH.claims, [])
    found = []
    for source, rows in by_graph.items():
        labels = {row["subject"] for row in rows}
        ours = source == GRAPH.certification
        said = (
            row for row in rows if ours or row["property"] not in VERDICTS
        )  # nobody judges their own label
        records = gather([*said, *(row for row in told if row["subject"] in labels)])
        found += [Award(label, holder, URIRef(str(source)), record) for label, record in records.items()]
    return sorted(found, key=lambda one: (one.source, str(one.label)))
