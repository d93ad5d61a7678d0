"""The statements of the graph about one thing, gathered from the rows of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from registry.graph.store import Table

__all__ = ["Record", "gather"]


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


def gather(table: Table, subject: str = "subject") -> dict[Node, Record]:
    """Turn rows of (subject, property, value) into one record per subject."""
    found: dict[Node, dict[URIRef, set[Node]]] = {}
    for row in table.rows:
        values = found.setdefault(row[subject], {})
        values.setdefault(URIRef(row["property"]), set()).add(row["value"])
    return {
        one: Record(one, {name: tuple(sorted(several, key=_order)) for name, several in values.items()})
        for one, values in found.items()
    }


def _order(node: Node) -> tuple[str, str]:
    return (str(node), getattr(node, "language", None) or "")
