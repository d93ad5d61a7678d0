"""Which parts of a description stand inside others when it is written down, and in which order things come.

A part without a name stands inside the one thing that points to it. What several things point to, or what
points to itself by a detour, stands apart under a label. The same statements always give the same text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import FOAF

import ontology
from ontology.context import PREFIXES
from registry.report.snippet import NAMESPACES
from registry.vocabulary import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

__all__ = ["Layout", "shorten", "spaces"]

DEEPEST: Final = 20
LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[\w-]*[A-Za-z0-9_])?", re.ASCII)
#: Namespaces that lie inside another are given up; the short names of code lists say the same.
LEFT_OUT: Final = frozenset({"code", "crit"})


class Layout:
    """Says of one graph what stands inside what, and what comes first."""

    def __init__(self, graph: Graph, document: str) -> None:
        self.graph = graph
        self.inside = self._reachable(self._single_owners())
        self.labels: Mapping[Node, str] = _labels(graph, self.inside)
        own = URIRef(document)
        main = set(graph.objects(own, FOAF.primaryTopic))
        self.subjects = sorted(
            {one for one in graph.subjects() if one not in self.inside},
            key=lambda one: (
                one != own,
                one not in main,
                isinstance(one, BNode),
                self.labels.get(one, str(one)),
            ),
        )
        """What stands apart: the document, what it is mainly about, and the others."""

    def _single_owners(self) -> set[Node]:
        return {
            one
            for one in set(self.graph.subjects())
            if isinstance(one, BNode) and len(list(self.graph.subject_predicates(one))) == 1
        }

    def _reachable(self, single: set[Node]) -> set[Node]:
        """Keep the parts that a thing with a name leads to, in a bearable number of steps."""
        found: set[Node] = set()
        level = {one for one in self.graph.subjects() if one not in single}
        for _ in range(DEEPEST):
            level = {value for one in level for value in self.graph.objects(one) if value in single} - found
            found |= level
        return found

    def properties(self, subject: Node) -> list[URIRef]:
        """List the properties of a thing: first what it is, then in the order of their names."""
        found = {one for one in self.graph.predicates(subject) if isinstance(one, URIRef)}
        return sorted(found, key=lambda one: (one != RDF.type, shorten(one) or one))


def spaces() -> dict[str, str]:
    """Give the namespaces with their usual prefixes.

    >>> spaces()["target-group"]
    'https://w3id.org/koepel/code/target-group/'
    """
    schemes = {path.stem: f"{CODE}{path.stem}/" for path in ontology.codelist_files()}
    known = {**PREFIXES, **NAMESPACES, **schemes}
    return {prefix: known[prefix] for prefix in sorted(known) if prefix not in LEFT_OUT}


def shorten(iri: str) -> str:
    """Write an IRI with a prefix, or give nothing where that cannot be done.

    >>> shorten("http://purl.org/dc/terms/title"), shorten("https://buddy.example/#project")
    ('dct:title', '')
    """
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _prefixes().get(iri[:end])
    return f"{prefix}:{iri[end:]}" if prefix and LOCAL.fullmatch(iri[end:]) else ""


@cache
def _prefixes() -> dict[str, str]:
    return {space: prefix for prefix, space in spaces().items()}


def _labels(graph: Graph, inside: set[Node]) -> dict[Node, str]:
    """Name the parts that stand apart, in the order of the labels that they came with."""
    parts = {one for triple in graph for one in (triple[0], triple[2]) if isinstance(one, BNode)} - inside
    ordered = sorted(parts, key=lambda one: (len(one), str(one)))
    return {one: f"b{number}" for number, one in enumerate(ordered, start=1)}
