"""Queries of strangers: what is refused, and what is stopped at its limit."""

import time
from pathlib import Path

import pytest

from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.graph.query import Endpoint, LimitError, Limits, Wanted, check_query
from registry.graph.store import GraphStore

ELSEWHERE = "<https://elsewhere.example/sparql>"
GRAPH, MORE = "https://example.org/g", "https://example.org/more"
TRIPLES = "".join(f"<urn:s{number}> <urn:p> {number} .\n" for number in range(300)).encode()

SERVICE = {
    "plain": f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "small letters": f"select * {{ service {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "variable": "SELECT * { ?s ?p ?where SERVICE ?where { ?a ?b ?c } }",
    "prefixed": "PREFIX e: <https://elsewhere.example/> SELECT * { SERVICE e:sparql { ?s ?p ?o } }",
    "subquery": f"SELECT * {{ {{ SELECT ?s {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }} }}",
    "exists": f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    "not exists": f"ASK {{ ?s ?p ?o FILTER (NOT EXISTS {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }} && ?o) }}",
    "bind": f"SELECT * {{ ?s ?p ?o BIND (EXISTS {{ SERVICE {ELSEWHERE} {{ ?a ?b ?c }} }} AS ?x) }}",
    "union": f"SELECT * {{ {{ ?s ?p ?o }} UNION {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    "optional": f"SELECT * {{ OPTIONAL {{ MINUS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }} }}",
    "graph": f"SELECT * {{ GRAPH ?g {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    "construct": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "describe": f"DESCRIBE ?s WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "having": f"SELECT ?s {{ ?s ?p ?o }} GROUP BY ?s HAVING EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p 1 }} }}",
    "comment between": f"SELECT * {{ SERVICE # SELECT\n{ELSEWHERE} {{ ?s ?p ?o }} }}",
}
SPELLED = {
    "escaped": f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "escaped in full": f"SELECT * {{ \\U00000053\\U00000045RVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "lateral": f"SELECT * {{ ?s ?p ?o LATERAL {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    "no spaces": f"SELECT*{{SERVICE{ELSEWHERE}{{?s ?p ?o}}}}",
    "odd space": f"SELECT * {{ SERVICE\u00a0{ELSEWHERE} {{ ?s ?p ?o }} }}",
}
UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "LOAD <https://elsewhere.example/data.ttl>",
    "PREFIX a: <urn:a> DROP GRAPH a:b",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished graph of two documents."""
    folder = tmp_path_factory.mktemp("query") / "graph"
    store = GraphStore.create(folder)
    store.load(TRIPLES, graph=GRAPH)
    store.load(b"<urn:more> <urn:p> 1 .", graph=MORE)
    store.flush()
    return folder


@pytest.fixture
def endpoint(folder: Path) -> Endpoint:
    """An endpoint with small limits."""
    return Endpoint(folder, Limits(seconds=3, bytes=10_000))


@pytest.mark.parametrize("query", SERVICE.values(), ids=SERVICE)
def test_a_query_may_not_call_another_server(query: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        check_query(query)

    assert refused.value.code == "service-refused"


@pytest.mark.parametrize("query", SPELLED.values(), ids=SPELLED)
def test_no_odd_spelling_gets_a_call_through(query: str) -> None:
    with pytest.raises(KoepelError) as refused:
        check_query(query)

    assert refused.value.code in {"service-refused", "query-syntax"}


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT * {{ ?s ?p "SERVICE {ELSEWHERE}" }}',
        f"SELECT * {{ ?s ?p ?o }} # SERVICE {ELSEWHERE}",
        "SELECT ?service { ?service ?p ?o }",
        "PREFIX SERVICE: <urn:x> SELECT * { ?s SERVICE:p ?o }",
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    assert check_query(query).gives_table


@pytest.mark.parametrize("update", UPDATES)
def test_readers_change_nothing(update: str) -> None:
    with pytest.raises(NotAllowedError, match="ask, not change"):
        check_query(update)


@pytest.mark.parametrize(
    ("query", "line"),
    [("SELECT * {\n  ?s ?p }", 2), ("SELECT ?x\nWHERE { ?x ?y ?z ", 2), ("", 1), ("nonsense", 1)],
)
def test_a_mistake_is_told_with_line_and_column(query: str, line: int) -> None:
    with pytest.raises(InvalidDataError) as mistake:
        check_query(query)

    assert mistake.value.line == line
    assert mistake.value.column


def test_a_mistake_that_only_the_store_sees_has_its_place_too(endpoint: Endpoint) -> None:
    with pytest.raises(InvalidDataError) as mistake:
        endpoint.answer("SELECT * {\n  ?s unknown:p ?o }", Wanted())

    assert mistake.value.line == 2


def test_a_function_that_nobody_knows_is_named(endpoint: Endpoint) -> None:
    with pytest.raises(InvalidDataError, match="urn:unheard-of"):
        endpoint.answer("SELECT (<urn:unheard-of>(1) AS ?x) {}", Wanted())


def test_an_escape_that_is_no_character_is_a_mistake() -> None:
    with pytest.raises(InvalidDataError, match="cannot be read"):
        check_query("ASK { ?s ?p '\\UFFFFFFFF' }")


def test_a_graph_that_is_gone_is_told_without_details(tmp_path: Path) -> None:
    endpoint = Endpoint(tmp_path / "nowhere", Limits(seconds=3, bytes=10_000))

    with pytest.raises(LimitError, match="try again later"):
        endpoint.answer("ASK { ?s ?p ?o }", Wanted())


def test_a_query_without_end_is_nested_too_deeply_or_read() -> None:
    with pytest.raises(KoepelError, match=r"nested too deeply|cannot be read"):
        check_query("SELECT * {" + "{" * 4000 + "}" * 4001)


def test_every_graph_is_asked_and_an_unknown_one_is_empty(endpoint: Endpoint) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"

    everything, one, none = (
        endpoint.answer(count.format(clause), Wanted(table="text/csv")).data.split()[1]
        for clause in ("", f"FROM <{MORE}>", "FROM <https://elsewhere.example/data>")
    )
    assert (everything, one, none) == (b"301", b"1", b"0")


@pytest.mark.parametrize(
    ("query", "media_type"),
    [("ASK { ?s ?p ?o }", "text/csv"), ("CONSTRUCT WHERE { ?s ?p 1 }", "application/n-triples")],
)
def test_an_answer_comes_in_the_format_for_its_form(endpoint: Endpoint, query: str, media_type: str) -> None:
    answer = endpoint.answer(query, Wanted(table="text/csv", graph="application/n-triples"))

    assert answer.media_type == media_type
    assert answer.data


def test_a_form_without_a_suitable_format_is_refused(endpoint: Endpoint) -> None:
    with pytest.raises(NotAllowedError, match="cannot be given in the format"):
        endpoint.answer("ASK { ?s ?p ?o }", Wanted(table=None))


def test_a_query_that_takes_too_long_is_stopped(folder: Path) -> None:
    endpoint = Endpoint(folder, Limits(seconds=1, bytes=10_000))
    begin = time.monotonic()

    with pytest.raises(LimitError, match="stopped after 1 seconds"):
        endpoint.answer("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", Wanted())

    assert time.monotonic() - begin < 5


def test_a_query_that_takes_too_much_memory_is_ended(folder: Path) -> None:
    endpoint = Endpoint(folder, Limits(seconds=20, bytes=10_000, memory=1 << 29))

    with pytest.raises(LimitError, match="more memory"):
        endpoint.answer("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c", Wanted())


def test_an_answer_that_is_too_large_is_an_error_and_not_cut_short(endpoint: Endpoint) -> None:
    with pytest.raises(LimitError, match="larger than 10000 bytes"):
        endpoint.answer("SELECT * { ?s ?p ?o }", Wanted())

    assert len(endpoint.answer("SELECT * { ?s ?p ?o } LIMIT 10", Wanted()).data) < 10_000


def test_a_query_that_is_too_long_is_not_even_read(endpoint: Endpoint) -> None:
    with pytest.raises(LimitError, match="longer than"):
        endpoint.answer("SELECT * { ?s ?p ?o } #" + "x" * 30_000, Wanted())


def test_only_so_many_queries_run_at_once(folder: Path) -> None:
    endpoint = Endpoint(folder, Limits(seconds=0.1, bytes=10_000, at_once=0))

    with pytest.raises(LimitError, match="Too many queries"):
        endpoint.answer("ASK { ?s ?p ?o }", Wanted())
