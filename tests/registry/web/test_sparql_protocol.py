"""The SPARQL 1.1 Protocol, section 2.1: the W3C's cases about queries by their names, and some of our own."""

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest
import zstandard

from registry.graph.embedded import EmbeddedStore
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.sparql.state import freeze
from tests.registry.web.server import served

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(n) for n in (1, 2, 3))
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
TABULAR = {
    "application/sparql-results+xml",
    "application/sparql-results+json",
    "text/tab-separated-values",
    "text/csv",
}
RDF = {"application/rdf+xml", "text/turtle", "application/n-triples"}
BOTH = f"<{ONE}> a ?type . <{TWO}> a ?type ."
EACH = f"GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }}"


@dataclass(frozen=True)
class Case:
    """A request, and what must come back."""

    parameters: list[tuple[str, str]] = field(default_factory=list)
    body: str | bytes = ""
    kind: str | None = None
    method: str = "POST"
    gives: object = True
    """A truth value, the media types of which one must come, or the status of a refusal."""


def default(*graphs: str) -> list[tuple[str, str]]:
    """Name the graphs that make up the default graph."""
    return [("default-graph-uri", graph) for graph in graphs]


def named(*graphs: str) -> list[tuple[str, str]]:
    """Name the named graphs."""
    return [("named-graph-uri", graph) for graph in graphs]


def query(text: str) -> list[tuple[str, str]]:
    """Put a query into the address."""
    return [("query", text)]


ZERO = default(DATA.format(0))
CASES = {
    "query_get": Case([*query("ASK {}"), *ZERO], method="GET"),
    "query_post_form": Case(ZERO, f"query={quote('ASK {}')}", FORM),
    "query_post_direct": Case([], "ASK {}", DIRECT),
    "query_dataset_default_graphs_get": Case([*query(f"ASK {{ {BOTH} }}"), *default(ONE, TWO)], method="GET"),
    "query_dataset_default_graphs_post": Case(default(ONE, TWO), f"ASK {{ {BOTH} }}", DIRECT),
    "query_dataset_named_graphs_get": Case([*query(f"ASK {{ {EACH} }}"), *named(ONE, TWO)], method="GET"),
    "query_dataset_named_graphs_post": Case(named(ONE, TWO), f"ASK {{ {EACH} }}", DIRECT),
    "query_dataset_full": Case(
        [*default(THREE), *named(ONE, TWO)], f"ASK {{ <{THREE}> a ?type {EACH} }}", DIRECT
    ),
    "query_multiple_dataset": Case(named(ONE, TWO), f"ASK FROM <{THREE}> {{ {EACH} }}", DIRECT),
    "query_content_type_select": Case(ZERO, "SELECT (1 AS ?value) {}", DIRECT, gives=TABULAR),
    "query_content_type_ask": Case(ZERO, "ASK {}", DIRECT, gives=TABULAR),
    "query_content_type_describe": Case(ZERO, "DESCRIBE <http://example.org/>", DIRECT, gives=RDF),
    "query_content_type_construct": Case(ZERO, "CONSTRUCT { <s> <p> 1 } WHERE {}", DIRECT, gives=RDF),
    "bad_query_method": Case([*query("ASK {}"), *ZERO], "", FORM, "PUT", gives=405),
    "bad_multiple_queries": Case([*query("ASK {}"), *query("SELECT * {}")], method="GET", gives=400),
    "bad_query_wrong_media_type": Case([], "ASK {}", "text/plain", gives=415),
    "bad_query_missing_form_type": Case([], f"query={quote('ASK {}')}", gives=415),
    "bad_query_missing_direct_type": Case([], "ASK {}", gives=415),
    "bad_query_non_utf8": Case([], "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16", gives=415),
    "bad_query_syntax": Case(query("ASK {"), method="GET", gives=400),
    # Our own.
    "the_protocol_comes_before_the_query": Case(
        default(ONE), f"ASK FROM <{TWO}> {{ <{TWO}> a ?type }}", DIRECT, gives=False
    ),
    "what_is_no_default_graph_is_not_asked": Case(
        default(ONE), f"ASK {{ <{TWO}> a ?type }}", DIRECT, gives=False
    ),
    "what_is_no_named_graph_is_not_asked": Case(
        named(ONE), f"ASK {{ GRAPH ?g {{ <{TWO}> a ?type }} }}", DIRECT, gives=False
    ),
    "a_query_may_be_empty_and_is_a_mistake_then": Case(query(""), method="GET", gives=400),
    "no_query_in_a_form": Case([], "", FORM, gives=400),
    "a_graph_without_a_proper_name": Case([*query("ASK {}"), *default("no name")], method="GET", gives=400),
    "an_update_in_a_form": Case([], "update=DROP%20ALL", FORM, gives=400),
    "an_update_as_it_is": Case([], "DROP ALL", "application/sparql-update", gives=400),
    "an_update_as_a_query": Case([], "DROP ALL", DIRECT, gives=400),
    "text_that_is_none": Case([], b"ASK { \xff }", DIRECT, gives=400),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A program that asks a registry of three documents."""
    home = Home(tmp_path_factory.mktemp("protocol"))
    with home.opened_graph() as store:
        _fill(store)
        freeze(home.folder, store)
    app = create_app(home, Settings(home=home.folder))
    with served(app) as address, httpx2.Client(base_url=address) as client:
        yield client


def _fill(store: EmbeddedStore) -> None:
    for graph in (ONE, TWO, THREE):
        store.load(f"<{graph}> a <http://xmlns.com/foaf/0.1/Document> .".encode(), graph=graph)


def ask(client: httpx2.Client, case: Case) -> httpx2.Response:
    """Send a request as it is told."""
    address = f"/sparql?{urlencode(case.parameters)}" if case.parameters else "/sparql"
    headers = {"content-type": case.kind} if case.kind else {}
    return client.request(case.method, address, content=case.body or None, headers=headers)


@pytest.mark.parametrize("name", CASES)
def test_a_request_is_answered_as_the_protocol_says(client: httpx2.Client, name: str) -> None:
    case = CASES[name]

    response = ask(client, case)

    match case.gives:
        case bool(truth):
            assert (response.status_code, response.json()["boolean"]) == (200, truth)
        case int(status):
            assert (response.status_code, response.json()["status"]) == (status, status)
        case _:
            assert response.status_code == 200
            assert response.headers["content-type"].partition(";")[0] in case.gives  # type: ignore[operator]


def test_only_queries_are_for_everybody_and_which_methods_there_are_is_told(client: httpx2.Client) -> None:
    allowed = {client.request(method, "/sparql").headers["allow"] for method in ("OPTIONS", "PUT", "DELETE")}

    assert allowed == {"GET, HEAD, POST, OPTIONS"}


def test_the_head_of_an_answer_is_had_without_the_answer(client: httpx2.Client) -> None:
    address = f"/sparql?{urlencode(query('ASK {}'))}"

    head, get = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "koepel-snapshot", "vary"):
        assert head.headers[name] == get.headers[name]


def test_a_script_of_another_site_may_ask(client: httpx2.Client) -> None:
    asks = {"origin": "https://portal.example", "access-control-request-method": "POST"}

    permission = client.options("/sparql", headers=asks).headers
    answer = client.get("/sparql", params={"query": "ASK {"}, headers=asks).headers

    assert permission["access-control-allow-origin"] == answer["access-control-allow-origin"] == "*"
    assert "POST" in permission["access-control-allow-methods"]
    assert "retry-after" in answer["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("coding", "read"), [("gzip", gzip.open), ("zstd", zstandard.open)], ids=["gzip", "zstd"]
)
def test_an_answer_travels_compressed_to_who_takes_it_so(
    client: httpx2.Client, coding: str, read: Any
) -> None:
    values = " ".join(map(str, range(50_000)))
    body = f"SELECT ?n {{ VALUES ?n {{ {values} }} }}"

    headers = {"content-type": DIRECT, "accept": "text/csv", "accept-encoding": coding}
    with client.stream("POST", "/sparql", content=body, headers=headers) as response:
        data = b"".join(response.iter_raw())

    assert response.headers["content-encoding"] == coding
    assert read(io.BytesIO(data)).read().decode().split()[1:] == values.split()


@pytest.mark.parametrize("parameters", [query("ASK {}"), []], ids=["query", "description"])
def test_who_has_an_answer_already_gets_no_other(
    client: httpx2.Client, parameters: list[tuple[str, str]]
) -> None:
    address = f"/sparql?{urlencode(parameters)}"
    tag = client.get(address).headers["etag"]

    again = client.get(address, headers={"if-none-match": f'"other", {tag.removeprefix("W/")}'})
    other = client.get(
        address,
        headers={"if-none-match": tag, "accept": "application/sparql-results+xml, application/ld+json"},
    )

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)


@pytest.mark.parametrize(
    "text", ["SELECT (NOW() AS ?x) {}", "SELECT (RAND ( ) AS ?x) {}", "SELECT (STRUUID() AS ?x) {}"]
)
def test_an_answer_that_changes_each_time_has_no_name(client: httpx2.Client, text: str) -> None:
    assert "etag" not in client.get("/sparql", params={"query": text}).headers
