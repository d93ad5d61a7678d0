"""Names for readers: what a thing, a property or a value is called, never by its bare IRI.

A thing has its own name, in the reader's language if it has one, else in English, else in any. What has no
name of its own is called by what it is and whose it is: "The Bridge › training".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, BNode, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, FOAF, SH, SKOS

from registry.errors import printable
from registry.report.borrowed import borrowed_name
from registry.translation import Translator
from registry.vocabulary import CODE, ENGLISH, KOEPEL, SCHEMA, Labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["Names", "choose"]

STEP: Final = " › "
OWN_NAMES: Final = (DCTERMS.title, FOAF.name, SKOS.prefLabel, SCHEMA.name, RDFS.label)
LONGEST_NAME, LONGEST_VALUE = 100, 80


def choose(texts: Mapping[str, str], language: str) -> str:
    """Take the text in the reader's language, else in English, else in any.

    >>> choose({"de": "Brücke", "en": "Bridge"}, "fr")
    'Bridge'
    >>> choose({"de": "Brücke", "ca": "Pont"}, "fr")
    'Pont'
    """
    for tongue in (language, ENGLISH, *sorted(texts)):
        if text := texts.get(tongue):
            return text
    return ""


@dataclass(frozen=True)
class Names:
    """Names the things, properties and values of one description in one language."""

    graph: Graph
    language: str

    def thing(self, node: Node) -> str:
        """Name a thing by its title, else by its identifier, else by what it is and whose it is."""
        return self._thing(node, frozenset())

    def _thing(self, node: Node, passed: frozenset[Node]) -> str:
        if name := self._own_name(node):
            return printable(name, LONGEST_NAME)
        kind = self.kind(node)
        identifier = min(self.graph.objects(node, DCTERMS.identifier), key=str, default=None)
        if isinstance(node, URIRef):
            return printable(f"{kind} {identifier or _last_part(node)}".strip(), LONGEST_NAME)
        owner = self._owner(node)
        if owner is None or owner[0] in passed:
            return kind
        return STEP.join((self._thing(owner[0], passed | {node}), kind))

    def _own_name(self, node: Node) -> str:
        for predicate in OWN_NAMES:
            found = [one for one in self.graph.objects(node, predicate) if isinstance(one, Literal)]
            names = {one.language or "": str(one).strip() for one in sorted(found, key=str)}
            if name := choose(names, self.language):
                return name
        return ""

    def kind(self, node: Node) -> str:
        """Say what a thing is: its class, else the property by which its owner points to it."""
        classes = [one for one in self.graph.objects(node, RDF.type) if isinstance(one, URIRef)]
        if classes:
            return self._term(min(classes, key=lambda one: (one not in KOEPEL, one)))
        _ = Translator("report", self.language)
        owner = self._owner(node)
        return self._term(owner[1]) if owner else _("thing without a name")

    def _owner(self, node: Node) -> tuple[Node, URIRef] | None:
        found = [(one, URIRef(str(predicate))) for one, predicate in self.graph.subject_predicates(node)]
        return min(found, key=lambda one: (isinstance(one[0], BNode), str(one[1]), str(one[0])), default=None)

    def path(self, shapes: Graph, path: Node | None) -> str:
        """Name the way that a shape looks along, step by step: "training › topics"."""
        if path is None:
            return ""
        if isinstance(path, URIRef):
            return self._term(path)
        if (path, RDF.first, None) in shapes:
            return STEP.join(self.path(shapes, step) for step in Collection(shapes, path))
        if (choices := shapes.value(path, SH.alternativePath)) is not None:
            return " / ".join(self.path(shapes, one) for one in Collection(shapes, choices))
        inverse = shapes.value(path, SH.inversePath)
        if inverse is not None:
            _ = Translator("report", self.language)
            return _("{property} (stated elsewhere)", property=self.path(shapes, inverse))
        repeated = (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)
        return next((self.path(shapes, one) for kind in repeated for one in shapes.objects(path, kind)), "")

    def value(self, node: Node) -> str:
        """Show a value as it was written, made harmless and cut; a part without a name shows nothing."""
        if isinstance(node, BNode):
            return ""
        if isinstance(node, URIRef) and (node, None, None) in self.graph:
            return self.thing(node)
        if isinstance(node, URIRef) and node in CODE:
            return printable(node.removeprefix(CODE).replace("/", ":", 1), LONGEST_VALUE)
        return printable(str(node), LONGEST_VALUE)

    def _term(self, iri: URIRef) -> str:
        return borrowed_name(iri, self.language) or Labels().label(iri, self.language)


def _last_part(iri: URIRef) -> str:
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
