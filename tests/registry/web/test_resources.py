"""One address for people and programs: terms, codes, standards and documents as each prefers."""

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from registry.validation.composition import compose
from registry.validation.standard import load_library
from registry.vocabulary import CODE, KOEPEL
from tests.registry.web.edition import DAY, STRANGER

TURTLE, JSON_LD, HTML = "text/turtle", "application/ld+json", "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DOCUMENT = "https://w3id.org/koepel/example/germany/bagfa"
ADDRESSES = {
    "/def": "/en/vocabulary",
    "/def/Programme": "/en/def/Programme",
    "/def/actor": "/en/def/actor",
    "/code/task": "/en/code/task",
    "/code/task/fund": "/en/code/task/fund",
    "/standard/cms": "/en/standards/cms",
    "/standard/criteria": "/en/standards/criteria",
    "/example/germany/bagfa": "/en/organisations/germany/bagfa/organisation",
    f"/graphs?graph={DOCUMENT}": "/en/organisations/germany/bagfa/organisation",
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        (BROWSER, 303, ""),
        ("*/*", 303, ""),
        (TURTLE, 200, TURTLE),
        (f"{JSON_LD}, {TURTLE};q=0.5", 200, JSON_LD),
        (f"{HTML};q=0.2, application/n-triples", 200, "application/n-triples"),
        ("application/*, text/*;q=0.1", 200, JSON_LD),
        (f"{HTML};q=0, {TURTLE}", 200, TURTLE),
        ("application/rdf+xml", 200, "application/rdf+xml"),
        ("image/png", 406, "application/problem+json"),
        (f"{TURTLE};q=0", 406, "application/problem+json"),
    ],
)
def test_the_format_follows_the_wish_of_the_reader(
    client: TestClient, address: str, accept: str, status: int, media_type: str
) -> None:
    response = client.get(address, headers={"accept": accept})

    assert response.status_code == status
    assert response.headers.get("content-type", "").partition(";")[0] == media_type
    if status != 406:
        assert "accept" in response.headers["vary"]


@pytest.mark.parametrize(("address", "page"), ADDRESSES.items(), ids=ADDRESSES)
def test_people_are_led_to_a_page_that_is_there(client: TestClient, address: str, page: str) -> None:
    response = client.get(address, headers={"accept": BROWSER, "accept-language": "en"})

    assert response.headers["location"] == page
    assert client.get(page, headers={"accept": BROWSER}).status_code == 200


def test_the_page_is_in_the_language_of_the_reader(client: TestClient) -> None:
    response = client.get("/def/Programme", headers={"accept": BROWSER, "accept-language": "ca"})

    assert response.headers["location"] == "/ca/def/Programme"
    assert "accept-language" in response.headers["vary"]


def test_a_term_says_in_turtle_what_it_means(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/def/ControllingDirector.ttl").text, format="turtle")

    assert set(graph.objects(KOEPEL.ControllingDirector, SKOS.definition))
    assert {subject for subject in graph.subjects() if isinstance(subject, URIRef)} == {
        KOEPEL.ControllingDirector
    }


def test_a_code_list_comes_with_its_codes(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/code/outcome.jsonld").text, format="json-ld")

    assert CODE["outcome/met"] in set(graph.subjects(SKOS.inScheme, CODE.outcome))


def test_a_module_and_a_property_of_one_name_share_an_address(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/def/actor.ttl").text, format="turtle")

    assert {KOEPEL.actor, URIRef("https://w3id.org/koepel/def/actor")} <= set(graph.subjects())


def test_a_document_is_given_as_it_was_taken_in(client: TestClient) -> None:
    graph = Graph().parse(data=client.get(f"/graphs.ttl?graph={STRANGER}").text, format="turtle")

    assert set(map(str, graph.subjects())) == {STRANGER, f"{STRANGER}#project", f"{STRANGER}#org"}


def test_turtle_is_written_with_the_prefixes_of_the_examples(client: TestClient) -> None:
    text = client.get("/example/germany/impulspatenschaften", headers={"accept": TURTLE}).text

    assert "koepel:intensity intensity:low" in text
    assert "dct:audience target-group:refugee" in text


def test_a_standard_is_given_as_shacl_core(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/standards/cms.ttl").text, format="turtle")
    library = load_library()

    shapes = set(compose(library, library.standard("cms"), DAY).checks)
    assert shapes <= set(graph.subjects())


@pytest.mark.parametrize(
    "address",
    [
        "/def/NoSuchTerm",
        "/def/NoSuchTerm.ttl",
        "/def/Programme> <urn:x",
        "/code/no-such-list",
        "/code/task/no-such-code",
        "/standard/no-such-standard",
        "/standards/no-such-standard.ttl",
        "/example/no/document",
        "/graphs?graph=urn:x",
        "/graphs.ttl?graph=https://w3id.org/koepel/example/germany/bagfa> {?s ?p ?o} } #",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    response = client.get(address, headers={"accept": TURTLE})

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/def/Programme.exe", f"/graphs.exe?graph={DOCUMENT}", "/def.trig"])
def test_an_unknown_ending_is_no_format(client: TestClient, address: str) -> None:
    assert client.get(address).status_code in {404, 406}
