"""The SPARQL endpoint speaks the protocol, and its page lets people ask without knowing it."""

import json
import xml.etree.ElementTree as ElementTree
from html import unescape

import httpx2
import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, Graph, Literal, URIRef

from tests.registry.web.edition import EARLY

PROBLEM = "application/problem+json"
SELECT = 'SELECT ?s { ?s <http://purl.org/dc/terms/identifier> "PRG003" }'
CONSTRUCT = f"CONSTRUCT {{ ?s a <urn:x> }} WHERE {{ {{ {SELECT} }} }}"
IRI = "https://w3id.org/koepel/example/germany/menschen-staerken-menschen#programme"
#: One value of more bytes than an answer may have.
LARGE = f"""SELECT ?d {{
  BIND("{"x" * 1000}" AS ?a) BIND(CONCAT(?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a) AS ?b)
  BIND(CONCAT(?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b) AS ?c)
  BIND(CONCAT(?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c) AS ?d) }}"""
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


def ask(client: TestClient, query: str, accept: str = "*/*") -> tuple[int, str, str]:
    """Put a query to the endpoint: status, media type and text of the answer."""
    response = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    return response.status_code, response.headers.get("content-type", "").partition(";")[0], response.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", JSON),
        (JSON, JSON),
        (XML, XML),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        (f"{XML};q=0.3, text/csv;q=0.4", "text/csv"),
        ("application/json", JSON),
        ("application/*", JSON),
    ],
)
def test_a_table_comes_in_the_format_that_is_preferred(
    client: TestClient, accept: str, media_type: str
) -> None:
    status, given, text = ask(client, SELECT, accept)

    assert (status, given) == (200, media_type)
    assert IRI in text


@pytest.mark.parametrize(
    ("accept", "media_type", "format_name"),
    [
        ("*/*", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
    ],
)
def test_a_graph_comes_in_the_format_that_is_preferred(
    client: TestClient, accept: str, media_type: str, format_name: str
) -> None:
    status, given, text = ask(client, CONSTRUCT, accept)

    assert (status, given) == (200, media_type)
    assert len(Graph().parse(data=text, format=format_name)) == 1


def test_results_are_well_formed(client: TestClient) -> None:
    rows = json.loads(ask(client, SELECT, JSON)[2])["results"]["bindings"]
    document = ElementTree.fromstring(ask(client, SELECT, XML)[2])  # noqa: S314 - our own answer

    assert rows == [{"s": {"type": "uri", "value": IRI}}]
    assert document.tag == "{http://www.w3.org/2005/sparql-results#}sparql"


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_a_format_that_is_not_on_offer_is_refused_honestly(client: TestClient, query: str) -> None:
    status, media_type, text = ask(client, query, "image/png")

    assert (status, media_type) == (406, PROBLEM)
    assert "text/turtle" in text


def test_a_table_is_not_given_where_only_a_graph_is_taken(client: TestClient) -> None:
    assert ask(client, SELECT, "text/turtle")[0] == 406


@pytest.mark.server_error(503)
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("SELECT * {\n ?s ?p }", 400, "query-syntax"),
        ("SELECT * { SERVICE <https://elsewhere.example/> { ?s ?p ?o } }", 400, "service-refused"),
        ("DROP ALL", 400, "update-refused"),
        (LARGE, 422, "answer-too-large"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 503, "query-too-slow"),
    ],
)
def test_what_goes_wrong_is_a_problem_document(
    client: TestClient, query: str, status: int, code: str
) -> None:
    response = client.get(
        "/sparql", params={"query": query}, headers={"accept": JSON, "accept-language": "nl"}
    )
    problem = response.json()

    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["title"]
    assert problem["detail"]


def test_a_problem_names_line_and_column(client: TestClient) -> None:
    problem = json.loads(ask(client, "SELECT * {\n ?s ?p }")[2])

    assert (problem["line"], problem["column"]) == (2, 2)


def test_a_browser_is_led_to_the_page(client: TestClient) -> None:
    response = client.get(
        "/sparql", params={"query": SELECT}, headers={"accept": "text/html", "accept-language": "es"}
    )

    assert response.status_code == 303
    assert response.headers["location"].startswith("/es/sparql?query=SELECT")


@pytest.mark.parametrize("extension", ["json", "xml", "csv", "tsv"])
def test_a_result_can_be_taken_along_as_a_file(client: TestClient, extension: str) -> None:
    assert IRI in client.get(f"/sparql.{extension}", params={"query": SELECT}).text


def test_the_page_shows_results_with_links(client: TestClient) -> None:
    page = client.get("/en/sparql", params={"query": SELECT}).text

    assert 'href="/en/programmes/germany/menschen-staerken-menschen/programme"' in page
    assert "Rows: 1" in page


def test_the_page_tells_a_mistake_where_it_was_made(client: TestClient) -> None:
    response = client.get("/de/sparql", params={"query": "SELECT <script>"})

    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.text
    assert "SELECT &lt;script&gt;" in response.text


def test_the_page_offers_files_where_an_answer_is_too_large_for_a_page(address: str) -> None:
    page = httpx2.get(f"{address}/fr/sparql", params={"query": LARGE})
    (link,) = (part for part in page.text.split('"') if part.startswith("/sparql.csv?query="))

    file = httpx2.get(address + unescape(link))

    assert (page.status_code, file.status_code) == (422, 200)
    assert len(file.content) > 2_000_000


def test_every_example_brings_an_answer(client: TestClient) -> None:
    page = client.get("/en/sparql").text
    section = page.partition('aria-labelledby="examples"')[2]
    links = [part.partition('"')[0].replace("&amp;", "&") for part in section.split('href="/en/sparql?')[1:]]

    assert len(links) >= 5
    for link in links:
        answer = client.get(f"/en/sparql?{link}")
        assert (answer.status_code, "<td>" in answer.text) == (200, True)


def test_the_bare_address_tells_programs_what_there_is_and_leads_people_to_the_page(
    client: TestClient,
) -> None:
    described = client.get("/sparql", headers={"accept": "text/turtle"})
    led = client.get("/sparql", headers={"accept": "text/html", "accept-language": "ca"})

    graph = Graph().parse(data=described.text, format="turtle")
    service = URIRef("http://testserver/sparql")
    assert (service, RDF.type, URIRef("http://www.w3.org/ns/sparql-service-description#Service")) in graph
    assert Literal(described.headers["koepel-snapshot"]) in graph.objects()
    assert (led.status_code, led.headers["location"]) == (303, "/ca/sparql")


def test_an_older_state_can_be_asked(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?project a <def#Project> }"

    early, now = (
        client.get("/sparql.csv", params={"query": count, **state}) for state in ({"snapshot": EARLY}, {})
    )

    assert int(early.text.split()[1]) < int(now.text.split()[1])
    assert early.headers["koepel-snapshot"] != now.headers["koepel-snapshot"]
    assert early.headers["etag"] != now.headers["etag"]


def test_the_description_of_an_older_state_names_that(client: TestClient) -> None:
    described = client.get("/sparql", params={"snapshot": EARLY}, headers={"accept": "application/n-triples"})

    assert f"<http://testserver/sparql?snapshot={EARLY}>" in described.text
    assert f'"{described.headers["koepel-snapshot"]}"' in described.text
