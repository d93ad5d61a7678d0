"""Queries that are put to an open graph, as the command line does."""

import pytest

from registry.errors import InvalidDataError, NotAllowedError
from registry.graph.embedded import EmbeddedStore
from registry.sparql import Wanted, answer_query

BASED = (
    b"<https://w3id.org/koepel/a#a> <https://w3id.org/koepel/b> "
    b'"1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
)
UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "  # nothing to see here\nCLEAR ALL",
    "LOAD <https://elsewhere.example/data.ttl>",
    "PREFIX a: <urn:a>\nBASE <urn:b> DROP GRAPH a:b",
    "with <urn:a> delete { ?s ?p ?o } where { ?s ?p ?o }",
)
MISTAKES = {
    "unfinished statement": ("SELECT * {\n  ?s ?p }", 2, 3, "?s ?p }"),
    "unfinished statement in the middle": ("SELECT * {\n?s ?p ?o .\n?s ?p .\n?a ?b ?c }", 3, 1, "?s ?p ."),
    "misspelt keyword": ("SELECT ?x\nWHER { ?x ?y ?z }", 2, 1, "WHER { ?x ?y ?z }"),
    "misspelt form": ("SELEKT * {}", 1, 1, "SELEKT * {}"),
    "word that is no number": ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "x"),
    "prefix that is not declared": ("SELECT * { ?s e:unknown ?o }", 1, 15, "e:unknown ?o }"),
    "one bracket too many": ("SELECT * { ?s ?p ?o }}", 1, 22, "}"),
    "letters of other languages": ("\n\n  SELECT ?é { ?é ?p }", 3, 15, "?é ?p }"),
    "address that is none": ("ASK { ?s <urn:a b> ?o }", 1, 17, "b> ?o }"),
    "no character": ("ASK { ?s ?p '\\UFFFFFFFF' }", 1, 15, "UFFFFFFFF' }"),
    "nothing": ("", 1, 1, "…"),
    "nonsense": ("nonsense", 1, 1, "nonsense"),
}


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """A graph with one statement."""
    store = EmbeddedStore.in_memory()
    store.load(b"<urn:a> <urn:b> <urn:c> .", graph="urn:g")
    return store


@pytest.mark.parametrize(
    ("query", "media_type", "data"),
    [
        ("ASK { ?s ?p ?o }", "text/csv", b"true"),
        ("SELECT ?s { ?s ?p ?o }", "text/csv", b"s\r\nurn:a\r\n"),
        ("SELECT ?s FROM <urn:else> { ?s ?p ?o }", "text/csv", b"s\r\n"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", b"<urn:a> <urn:b> <urn:c> .\n"),
        ("CONSTRUCT { <a#a> <b> 1 } {}", "application/n-triples", BASED),
        ("DESCRIBE <urn:a>", "application/n-triples", b"<urn:a> <urn:b> <urn:c> .\n"),
    ],
)
def test_an_answer_comes_in_the_format_for_its_form(
    store: EmbeddedStore, query: str, media_type: str, data: bytes
) -> None:
    answer = answer_query(store, query, Wanted("text/csv", "application/n-triples"))

    assert (answer.media_type, answer.data) == (media_type, data)


@pytest.mark.parametrize("update", UPDATES)
def test_readers_change_nothing(store: EmbeddedStore, update: str) -> None:
    with pytest.raises(NotAllowedError, match="ask, not change"):
        answer_query(store, update, Wanted())

    assert len(store) == 1


@pytest.mark.parametrize(("query", "line", "column", "near"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place(
    store: EmbeddedStore, query: str, line: int, column: int, near: str
) -> None:
    with pytest.raises(InvalidDataError) as mistake:
        answer_query(store, query, Wanted())

    assert (mistake.value.line, mistake.value.column) == (line, column)
    assert mistake.value.params["near"] == near


def test_a_function_that_nobody_knows_is_named(store: EmbeddedStore) -> None:
    with pytest.raises(InvalidDataError, match="urn:unheard-of"):
        answer_query(store, "SELECT (<urn:unheard-of>(1) AS ?x) {}", Wanted())


def test_a_call_to_another_server_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(NotAllowedError, match="another server"):
        answer_query(store, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", Wanted())
