"""What things, properties and values are called."""

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from registry.report.naming import Names
from registry.vocabulary import KOEPEL
from tests.registry.sample import PREFIXES

THINGS = """
@base <https://buddy.example/profile> .
<#bridge> a koepel:Project ; dct:title "De Brug"@nl, "The Bridge"@en ; koepel:training <#course> ;
  koepel:document [ a koepel:Document ; dct:source [ dct:format "pdf" ] ] .
<#buddies> a foaf:Organization ; foaf:name "Els amics"@ca .
<#s1> a koepel:Statement ; dct:identifier "S-01" ; koepel:about <#bridge> .
<#course> a koepel:Training .
<#bad> dct:title "red \\u001b[31m" .
<#unknown> koepel:about <#bridge> .
"""
GRAPH = Graph().parse(data=PREFIXES + THINGS, format="turtle")
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:plain> sh:path koepel:mentorTrainingHours .
<urn:sequence> sh:path ( koepel:training koepel:trainingTopic ) .
<urn:choice> sh:path [ sh:alternativePath ( dct:title foaf:name ) ] .
<urn:inverse> sh:path [ sh:inversePath koepel:about ] .
<urn:repeated> sh:path [ sh:oneOrMorePath koepel:partOfProgramme ] .
"""


def thing(fragment: str) -> URIRef:
    """Find a thing of the description above."""
    return URIRef(f"https://buddy.example/profile#{fragment}")


def inside(owner: Node, predicate: URIRef) -> Node:
    """Find the part that a thing has by a property."""
    found = GRAPH.value(owner, predicate)
    assert isinstance(found, BNode)
    return found


@pytest.mark.parametrize(
    ("fragment", "language", "name"),
    [
        ("bridge", "nl", "De Brug"),
        ("bridge", "fr", "The Bridge"),
        ("buddies", "de", "Els amics"),
        ("s1", "nl", "uitspraak S-01"),
        ("course", "de", "Schulung course"),
        ("bad", "en", "red \\u001b[31m"),
        ("unknown", "en", "thing without a name unknown"),
    ],
)
def test_a_thing_is_called_by_its_name_or_else_by_what_it_is(fragment: str, language: str, name: str) -> None:
    assert Names(GRAPH, language).thing(thing(fragment)) == name


def test_a_part_without_a_name_is_called_by_what_it_is_and_whose_it_is() -> None:
    part = inside(thing("bridge"), KOEPEL.document)

    assert Names(GRAPH, "nl").thing(part) == "De Brug › document"


def test_a_part_of_a_part_without_a_class_is_called_by_the_property_that_leads_there() -> None:
    part = inside(inside(thing("bridge"), KOEPEL.document), URIRef("http://purl.org/dc/terms/source"))

    assert Names(GRAPH, "en").thing(part) == "The Bridge › document › source"


def test_parts_that_own_each_other_still_get_a_name() -> None:
    graph = Graph().parse(data="@prefix a: <urn:a:> . _:x a:of _:y . _:y a:of _:x .", format="turtle")

    assert all(Names(graph, "en").thing(one) for one in graph.subjects())


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        ("plain", "uren mentortraining vóór de eerste ontmoeting"),
        ("sequence", "training › onderwerp van de training"),
        ("choice", "titel / naam"),
        ("inverse", "over (elders vermeld)"),
        ("repeated", "onderdeel van programma"),
    ],
)
def test_a_path_is_named_step_by_step(shape: str, name: str) -> None:
    shapes = Graph().parse(data=PREFIXES + SHAPES, format="turtle")
    path = shapes.value(URIRef(f"urn:{shape}"), URIRef("http://www.w3.org/ns/shacl#path"))

    assert Names(GRAPH, "nl").path(shapes, path) == name


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Literal("a\nb"), "a\\u000ab"),
        (Literal("x" * 500), "x" * 79 + "…"),
        (URIRef("https://w3id.org/koepel/code/target-group/refuge"), "target-group:refuge"),
        (thing("bridge"), "The Bridge"),
        (URIRef("https://elsewhere.example/page"), "https://elsewhere.example/page"),
        (BNode("part"), ""),
    ],
)
def test_a_value_is_shown_as_it_was_written_and_made_harmless(value: Node, shown: str) -> None:
    assert Names(GRAPH, "en").value(value) == shown
