"""The SPARQL endpoint answers a client that others wrote: SPARQLWrapper, over HTTP."""

from typing import Any

import pytest
from rdflib import Graph
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

COUNT = """PREFIX koepel: <https://w3id.org/koepel/def#>
SELECT (COUNT(?project) AS ?projects) { ?project a koepel:Project }"""
TERM = "CONSTRUCT WHERE { <https://w3id.org/koepel/def#Programme> ?property ?value }"


def ask(address: str, query: str, form: str) -> Any:
    """Put a query to the endpoint as SPARQLWrapper does."""
    client = SPARQLWrapper(f"{address}/sparql", returnFormat=form)
    client.setQuery(query)
    return client.query()


def test_a_table_in_json_is_understood(address: str) -> None:
    (row,) = ask(address, COUNT, JSON).convert()["results"]["bindings"]

    assert int(row["projects"]["value"]) > 20


def test_a_table_in_xml_is_understood(address: str) -> None:
    (count,) = ask(address, COUNT, XML).convert().getElementsByTagName("literal")

    assert int(count.firstChild.data) > 20


def test_a_file_for_a_spreadsheet_is_understood(address: str) -> None:
    heading, count = ask(address, COUNT, CSV).convert().decode().split()

    assert heading == "projects"
    assert int(count) > 20


def test_a_graph_is_understood(address: str) -> None:
    graph = Graph().parse(data=ask(address, TERM, TURTLE).convert(), format="turtle")

    assert len(graph) > 3


def test_a_call_to_another_server_is_refused(address: str) -> None:
    with pytest.raises(SPARQLWrapperException):
        ask(address, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON)
