"""Everything can be asked for again by its identifier or its IRI."""

import pytest

from registry.graphql_api.thing.node import identify
from tests.registry.graphql_api.conftest import Ask, Put

EXAMPLE = "https://w3id.org/koepel/example"
STANDARD = "https://w3id.org/koepel/standard"
IRIS = {
    "Initiative": f"{EXAMPLE}/germany/impulspatenschaften#project",
    "Organisation": f"{EXAMPLE}/germany/bagfa#organisation",
    "TaskAssignment": f"{EXAMPLE}/germany/impulspatenschaften#bagfa-initiates",
    "Statement": f"{EXAMPLE}/germany/impulspatenschaften#PRJ001-aims-1",
    "Source": f"{EXAMPLE}/papers#hiva-2020",
    "Document": f"{EXAMPLE}/germany/impulspatenschaften",
    "Standard": f"{STANDARD}/cms#standard",
    "Requirement": f"{STANDARD}/cms#R1",
    "Criterion": f"{STANDARD}/criteria#Q11",
    "Code": "https://w3id.org/koepel/code/target-group/refugee",
    "CodeList": "https://w3id.org/koepel/code/target-group",
    "ComparisonTable": "https://w3id.org/koepel/table/5.1",
    "LabelScheme": f"{EXAMPLE}/catalonia/coordinadora-de-mentoria-social#label-scheme",
    "Resource": f"{EXAMPLE}/germany/impulspatenschaften#objective-low-threshold",
}
NODE = "query($id: ID!) { node(id: $id) { __typename id iri } }"
THING = "query($iri: String!) { thing(iri: $iri) { __typename id iri } }"


@pytest.mark.parametrize("kind", IRIS)
def test_a_thing_has_one_identifier_and_one_iri(ask: Ask, kind: str) -> None:
    expected = {"__typename": kind, "id": identify(kind, IRIS[kind]), "iri": IRIS[kind]}

    assert ask(THING, iri=IRIS[kind])["thing"] == expected
    assert ask(NODE, id=expected["id"])["node"] == expected


def test_several_come_in_the_order_asked_for(ask: Ask) -> None:
    nobody = identify("Organisation", "https://nobody.example/")
    ids = [identify(kind, iri) for kind, iri in IRIS.items()]

    found = ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[*ids, nobody, ids[0]])["nodes"]
    assert [one and one["id"] for one in found] == [*ids, None, ids[0]]


@pytest.mark.parametrize(
    ("kind", "iri"),
    [("Organisation", IRIS["Initiative"]), ("Source", IRIS["Statement"]), ("Thing", IRIS["Initiative"])],
)
def test_nothing_is_found_under_another_kind(ask: Ask, kind: str, iri: str) -> None:
    assert ask(NODE, id=identify(kind, iri)) == {"node": None}


@pytest.mark.parametrize(
    "id", ["", "7", "SW5pdGlhdGl2ZQ", identify("Nothing", IRIS["Source"]), identify("Source", "a b")]
)
def test_what_was_made_up_is_no_identifier(put: Put, id: str) -> None:
    assert put(NODE, id=id).errors[0]["extensions"]["code"] in {"UNKNOWN_IDENTIFIER", "NO_IRI"}


@pytest.mark.parametrize("iri", ["", "nobody", "https://a b", "> } SELECT", "\x00", "http://[", "urn:\ud800"])
def test_what_is_no_iri_is_said_to_be_none(put: Put, iri: str) -> None:
    assert put(THING, iri=iri).errors[0]["extensions"]["code"] == "NO_IRI"


@pytest.mark.parametrize("iri", ["https://nobody.example/", "urn:nobody", "https://w3id.org/koepel/code/x"])
def test_what_nobody_states_anything_of_is_null(ask: Ask, iri: str) -> None:
    assert ask(THING, iri=iri) == {"thing": None}


def test_single_things_are_found_by_their_own_fields(ask: Ask) -> None:
    text = """query($project: String!, $organisation: String!, $document: String!) {
      initiative(iri: $project) { iri } organisation(iri: $organisation) { iri }
      document(iri: $document) { iri } standard(token: "cms") { iri }
      codeList(name: "target-group") { iri } comparisonTable(token: "5.1") { iri }
      none: initiative(iri: $organisation) { iri } neither: organisation(iri: $project) { iri }
    }"""
    given = {"project": "Initiative", "organisation": "Organisation", "document": "Document"}
    found = ask(text, **{name: IRIS[kind] for name, kind in given.items()})

    kinds = ("Initiative", "Organisation", "Document", "Standard", "CodeList", "ComparisonTable")
    assert [one and one["iri"] for one in found.values()] == [*(IRIS[kind] for kind in kinds), None, None]


@pytest.mark.parametrize(
    "text", ['{ standard(token: "cmz") { iri } }', '{ comparisonTable(token: "9") { iri } }']
)
def test_an_unknown_short_name_is_told_with_the_known_ones(put: Put, text: str) -> None:
    (error,) = put(text).errors

    assert "cms" in error["message"] or "5.1" in error["message"]
