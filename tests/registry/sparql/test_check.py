"""What is known about a query before it is asked."""

import time

import pytest

from registry.sparql.check import Form, check_query

FROM = {
    "plain": "SELECT * FROM <urn:g> { ?s ?p ?o }",
    "named": "SELECT * from named <urn:g> { GRAPH ?g { ?s ?p ?o } }",
    "prefixed": "PREFIX g: <urn:g> SELECT * FROM g:1 { ?s ?p ?o }",
    "glued": "PREFIX : <urn:g> SELECT * FROM:1 { ?s ?p ?o }",
    "after a prefix of its name": "PREFIX from: <urn:g> SELECT * FROM from:1 { ?s ?p ?o }",
    "in a comment and outside": "SELECT * # FROM\nFROM<urn:g>{ ?s ?p ?o }",
    "construct": "CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }",
    "describe": "DESCRIBE <urn:a> FROM <urn:g>",
}
EVERYWHERE = {
    "plain": "SELECT * { ?s ?p ?o }",
    "variable": "SELECT ?from { ?from ?p $from }",
    "text": 'SELECT * { ?s ?p \'FROM <urn:g>\', """FROM\n<urn:g>""", \'it\\\'s FROM\'@en-from }',
    "comment": "SELECT * # FROM <urn:g>\r{ ?s ?p ?o }",
    "name": "PREFIX e: <urn:e> SELECT * { ?s e:from <urn:from>, e:x.from, e:%46rom }",
    "prefix": "PREFIX from: <urn:g> SELECT * { ?s from:p ?o }",
}


@pytest.mark.parametrize("query", FROM.values(), ids=FROM)
def test_a_query_that_chooses_its_graphs_is_known(query: str) -> None:
    assert check_query(query) == Form(names_graphs=True)


@pytest.mark.parametrize("query", EVERYWHERE.values(), ids=EVERYWHERE)
def test_a_query_that_only_holds_the_word_is_about_everything(query: str) -> None:
    assert check_query(query) == Form(names_graphs=False)


@pytest.mark.parametrize(
    "rest",
    ["'" * 900_000, "<" + "x" * 900_000, "x" * 900_000, "\\" * 900_000, '"\\' * 400_000, "?a<" * 300_000],
    ids=lambda rest: rest[:4],
)
def test_a_long_text_is_looked_through_in_no_time(rest: str) -> None:
    begin = time.monotonic()

    assert check_query(f"e:from, e:service {rest}") == Form()

    assert time.monotonic() - begin < 2
