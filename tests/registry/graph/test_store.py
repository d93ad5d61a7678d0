"""The store answers questions about named graphs, each or all together."""

import shutil
from pathlib import Path

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from registry.errors import InvalidDataError
from registry.graph.store import GraphStore, to_oxigraph, to_rdflib

FIRST, SECOND = "https://first.example/profile", "https://second.example/profile"
TITLE = "http://purl.org/dc/terms/title"
TITLES = f"SELECT ?title {{ ?thing <{TITLE}> ?title }} ORDER BY ?title"


def titles(store: GraphStore) -> list[str]:
    return [str(row["title"]) for row in store.select(TITLES).rows]


def titled(title: str) -> bytes:
    return f"[] <{TITLE}> '{title}' .".encode()


def two_graphs(store: GraphStore) -> GraphStore:
    store.load_all(
        (graph, titled(title), "text/turtle") for graph, title in ((FIRST, "one"), (SECOND, "two"))
    )
    return store


@pytest.fixture
def store() -> GraphStore:
    return two_graphs(GraphStore.in_memory())


def test_a_question_is_about_all_graphs_unless_it_names_one(store: GraphStore) -> None:
    named = store.select(f"SELECT ?title {{ GRAPH <{SECOND}> {{ ?thing <{TITLE}> ?title }} }}")

    assert titles(store) == ["one", "two"]
    assert named.rows == ({"title": Literal("two")},)


def test_the_graphs_are_listed_by_name(store: GraphStore) -> None:
    assert store.graphs() == (FIRST, SECOND)
    assert len(store) == 2


def test_a_new_version_takes_the_place_of_the_old_one(store: GraphStore) -> None:
    store.replace(FIRST, f'<urn:x> <{TITLE}> "three" .'.encode())

    assert titles(store) == ["three", "two"]


def test_things_without_a_name_in_two_documents_are_two_things() -> None:
    store = GraphStore.in_memory()
    for graph, title in ((FIRST, "one"), (SECOND, "two")):
        store.load(f'_:c14n0 <{TITLE}> "{title}" .'.encode(), graph=graph, format="application/n-triples")

    assert len(store.select("SELECT DISTINCT ?thing { ?thing ?property ?value }").rows) == 2


def test_relative_names_begin_at_the_name_of_the_graph() -> None:
    store = GraphStore.in_memory()
    store.load(b"<#it> a <#Thing> .", graph=FIRST)

    assert store.select("SELECT ?it { ?it a ?kind }").rows == ({"it": URIRef(f"{FIRST}#it")},)


def test_a_table_keeps_the_order_of_its_variables_and_leaves_out_what_is_unbound(store: GraphStore) -> None:
    table = store.select(
        f"SELECT ?title ?note {{ ?it <{TITLE}> ?title OPTIONAL {{ ?it <urn:note> ?note }} }}"
    )

    assert table.variables == ("title", "note")
    assert [set(row) for row in table.rows] == [{"title"}, {"title"}]


def test_a_given_variable_is_bound(store: GraphStore) -> None:
    table = store.select(f"SELECT ?title ?it {{ ?it <{TITLE}> ?title }}", {"title": Literal("two")})

    assert len(table.rows) == 1
    assert isinstance(table.rows[0]["it"], BNode)


def test_only_a_select_gives_a_table(store: GraphStore) -> None:
    with pytest.raises(InvalidDataError, match="Only SELECT"):
        store.select("ASK { ?s ?p ?o }")


def test_an_unknown_format_is_named(store: GraphStore) -> None:
    with pytest.raises(InvalidDataError, match="'text/html' is no RDF format"):
        store.load(b"", graph=FIRST, format="text/html")


@pytest.mark.parametrize(
    ("query", "media_type", "begins"),
    [
        (TITLES, "text/csv", b"title\r\none"),
        (TITLES, "application/sparql-results+json", b'{"head":{"vars":["title"]}'),
        ("ASK { ?s ?p ?o }", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        (f'CONSTRUCT {{ <urn:x> <{TITLE}> "y" }} WHERE {{}}', "application/n-triples", b"<urn:x> <http"),
    ],
)
def test_an_answer_is_written_in_the_format_that_was_asked_for(
    store: GraphStore, query: str, media_type: str, begins: bytes
) -> None:
    assert store.answer(query, media_type).startswith(begins)


@pytest.mark.parametrize(
    "term",
    [
        URIRef(FIRST),
        BNode("b0"),
        Literal("plain"),
        Literal("brug", lang="nl"),
        Literal("2.50", datatype=XSD.decimal, normalize=False),
        Literal("no number", datatype=XSD.integer, normalize=False),
    ],
    ids=str,
)
def test_a_term_goes_through_the_store_as_it_was_written(term: URIRef | BNode | Literal) -> None:
    assert to_rdflib(to_oxigraph(term)).n3() == term.n3()


def test_statements_of_rdflib_can_be_added() -> None:
    store = GraphStore.in_memory()
    store.add_all([(URIRef("urn:x"), URIRef(TITLE), Literal("one", lang="en"))], graph=FIRST)

    assert titles(store) == ["one"]
    assert store.graphs() == (FIRST,)


def test_what_is_no_statement_is_refused() -> None:
    with pytest.raises(TypeError, match="is no statement"):
        GraphStore.in_memory().add_all([(Literal("x"), URIRef(TITLE), Literal("y"))], graph=FIRST)


def test_a_finished_folder_is_read_again(tmp_path: Path) -> None:
    two_graphs(GraphStore.create(tmp_path / "graph")).flush()

    assert titles(GraphStore.open_read_only(tmp_path / "graph")) == ["one", "two"]


def test_a_reader_goes_on_answering_when_the_folder_is_gone(tmp_path: Path) -> None:
    writer = GraphStore.create(tmp_path / "graph")
    writer.load_all((f"urn:{place}", titled(f"{place:04}"), "text/turtle") for place in range(1000))
    writer.flush()
    del writer
    reader = GraphStore.open_read_only(tmp_path / "graph")

    shutil.rmtree(tmp_path / "graph")

    assert titles(reader) == [f"{place:04}" for place in range(1000)]
