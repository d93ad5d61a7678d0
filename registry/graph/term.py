"""Terms and statements on their way between rdflib and Oxigraph, which write them differently."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef

from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

    from registry.graph.store import Statement

__all__ = ["parsed", "to_oxigraph", "to_quad", "to_rdflib", "written"]

NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML cannot hold (XML 1.0, rule 2)."""


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


def to_quad(statement: Statement, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """Turn a statement of rdflib into one of Oxigraph, in a graph."""
    subject, predicate, value = map(to_oxigraph, statement)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise TypeError(f"{statement} is no statement.")
    return ox.Quad(subject, predicate, value, graph)


def parsed(graph: str, data: bytes, media_type: str, *, keep_labels: bool = False) -> Iterator[ox.Quad]:
    """Read a document as the statements of a named graph.

    Things without a name get new labels unless theirs are kept, because two documents may use the same ones.
    """
    kind = ox.RdfFormat.from_media_type(media_type)
    if kind is None:
        raise InvalidDataError("unknown-format", "'{format}' is no RDF format.", format=media_type)
    name = ox.NamedNode(graph)
    for quad in ox.parse(data, format=kind, base_iri=graph, rename_blank_nodes=not keep_labels):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def written(statements: Iterable[Statement], media_type: str, prefixes: Mapping[str, str]) -> bytes:
    """Write statements down so that nothing is lost or altered, those about one subject together.

    Raises:
        ValueError: The format has no way to say one of them.
    """
    kind = ox.RdfFormat.from_media_type(media_type)
    if kind is None:
        raise InvalidDataError("unknown-format", "'{format}' is no RDF format.", format=media_type)
    found = tuple(statements)
    if kind == ox.RdfFormat.RDF_XML and any(NOT_IN_XML.search(str(value)) for _, _, value in found):
        raise ValueError("XML has no way to write a character in a text.")
    try:
        triples = sorted((to_quad(one, ox.DefaultGraph()).triple for one in found), key=str)
        return ox.serialize(triples, format=kind, prefixes=dict(prefixes)) or b""
    except OSError as error:
        raise ValueError(str(error)) from error
