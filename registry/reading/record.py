"""The statements of the graph about one thing, gathered from the rows of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rdflib import Literal, URIRef

from registry.graph.question import ask
from registry.graph.store import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row

__all__ = ["Record", "gather", "gather_by", "read_records"]


@dataclass(frozen=True)
class Record:
    """One thing and what is stated of it, by property; the values of a property stand in a steady order.

    >>> from rdflib import BNode
    >>> thing = Record(BNode(), {URIRef("urn:p"): (Literal(3), URIRef("urn:a"))})
    >>> thing.links(URIRef("urn:p")), str(thing.literal(URIRef("urn:p"))), thing.literal(URIRef("urn:q"))
    ((rdflib.term.URIRef('urn:a'),), '3', None)
    """

    subject: Node
    values: Mapping[URIRef, tuple[Node, ...]]

    def all(self, predicate: URIRef) -> tuple[Node, ...]:
        """Give all values of a property."""
        return self.values.get(predicate, ())

    def links(self, predicate: URIRef) -> tuple[URIRef, ...]:
        """Give the values of a property that are IRIs."""
        return tuple(one for one in self.all(predicate) if isinstance(one, URIRef))

    def link(self, predicate: URIRef) -> URIRef | None:
        """Give the first IRI among the values of a property."""
        return next(iter(self.links(predicate)), None)

    def literals(self, predicate: URIRef) -> tuple[Literal, ...]:
        """Give the values of a property that are texts, numbers, dates or the like."""
        return tuple(one for one in self.all(predicate) if isinstance(one, Literal))

    def literal(self, predicate: URIRef) -> Literal | None:
        """Give the first literal among the values of a property."""
        return next(iter(self.literals(predicate)), None)


def gather(rows: Table | Iterable[Row], subject: str = "subject") -> dict[Node, Record]:
    """Turn rows of (subject, property, value) into one record per subject."""
    found: dict[Node, dict[URIRef, set[Node]]] = {}
    for row in rows.rows if isinstance(rows, Table) else rows:
        values = found.setdefault(row[subject], {})
        values.setdefault(cast("URIRef", row["property"]), set()).add(row["value"])
    return {
        one: Record(one, {name: _in_order(several) for name, several in values.items()})
        for one, values in found.items()
    }


def gather_by(table: Table, key: str) -> dict[Node, dict[Node, Record]]:
    """Turn rows of (key, subject, property, value) into one record per subject, apart for each key."""
    rows: dict[Node, list[Row]] = {}
    for row in table.rows:
        rows.setdefault(row[key], []).append(row)
    return {one: gather(several) for one, several in rows.items()}


def _in_order(nodes: set[Node]) -> tuple[Node, ...]:
    return tuple(nodes) if len(nodes) == 1 else tuple(sorted(nodes, key=_order))


def _order(node: Node) -> tuple[str, str]:
    return (str(node), getattr(node, "language", None) or "")


def read_records(store: GraphStore, things: Sequence[URIRef]) -> dict[URIRef, Record | None]:
    """Read what is stated of things themselves; nothing for one of which nothing is."""
    found = gather(ask(store, "things", subject=things))
    return {thing: found.get(thing) for thing in things}
