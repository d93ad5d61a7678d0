"""Turtle and JSON-LD that say the same as what they were made from."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from federation.publishing.writing.jsonld import embed, write_json_ld
from federation.publishing.writing.turtle import write_turtle
from registry.draft import read_draft
from registry.ingest.document import read_document

ROOT = Path(__file__).parents[3] / "examples"
HOME = "https://buddy.example/one"
#: The longest and the oddest of each country, and all that are made up.
NAMES = (
    "fictitious/complete-project",
    "countries/catalonia/pcr-mentoring",
    "countries/flanders/geraardsbergen",
    "countries/germany/menschen-staerken-menschen",
    "countries/netherlands/lokale-initiatieven",
)


@pytest.mark.parametrize("name", NAMES)
def test_both_forms_say_the_same_as_the_original(name: str) -> None:
    original = read_draft((ROOT / f"{name}.ttl").read_bytes(), name)
    base = next(str(one) for one in original.graph.subjects() if isinstance(one, URIRef)).partition("#")[0]

    turtle = read_document(
        write_turtle(original.graph, base).encode(), media_type="text/turtle", address=base
    )
    written = write_json_ld(original.graph, base).encode()
    json_ld = read_document(written, media_type="application/ld+json", address=base)

    assert turtle.digest == json_ld.digest == original.digest


def test_the_order_of_statements_makes_no_difference() -> None:
    turtle = (ROOT / "fictitious/complete-project.ttl").read_bytes()
    once, again = (read_draft(turtle, name).graph for name in ("a.ttl", "b.ttl"))

    assert write_turtle(once, HOME) == write_turtle(again, HOME)
    assert write_json_ld(once, HOME) == write_json_ld(again, HOME)


def test_parts_that_point_at_each_other_stand_apart() -> None:
    one, two, end = BNode("c14n0"), BNode("c14n1"), BNode("c14n2")
    graph = Graph()
    graph.add((one, DCTERMS.relation, two)).add((two, DCTERMS.relation, one)).add(
        (two, DCTERMS.relation, end)
    )

    assert len(Graph().parse(data=write_turtle(graph, HOME), format="turtle")) == 3
    assert len(json.loads(write_json_ld(graph, HOME))["@graph"]) == 2


def test_a_name_that_looks_like_a_prefix_stays_what_it_is() -> None:
    graph = Graph().add((URIRef(HOME), DCTERMS.relation, URIRef("schema:name")))

    written = write_json_ld(graph, HOME).encode()

    found = read_document(written, media_type="application/ld+json", address=HOME).graph
    assert set(found.objects()) == {URIRef("schema:name")}


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives_in_both_forms(words: str) -> None:
    graph = Graph().add((URIRef(HOME), DCTERMS.title, Literal(words, lang="nl")))

    turtle = Graph().parse(data=write_turtle(graph, HOME), format="turtle")
    told = json.loads(embed(write_json_ld(graph, HOME)))["@graph"][0]["dct:title"]

    assert [str(one) for one in turtle.objects()] == [words]
    assert told == {"@value": words, "@language": "nl"}


def test_a_block_cannot_end_the_script_around_it() -> None:
    hostile = "</script><!-- <script> ]]> & \u2028 \" '"
    graph = Graph().add((URIRef(HOME), DCTERMS.title, Literal(hostile, lang="nl")))

    block = embed(write_json_ld(graph, HOME))

    assert not set("<>&\u2028") & set(block)
    assert json.loads(block)["@graph"][0]["dct:title"]["@value"] == hostile


def test_names_are_relative_to_the_document_and_to_nothing_that_begins_alike() -> None:
    graph = Graph().add((URIRef(HOME + "#project"), DCTERMS.relation, URIRef(HOME + "-and-only")))

    written = write_turtle(graph, HOME)

    assert "<#project> dct:relation <https://buddy.example/one-and-only>" in written
