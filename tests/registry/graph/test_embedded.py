"""The store answers questions about named graphs, each or all together."""

from pathlib import Path

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from registry.errors import InvalidDataError
from registry.graph.embedded import BATCH, EmbeddedStore
from registry.graph.term import to_oxigraph, to_rdflib

FIRST, SECOND = "https://first.example/profile", "https://second.example/profile"
TITLE = "http://purl.org/dc/terms/title"
TITLES = f"SELECT ?title {{ ?thing <{TITLE}> ?title }} ORDER BY ?title"


def titles(store: EmbeddedStore) -> list[str]:
    return [str(row["title"]) for row in store.select(TITLES).rows]


def titled(title: str) -> bytes:
    return f"[] <{TITLE}> '{title}' .".encode()


def two_graphs(store: EmbeddedStore) -> EmbeddedStore:
    store.load_all(
        (graph, titled(title), "text/turtle") for graph, title in ((FIRST, "one"), (SECOND, "two"))
    )
    return store


@pytest.fixture
def store() -> EmbeddedStore:
    return two_graphs(EmbeddedStore.in_memory())


def test_a_question_is_about_all_graphs_unless_it_names_one(store: EmbeddedStore) -> None:
    named = store.select(f"SELECT ?title {{ GRAPH <{SECOND}> {{ ?thing <{TITLE}> ?title }} }}")

    assert titles(store) == ["one", "two"]
    assert named.rows == ({"title": Literal("two")},)


def test_the_graphs_are_listed_by_name(store: EmbeddedStore) -> None:
    assert store.graphs() == (FIRST, SECOND)
    assert len(store) == 2


def test_a_new_version_takes_the_place_of_the_old_one(store: EmbeddedStore) -> None:
    store.replace(FIRST, f'<urn:x> <{TITLE}> "three" .'.encode())

    assert titles(store) == ["three", "two"]


def test_things_without_a_name_in_two_documents_are_two_things() -> None:
    store = EmbeddedStore.in_memory()
    for graph, title in ((FIRST, "one"), (SECOND, "two")):
        store.load(f'_:c14n0 <{TITLE}> "{title}" .'.encode(), graph=graph, format="application/n-triples")

    assert len(store.select("SELECT DISTINCT ?thing { ?thing ?property ?value }").rows) == 2


def test_relative_names_begin_at_the_name_of_the_graph() -> None:
    store = EmbeddedStore.in_memory()
    store.load(b"<#it> a <#Thing> .", graph=FIRST)

    assert store.select("SELECT ?it { ?it a ?kind }").rows == ({"it": URIRef(f"{FIRST}#it")},)


def test_a_table_keeps_the_order_of_its_variables_and_leaves_out_what_is_unbound(
    store: EmbeddedStore,
) -> None:
    table = store.select(
        f"SELECT ?title ?note {{ ?it <{TITLE}> ?title OPTIONAL {{ ?it <urn:note> ?note }} }}"
    )

    assert table.variables == ("title", "note")
    assert [set(row) for row in table.rows] == [{"title"}, {"title"}]


def test_a_given_variable_is_bound(store: EmbeddedStore) -> None:
    table = store.select(f"SELECT ?title ?it {{ ?it <{TITLE}> ?title }}", {"title": Literal("two")})

    assert len(table.rows) == 1
    assert isinstance(table.rows[0]["it"], BNode)


def test_only_a_select_gives_a_table(store: EmbeddedStore) -> None:
    with pytest.raises(InvalidDataError, match="Only SELECT"):
        store.select("ASK { ?s ?p ?o }")


def test_an_unknown_format_is_named(store: EmbeddedStore) -> None:
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
    store: EmbeddedStore, query: str, media_type: str, begins: bytes
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
    store = EmbeddedStore.in_memory()
    store.add_all([(URIRef("urn:x"), URIRef(TITLE), Literal("one", lang="en"))], graph=FIRST)

    assert titles(store) == ["one"]
    assert store.graphs() == (FIRST,)


def test_what_is_no_statement_is_refused() -> None:
    with pytest.raises(TypeError, match="is no statement"):
        EmbeddedStore.in_memory().add_all([(Literal("x"), URIRef(TITLE), Literal("y"))], graph=FIRST)


def test_a_finished_folder_is_read_again(tmp_path: Path) -> None:
    two_graphs(EmbeddedStore.create(tmp_path / "graph")).flush()

    assert titles(EmbeddedStore.open_read_only(tmp_path / "graph")) == ["one", "two"]


def lines(*titles: str, subject: str = "_:a1") -> bytes:
    return "".join(f'{subject} <{TITLE}> "{title}" .\n' for title in titles).encode()


def test_what_takes_the_place_of_a_graph_keeps_the_labels_of_things_without_a_name() -> None:
    store = EmbeddedStore.in_memory()
    store.replace(FIRST, lines("one", "two"))
    store.replace(FIRST, lines("three", "two"))

    assert store.contents(FIRST) == lines("three", "two")


def test_a_graph_of_which_nothing_is_left_is_no_graph(store: EmbeddedStore) -> None:
    store.replace(FIRST, b"")
    store.remove(SECOND)
    store.remove("https://never.example/profile")

    assert store.graphs() == ()


def test_what_a_graph_says_about_one_thing_is_replaced_without_the_rest() -> None:
    store = EmbeddedStore.in_memory()
    store.replace(FIRST, lines("one", "two", subject="<urn:a>") + lines("one", subject="<urn:b>"))
    store.replace(FIRST, lines("three", subject="<urn:a>"), about=[URIRef("urn:a"), BNode("none")])
    store.replace(FIRST, b"", about=[URIRef("urn:b")])

    assert store.contents(FIRST) == lines("three", subject="<urn:a>")


def test_only_things_have_statements_about_them(store: EmbeddedStore) -> None:
    with pytest.raises(TypeError, match="is no subject"):
        store.replace(FIRST, b"", about=[Literal("x")])


@pytest.mark.parametrize("several", [10, BATCH], ids=["few", "many"])
def test_few_statements_and_many_replace_what_was_there(store: EmbeddedStore, several: int) -> None:
    wanted = [f"{number:06}" for number in range(several)]

    store.replace_all([(FIRST, lines("four")), (SECOND, lines(*wanted))])

    assert store.contents(FIRST) == lines("four")
    assert store.contents(SECOND) == lines(*wanted)
    assert store.counts() == {FIRST: 1, SECOND: several}


def test_a_graph_is_written_with_its_lines_in_order() -> None:
    store = EmbeddedStore.in_memory()
    store.replace(FIRST, lines("b", "a", "line\\nend"))

    assert store.contents(FIRST) == lines("a", "b", "line\\nend")
    assert store.contents(SECOND) == b""


def test_stores_that_say_the_same_have_the_same_digest_however_they_came_to_it() -> None:
    one, other = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    one.replace_all([(FIRST, lines("a", "b")), (SECOND, lines("c"))])
    for graph, titles in ((SECOND, ("c",)), (FIRST, ("z", "a")), (FIRST, ("b", "a"))):
        other.replace(graph, lines(*titles))

    assert one.digest() == other.digest()


@pytest.mark.parametrize("graph", [FIRST, SECOND, "https://third.example/profile"])
def test_a_store_that_says_something_else_has_another_digest(store: EmbeddedStore, graph: str) -> None:
    before = store.digest()
    store.replace(graph, lines("four"))

    assert store.digest() != before


def test_a_checkpoint_stays_as_it_is_while_the_store_goes_on(tmp_path: Path) -> None:
    store = two_graphs(EmbeddedStore.create(tmp_path / "graph"))
    store.checkpoint(tmp_path / "frozen")
    store.replace(FIRST, lines("three"))
    store.compact()

    assert titles(EmbeddedStore.open_read_only(tmp_path / "frozen")) == ["one", "two"]
    assert titles(store) == ["three", "two"]


def test_what_was_written_bit_by_bit_is_on_disk_before_a_checkpoint_asks_for_it(tmp_path: Path) -> None:
    store = EmbeddedStore.create(tmp_path / "graph")
    for part in range(2):
        store.replace(f"urn:g{part}", lines(*(f"{part} {number}" for number in range(BATCH // 2))))

    assert list((tmp_path / "graph").glob("*.sst"))


def test_a_copy_says_the_same_and_has_forgotten_what_was_said_once(tmp_path: Path) -> None:
    marker = b"said once and erased"
    store = EmbeddedStore.create(tmp_path / "graph")
    store.replace_all([(FIRST, lines("kept")), (SECOND, lines(marker.decode()))])
    store.remove(SECOND)
    store.compact()
    store.copy(tmp_path / "copy")

    assert EmbeddedStore.open_read_only(tmp_path / "copy").digest() == store.digest()
    assert has(tmp_path / "graph", marker), "if the store itself forgets by now, no copy is needed"
    assert not has(tmp_path / "copy", marker)


def has(folder: Path, marker: bytes) -> bool:
    """Say whether any file of a store holds a text; one this short is never cut up by compression."""
    return any(marker in path.read_bytes() for path in folder.iterdir())


def test_a_folder_can_be_opened_again_when_it_was_let_go_of(tmp_path: Path) -> None:
    store = two_graphs(EmbeddedStore.create(tmp_path / "graph"))
    with pytest.raises(OSError, match="LOCK"):
        EmbeddedStore.create(tmp_path / "graph")
    store.close()

    assert titles(EmbeddedStore.create(tmp_path / "graph")) == ["one", "two"]
