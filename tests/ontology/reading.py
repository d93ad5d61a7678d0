"""Reads Turtle files into one graph and tells which terms are ours."""

from pathlib import Path

from rdflib import RDFS, Graph, URIRef

from registry.vocabulary import KOEPEL

ROOT = Path(__file__).parents[2]


def read(*paths: Path) -> Graph:
    """Read files into one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def terms(graph: Graph) -> set[URIRef]:
    """List the terms that a graph defines."""
    return {term for term in graph.subjects(RDFS.isDefinedBy) if isinstance(term, URIRef)}


def local_name(term: URIRef) -> str:
    """Give the part of a term's IRI that differs from term to term."""
    return term.removeprefix(KOEPEL)
