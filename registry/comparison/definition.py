"""What a comparison table is: its columns, its rows, and the query that fills each row.

Read from `tables/`, which uses the words of CSVW (Metadata Vocabulary for Tabular Data, W3C 2015) for tables,
columns and rows. What a table, column or row fixes for the query (programme, role, task) is a property of it.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rdflib import CSVW, DCTERMS, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection

from registry.errors import NotFoundError
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

__all__ = ["Definition", "Heading", "RowDefinition", "definition", "query", "table_tokens", "tables"]

FOLDER: Final = Path(__file__).parent
#: What a table, column or row may fix, by the variable of the query that it fills.
BINDINGS: Final = {
    "programme": KOEPEL.forProgramme,
    "role": KOEPEL.governanceRole,
    "task": KOEPEL.task,
}


@dataclass(frozen=True)
class Heading:
    """The head of a column or row: its IRI, its titles in all languages and what it fixes."""

    iri: URIRef
    titles: tuple[Literal, ...]
    bindings: Mapping[str, Node]


@dataclass(frozen=True)
class RowDefinition:
    """The head of a row and the query that fills its cells."""

    heading: Heading
    query: str


@dataclass(frozen=True)
class Definition:
    """A table before it is filled."""

    heading: Heading
    source: URIRef
    place: str
    columns: tuple[Heading, ...]
    rows: tuple[RowDefinition, ...]

    def bindings(self, column: Heading, row: RowDefinition) -> Mapping[str, Node]:
        """Say what the query of a cell is given; a row goes before its column, a column before the table."""
        return ChainMap(*(dict(one.bindings) for one in (row.heading, column, self.heading)))


@cache
def tables() -> Graph:
    """Read the definitions of all tables."""
    graph = Graph()
    for path in sorted((FOLDER / "tables").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def table_tokens() -> tuple[str, ...]:
    """List the tables by the short name that people ask for them with.

    >>> table_tokens()
    ('2.1', '3.1', '4.1', '5.1')
    """
    return tuple(sorted(str(token) for token in tables().objects(None, KOEPEL.token)))


def definition(token: str) -> Definition:
    """Find what a table is.

    >>> [len(definition("5.1").columns), len(definition("5.1").rows)]
    [3, 8]
    >>> definition("6.1")
    Traceback (most recent call last):
    registry.errors.NotFoundError: There is no table '6.1'. The tables are 2.1, 3.1, 4.1, 5.1.
    """
    graph = tables()
    table = graph.value(None, KOEPEL.token, Literal(token))
    if not isinstance(table, URIRef):
        raise NotFoundError(
            "unknown-table",
            "There is no table '{token}'. The tables are {known}.",
            token=token,
            known=", ".join(table_tokens()),
        )
    return Definition(
        _heading(graph, table),
        URIRef(str(graph.value(table, DCTERMS.source))),
        str(graph.value(table, KOEPEL.locator)),
        tuple(_heading(graph, one) for one in _members(graph, table, CSVW.column)),
        tuple(_row(graph, one) for one in _members(graph, table, CSVW.row)),
    )


@cache
def query(name: str) -> str:
    """Read one of the queries that fill the tables."""
    return (FOLDER / "queries" / name).read_text(encoding="utf-8")


def _row(graph: Graph, iri: URIRef) -> RowDefinition:
    name = str(graph.value(iri, RDFS.isDefinedBy)).rpartition("/")[2]
    return RowDefinition(_heading(graph, iri), query(name))


def _heading(graph: Graph, iri: URIRef) -> Heading:
    titles = tuple(title for title in graph.objects(iri, CSVW.title) if isinstance(title, Literal))
    fixed = {name: graph.value(iri, term) for name, term in BINDINGS.items()}
    return Heading(iri, titles, {name: value for name, value in fixed.items() if value is not None})


def _members(graph: Graph, table: URIRef, part: URIRef) -> list[URIRef]:
    head = graph.value(table, part)
    return [one for one in Collection(graph, head or RDF.nil) if isinstance(one, URIRef)]
