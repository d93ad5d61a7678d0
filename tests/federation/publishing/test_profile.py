"""Descriptions made from answers, and back."""

from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF

from federation.publishing.asking.field import fields
from federation.publishing.profile import initiatives, read_profile, what_is_lost, write_profile
from registry.draft import read_draft
from registry.vocabulary import KOEPEL

EXAMPLES = Path(__file__).parents[3] / "examples" / "fictitious"
HOME = "https://w3id.org/koepel/example/fictitious/"


def example(name: str) -> tuple[str, Graph]:
    """Read an example, with the address at which it stands."""
    document = read_draft((EXAMPLES / f"{name}.ttl").read_bytes(), name)
    return HOME + name, document.graph


@pytest.mark.parametrize("name", ["complete-project", "starting-project", "private-mailbox-project"])
def test_answers_lead_to_a_description_that_holds_the_same_answers(name: str) -> None:
    address, graph = example(name)
    answers = read_profile(graph, initiatives(graph)[0])

    made = write_profile(address, answers)

    assert read_profile(made, URIRef(address + "#project")) == answers
    assert isomorphic(write_profile(address, read_profile(made, URIRef(address + "#project"))), made)


def test_nothing_is_made_up_and_what_is_left_out_is_listed() -> None:
    address, graph = example("complete-project")
    made = write_profile(address, read_profile(graph, initiatives(graph)[0]))

    lost = {one.tell("en") for one in what_is_lost(graph, made, address)}

    assert "claims to meet: https://w3id.org/koepel/standard/cms#standard" in lost
    assert "training › hours: 12" in lost
    assert "screening › applies to: Mentor" in lost
    assert not any(one.startswith("title: Voorbeeldproject") for one in lost)
    assert [one for one in what_is_lost(made, graph, address) if one.is_told and len(one.path) == 1] == []


def test_nothing_is_lost_between_equal_descriptions() -> None:
    address, graph = example("complete-project")

    assert what_is_lost(graph, graph, address) == []


def test_a_choice_that_is_a_thing_of_its_own_gets_one() -> None:
    known = fields()["screening.screeningType"]
    codes = [
        URIRef(f"https://w3id.org/koepel/code/screening-type/{one}") for one in ("interview", "references")
    ]

    made = write_profile(HOME, {known: codes})

    assert len(set(made.subjects(RDF.type, KOEPEL.ScreeningStep))) == 2


def test_a_publisher_that_describes_itself_elsewhere_is_only_named() -> None:
    known, elsewhere = fields(), URIRef("https://umbrella.example/#organisation")
    made = write_profile(
        HOME, {known["publisher.name"]: (Literal("Umbrella", lang="en"),), known["publisher"]: (elsewhere,)}
    )

    assert set(made.objects(None, DCTERMS.publisher)) == {elsewhere}
    assert not set(made.subjects(FOAF.name))
