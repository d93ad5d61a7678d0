"""What another server answered, read strictly: whatever is not well formed is an error and no row.

The terms are checked by the store's own parser; what they can hold cannot end an IRI or a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["Statements", "Table", "Term", "read_statements", "read_table", "write_dataset"]

STRING: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]
Statements = tuple[ox.Triple, ...]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Table:
    """Rows under the names of variables; a gap is where a row says nothing."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    def with_iris(self, prefix: str) -> Table:
        """Give things without a name an IRI that begins so: only what has a name can stand in a query.

        RDF 1.1 Concepts, section 3.5, says how such an IRI looks: `/.well-known/genid/`.
        """
        return self._changed(lambda node: ox.NamedNode(f"{prefix}{node.value}"))

    def with_labels(self, prefix: str) -> Table:
        """Give things without a name labels that begin so, because two servers may use the same ones."""
        return self._changed(lambda node: ox.BlankNode(f"{prefix}{node.value}"))

    @classmethod
    def of_truth(cls, name: str, *, value: bool) -> Table:
        """Write the answer to ASK as one row."""
        return cls((name,), ((ox.Literal(value),),))

    def cells(self) -> Iterator[dict[str, dict[str, str]]]:
        """Describe each row as a result in JSON does (SPARQL 1.1 Query Results JSON Format, section 3.2)."""
        for row in self.rows:
            yield {
                name: _cell(term) for name, term in zip(self.variables, row, strict=True) if term is not None
            }

    def _changed(self, change: Callable[[ox.BlankNode], Term]) -> Table:
        def changed(term: Term | None) -> Term | None:
            return change(term) if isinstance(term, ox.BlankNode) else term

        return Table(self.variables, tuple(tuple(map(changed, row)) for row in self.rows))


def read_table(data: bytes) -> Table | bool:
    """Read the answer to SELECT or ASK (SPARQL 1.1 Query Results JSON Format).

    >>> read_table(b'{"head": {}, "boolean": true}')
    True
    >>> read_table(b"<html>It works!</html>")
    Traceback (most recent call last):
    ValueError: Parser error at line 1 column 1: Unexpected char: '<' (line 1)
    """
    return _strictly(_read_table, data)


def read_statements(data: bytes) -> Statements:
    """Read the answer to CONSTRUCT or DESCRIBE, in N-Triples.

    Raises:
        ValueError: It is none.
    """
    return _strictly(_read_statements, data)


def write_dataset(
    graphs: Mapping[str, Iterable[ox.Triple]], notes: Iterable[tuple[str, str]], media_type: str
) -> bytes:
    """Write statements down, each in the named graph of who made it, with notes beside the graphs.

    Args:
        graphs: The statements by the name of the graph.
        notes: Things, and what is to be said of each (`rdfs:comment`).
        media_type: TriG, N-Quads or JSON-LD.
    """
    comment = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    quads = [ox.Quad(ox.NamedNode(thing), comment, ox.Literal(text)) for thing, text in notes]
    for number, (name, triples) in enumerate(graphs.items(), 1):
        quads += (_placed(triple, name, f"p{number}-") for triple in triples)
    return ox.serialize(quads, format=ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TRIG) or b""


def _strictly(read: Callable[[bytes], Found], data: bytes) -> Found:
    try:
        return read(data)
    except (SyntaxError, ValueError) as error:
        reason = str(error)
    # Only here does no error hold on to the parser, which may not be let go of in another thread.
    raise ValueError(reason)


def _read_table(data: bytes) -> Table | bool:
    found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    rows = tuple(tuple(map(_known, row)) for row in found)
    return Table(tuple(variable.value for variable in found.variables), rows)


def _read_statements(data: bytes) -> Statements:
    return tuple(_plain(quad.triple) for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))


def _cell(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    plain = {"type": "literal", "value": term.value}
    return plain if term.datatype == STRING else {**plain, "datatype": term.datatype.value}


def _placed(triple: ox.Triple, graph: str, prefix: str) -> ox.Quad:
    """Put a statement into a graph; things without a name get labels that no other graph uses."""

    def own(label: str) -> ox.BlankNode:
        return ox.BlankNode(f"{prefix}{label}")

    subject, value = triple.subject, triple.object
    return ox.Quad(
        own(subject.value) if isinstance(subject, ox.BlankNode) else subject,
        triple.predicate,
        own(value.value) if isinstance(value, ox.BlankNode) else value,
        ox.NamedNode(graph),
    )


def _plain(triple: ox.Triple) -> ox.Triple:
    for term in triple:
        _known(term)
    return triple


def _known(term: object) -> Term | None:
    """Take a term that can be handed on; a statement about a statement is none."""
    if term is None or isinstance(term, ox.NamedNode | ox.BlankNode):
        return term
    if isinstance(term, ox.Literal) and term.direction is None:
        return term
    raise ValueError(f"{term} is no term of RDF 1.1")
