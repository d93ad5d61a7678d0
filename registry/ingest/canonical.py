"""One form for equal statements, so that "unchanged" means the same statements and not the same bytes.

Two documents that say the same in another order, format or with other blank node labels get the same
canonical N-Quads (RDFC-1.0, <https://www.w3.org/TR/rdf-canon/>) and so the same hash.
"""

import hashlib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    import rdflib

__all__ = ["canonicalise", "digest", "to_graph", "use_one_schema_namespace"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SECURE_SCHEMA_TERM = re.compile(r"https://schema\.org/(\w+)")


def use_one_schema_namespace(dataset: ox.Dataset) -> tuple[ox.Dataset, int]:
    """Write the terms of schema.org with `http`, and say in how many statements that was needed.

    Both spellings are in use and mean the same term; the one with `http` is in schema.org's own context.
    """
    changed = [_with_plain_schema(quad) for quad in dataset]
    count = sum(quad not in dataset for quad in changed)
    return ox.Dataset(changed), count


def _with_plain_schema(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, _plain(quad.predicate), _plain_object(quad.object))


def _plain_object(term: Term) -> Term:
    if isinstance(term, ox.Literal) and term.language is None:
        return ox.Literal(term.value, datatype=_plain(term.datatype))
    return _plain(term) if isinstance(term, ox.NamedNode) else term


def _plain(node: ox.NamedNode) -> ox.NamedNode:
    found = SECURE_SCHEMA_TERM.fullmatch(node.value)
    return ox.NamedNode(f"http://schema.org/{found[1]}") if found else node


def canonicalise(dataset: ox.Dataset) -> bytes:
    """Write statements down in the one way that RDFC-1.0 has for them: one order, one set of labels.

    The time this takes has no bound (eight things that all point at each other take seconds, nine a minute),
    so it is called in a process that can be ended.

    >>> print(
    ...     canonicalise(
    ...         ox.Dataset(ox.parse('_:x <b:p> "1" . <a:s> <b:p> _:x .', ox.RdfFormat.TURTLE))
    ...     ).decode(),
    ...     end="",
    ... )
    <a:s> <b:p> _:c14n0 .
    _:c14n0 <b:p> "1" .
    """
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))


def digest(canonical: bytes) -> str:
    """Give the SHA-256 hash of canonical N-Quads, in hexadecimal digits.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(canonical).hexdigest()


def to_graph(canonical: bytes, *, blank_prefix: str) -> "rdflib.Graph":
    """Build an rdflib graph from canonical N-Quads, with every literal exactly as it was written.

    The labels c14n0, c14n1 … return in every document, so a prefix keeps those of two documents apart.

    >>> sorted(to_graph(b'_:c14n0 <b:p> "01" .', blank_prefix="d1"))
    [(rdflib.term.BNode('d1c14n0'), rdflib.term.URIRef('b:p'), rdflib.term.Literal('01'))]
    """
    import rdflib  # here, because the process that reads documents starts without it in a tenth of the time

    def convert(term: Term) -> rdflib.term.Node:
        match term:
            case ox.NamedNode():
                return rdflib.URIRef(term.value)
            case ox.BlankNode():
                return rdflib.BNode(blank_prefix + term.value)
            case ox.Literal():
                plain = term.language or term.datatype.value == str(rdflib.XSD.string)
                datatype = None if plain else rdflib.URIRef(term.datatype.value)
                return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        raise TypeError(f"canonical N-Quads hold no {type(term).__name__}")

    graph = rdflib.Graph()
    for quad in ox.parse(canonical, ox.RdfFormat.N_QUADS):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph
