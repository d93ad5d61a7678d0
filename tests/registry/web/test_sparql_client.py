"""The SPARQL endpoint answers clients that others wrote, over HTTP: SPARQLWrapper and rdflib."""

import csv
import io
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from rdflib import Graph, Literal
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

COUNT = """PREFIX koepel: <https://w3id.org/koepel/def#>
SELECT (COUNT(?project) AS ?projects) { ?project a koepel:Project }"""
TERM = "CONSTRUCT WHERE { <https://w3id.org/koepel/def#Programme> ?property ?value }"
ODD = """SELECT * { VALUES (?iri ?text ?language ?number ?none) {
  (<https://example.org/é?a=b&c> "a \\"b\\", c\\n<d>\\té" "tàrraga"@ca 1.5 UNDEF) } }"""
FORMS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {TURTLE: "turtle", N3: "n3", RDFXML: "xml", JSONLD: "json-ld"}


def ask(address: str, query: str, form: str, method: str = GET, encoding: str = URLENCODED) -> Any:
    """Put a query to the endpoint as SPARQLWrapper does."""
    client = SPARQLWrapper(f"{address}/sparql", returnFormat=form)
    client.setMethod(method)
    client.setRequestMethod(encoding)
    client.setQuery(query)
    return client.query()


@pytest.mark.parametrize(
    ("method", "encoding"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
def test_a_table_in_json_is_understood_however_it_is_asked_for(
    address: str, method: str, encoding: str
) -> None:
    (row,) = ask(address, COUNT, JSON, method, encoding).convert()["results"]["bindings"]

    assert int(row["projects"]["value"]) > 20


def test_a_table_in_xml_is_understood(address: str) -> None:
    (count,) = ask(address, COUNT, XML).convert().getElementsByTagName("literal")

    assert int(count.firstChild.data) > 20


@pytest.mark.parametrize("form", [CSV, TSV])
def test_a_file_for_a_spreadsheet_is_understood(address: str, form: str) -> None:
    heading, count = ask(address, COUNT, form).convert().decode().split()

    assert heading.lstrip("?") == "projects"
    assert int(count) > 20


@pytest.mark.parametrize("form", GRAPHS)
def test_a_graph_is_understood(address: str, form: str) -> None:
    answer = ask(address, TERM, form).response.read()

    assert len(Graph().parse(data=answer, format=GRAPHS[form])) > 3


def test_a_truth_value_is_understood(address: str) -> None:
    assert ask(address, "ASK { ?s ?p ?o }", JSON).convert()["boolean"] is True


def test_a_call_to_another_server_is_refused(address: str) -> None:
    with pytest.raises(SPARQLWrapperException):
        ask(address, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON)


def test_rdflib_can_use_the_endpoint_as_a_store(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}/sparql"))

    (row,) = graph.query(COUNT)
    assert int(row.projects) > 20  # type: ignore[union-attr]
    assert len(graph.query(TERM).graph or ()) > 3


@pytest.mark.parametrize("form", FORMS)
def test_rdflib_reads_odd_values_the_same_from_every_format(address: str, form: str) -> None:
    answer = httpx2.get(f"{address}/sparql", params={"query": ODD}, headers={"accept": FORMS[form]})

    (row,) = Result.parse(io.BytesIO(answer.content), format=form).bindings

    found = {str(variable): value for variable, value in row.items()}
    assert (str(found["iri"]), str(found["text"])) == ("https://example.org/é?a=b&c", 'a "b", c\n<d>\té')
    assert (found["language"], found["number"]) == (Literal("tàrraga", lang="ca"), Literal(Decimal("1.5")))


def test_a_spreadsheet_reads_odd_values(address: str) -> None:
    answer = httpx2.get(f"{address}/sparql", params={"query": ODD}, headers={"accept": "text/csv"})

    (row,) = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert (row["text"], row["language"], row["none"]) == ('a "b", c\n<d>\té', "tàrraga", "")
