"""Finds the documents that may stand otherwise on another day, though nothing in them has changed.

A standard may ask that something is no older than so many months. On each day that limit is a date, and only
what is dated between the limits of two days can be judged otherwise on the second. And where another version
of a standard counts on the second day, everything of the kinds that it judges may be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rdflib import BNode, URIRef
from rdflib.namespace import SH

from registry.validation.composition import months_before
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rdflib import Graph
    from rdflib.term import Node

    from registry.graph.store import GraphStore
    from registry.validation.standard import Library

__all__ = ["Limit", "limits", "outdated"]

VALUES: Final = """SELECT DISTINCT ?property ?value {
  GRAPH ?graph { ?thing ?property ?value } FILTER(isLiteral(?value))
}"""
GRAPHS: Final = "SELECT DISTINCT ?graph ?property ?value { GRAPH ?graph { ?thing ?property ?value } }"
OF_A_KIND: Final = "SELECT DISTINCT ?graph ?kind { GRAPH ?graph { ?thing a ?kind } }"
ZONE: Final = re.compile(r"(Z|[+-]\d\d:\d\d)$")
#: A date with a time zone may mean the day before or after.
MARGIN: Final = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Limit:
    """The greatest age that a standard allows, and a property by which a description tells the date."""

    months: int
    property: URIRef


def outdated(store: GraphStore, library: Library, earlier: date, later: date) -> frozenset[str]:
    """Name the sources of which the outcomes may differ between two days; some of them may not."""
    found = set[str]()
    for limit in limits(library):
        days = sorted(months_before(day, limit.months) for day in (earlier, later))
        if days[0] != days[1]:
            found.update(_dated(store, limit.property, days[0] - MARGIN, days[1] + MARGIN))
    for kind in _judged_anew(library, earlier, later):
        found.update(str(row["graph"]) for row in store.select(OF_A_KIND, {"kind": kind}).rows)
    return frozenset(found)


def _judged_anew(library: Library, earlier: date, later: date) -> set[URIRef]:
    """Name the kinds of initiatives that another version of a standard judges on the later day."""
    return {
        kind
        for standard in library.standards.values()
        if standard.version_on(earlier) != standard.version_on(later)
        for kind in standard.judges
    }


def limits(library: Library) -> frozenset[Limit]:
    """List the greatest ages in all standards, each with every property on the way to the date."""
    uses = (use for standard in library.standards.values() for use in standard.uses)
    return frozenset(
        Limit(threshold.months, found)
        for use in uses
        for threshold in use.thresholds
        for shape in use.criterion.shapes
        if threshold.months is not None and (shape, KOEPEL.parameter, threshold.parameter) in library.graph
        for found in _properties(library.graph, library.graph.value(shape, SH.path))
    )


def _properties(graph: Graph, path: Node | None) -> Iterator[URIRef]:
    """Name the properties in a path, however it is put together (SHACL, section 2.3.1)."""
    if isinstance(path, URIRef):
        yield path
    elif isinstance(path, BNode):
        for part in graph.objects(path):
            yield from _properties(graph, part)


def _dated(store: GraphStore, property_: URIRef, first: date, last: date) -> Iterator[str]:
    """Name the sources that give a property a date between two days."""
    for row in store.select(VALUES, {"property": property_}).rows:
        if str(first) <= _day(row["value"]) <= str(last):
            given = {"property": property_, "value": row["value"]}
            yield from (str(found["graph"]) for found in store.select(GRAPHS, given).rows)


def _day(value: Node) -> str:
    """Read the day in a date; a year stands for its first day, and a month for its first, as for a validator.

    >>> from rdflib import Literal
    >>> _day(Literal("2025-11-22T09:00:00Z")), _day(Literal("2025-11+01:00")), _day(Literal("2025"))
    ('2025-11-22', '2025-11-01', '2025-01-01')
    """
    return (ZONE.sub("", str(value)) + "-01-01")[:10]
