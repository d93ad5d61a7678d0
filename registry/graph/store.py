"""The store of named graphs that answers SPARQL; the only place that knows Oxigraph's store.

Every source has a named graph of its own. Queries see the union of all graphs as the
default graph, so a reader need not know who published what, and can still ask with `GRAPH`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef

from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from rdflib.term import Node

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

__all__ = ["GraphStore", "Row", "Table"]

Row = dict[str, URIRef | Literal | BNode]
"""One answer: a term per variable that is bound."""


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT query: its variables in order, and its rows."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


class GraphStore:
    """A set of named graphs, in memory or in a folder.

    >>> store = GraphStore.in_memory()
    >>> store.load(b"<https://example.org/a> a <https://example.org/B> .", graph="https://example.org/g")
    >>> [str(row["kind"]) for row in store.select("SELECT ?kind { ?thing a ?kind }").rows]
    ['https://example.org/B']
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def in_memory(cls) -> GraphStore:
        """Make an empty store that is gone when the program ends."""
        return cls(ox.Store())

    @classmethod
    def create(cls, folder: Path) -> GraphStore:
        """Open a folder for writing; it is made when it is not there."""
        return cls(ox.Store(str(folder)))

    @classmethod
    def open_read_only(cls, folder: Path) -> GraphStore:
        """Open a finished folder for reading; nothing may write to it meanwhile."""
        return cls(ox.Store.read_only(str(folder)))

    def __len__(self) -> int:
        """Count the statements in all graphs."""
        return len(self._store)

    def load(self, data: bytes, *, graph: str, format: str = "text/turtle") -> None:
        """Add a document of our own making to a named graph; what strangers wrote goes through ingest."""
        self.load_all([(graph, data, format)])

    def load_all(self, documents: Iterable[tuple[str, bytes, str]]) -> None:
        """Add many documents at once, each given as its named graph, its bytes and their media type.

        Every write leaves some files on disk. A reader opens a graph of few files in milliseconds, and holds
        them all from the start, so that it goes on answering when a newer graph has taken its place.
        """
        self._store.bulk_extend(quad for document in documents for quad in _quads(*document))

    def replace(self, graph: str, n_triples: bytes) -> None:
        """Put a new version of a named graph in the place of the old one."""
        self._store.remove_graph(ox.NamedNode(graph))
        self.load(n_triples, graph=graph, format="application/n-triples")

    def graphs(self) -> tuple[str, ...]:
        """List the named graphs."""
        names = self._store.named_graphs()
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Table:
        """Answer a SELECT query of our own, with some of its variables given.

        Queries of strangers go through `registry.graph.query`, which runs them where they can be stopped.
        """
        given = (bindings or {}).items()
        substitutions: dict[ox.Variable, Term] = {
            ox.Variable(name): to_oxigraph(term) for name, term in given
        }
        found = self._store.query(query, use_default_graph_as_union=True, substitutions=substitutions)
        if not isinstance(found, ox.QuerySolutions):
            raise InvalidDataError("not-a-select", "Only SELECT queries give a table.")
        variables = tuple(variable.value for variable in found.variables)
        rows = tuple(_row(variables, solution) for solution in found)
        return Table(variables, rows)

    def answer(self, query: str, format: str, *, everywhere: bool = True) -> bytes:
        """Answer any SPARQL query and write the result in a format, given by its media type.

        A query that chooses its graphs itself with `FROM` is asked with `everywhere` off, because otherwise
        the union of all graphs takes their place.
        """
        found = self._store.query(query, use_default_graph_as_union=everywhere)
        if isinstance(found, ox.QueryTriples):
            graph_format = ox.RdfFormat.from_media_type(format) or ox.RdfFormat.TURTLE
            return _written(ox.serialize(found, format=graph_format))
        result_format = ox.QueryResultsFormat.from_media_type(format) or ox.QueryResultsFormat.JSON
        return _written(found.serialize(format=result_format))

    def add_all(self, statements: Iterable[tuple[Node, Node, Node]], *, graph: str) -> None:
        """Add statements to a named graph."""
        name = ox.NamedNode(graph)
        self._store.bulk_extend(_quad(statement, name) for statement in statements)

    def flush(self) -> None:
        """Make sure that everything is on disk."""
        self._store.flush()
        self._store.optimize()


def _quads(graph: str, data: bytes, media_type: str) -> Iterator[ox.Quad]:
    kind = ox.RdfFormat.from_media_type(media_type)
    if kind is None:
        raise InvalidDataError("unknown-format", "'{format}' is no RDF format.", format=media_type)
    name = ox.NamedNode(graph)
    for quad in ox.parse(data, format=kind, base_iri=graph, rename_blank_nodes=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _quad(statement: tuple[Node, Node, Node], graph: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = map(to_oxigraph, statement)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise TypeError(f"{statement} is no statement.")
    return ox.Quad(subject, predicate, value, graph)


def _written(data: bytes | None) -> bytes:
    return data or b""


def _row(variables: tuple[str, ...], solution: ox.QuerySolution) -> Row:
    terms = ((name, solution[name]) for name in variables)
    return {name: to_rdflib(term) for name, term in terms if term is not None}


def to_rdflib(term: object) -> URIRef | Literal | BNode:
    """Turn a term of Oxigraph into one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = None if term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
        return Literal(term.value, datatype=datatype, normalize=False)
    raise InvalidDataError("unknown-term", "The term {term} cannot be shown.", term=str(term))


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn a term of rdflib into one of Oxigraph."""
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    return ox.NamedNode(str(term))
