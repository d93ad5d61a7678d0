"""The graph for readers is made from the ledger, beside the one that they are reading."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from rdflib import Literal

from registry.graph.projection import Snapshot, current_snapshot, load_fixed, project
from registry.graph.store import GraphStore
from registry.ledger import Event, Happening, Ledger, Version
from registry.validation.standard import Library
from registry.vocabulary import GRAPH
from tests.registry.validation.small_library import library, standard

TODAY = date(2026, 11, 21)
SOURCE, OTHER = "https://buddy.example/profile", "https://other.example/profile"
DEF, TITLE = "https://w3id.org/koepel/def#", "http://purl.org/dc/terms/title"
KIND = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TITLES = f"SELECT ?title {{ ?it a <{DEF}Project> ; <{TITLE}> ?title }} ORDER BY ?title"
CONTRADICTION = "".join(
    f"<{OTHER}#role> <{DEF}exercisesEnforcementPower> {value} .\n"
    for value in (Literal(True).n3(), Literal(False).n3())
)


def publish(ledger: Ledger, title: str, source: str = SOURCE, more: str = "") -> None:
    """Accept a version of a project's description."""
    text = f'<{source}#it> <{KIND}> <{DEF}Project> .\n<{source}#it> <{TITLE}> "{title}"@en .\n{more}'.encode()
    version = Version(hashlib.sha256(text).hexdigest(), text, text, "application/n-triples")
    ledger.append(Event(source, Happening.ACCEPTED, f"{source}.ttl", version.digest), version)


def titles(store: GraphStore) -> list[str]:
    return [str(row["title"]) for row in store.select(TITLES).rows]


def new_ledger() -> Ledger:
    ledger = Ledger.open("sqlite://")
    publish(ledger, "first")
    return ledger


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title"))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, rules: Library) -> Snapshot:
    """The graph of one project, for tests that only look."""
    return project(new_ledger(), tmp_path_factory.mktemp("home"), rules, TODAY)


def test_every_source_has_a_graph_beside_those_of_the_registry(snapshot: Snapshot) -> None:
    own = {str(GRAPH[name]) for name in ("assessment", "inference", "standards", "vocabulary")}

    assert set(snapshot.open().graphs()) == {SOURCE} | own


def test_readers_see_where_a_project_stands_and_what_follows(snapshot: Snapshot) -> None:
    query = f"""PREFIX earl: <http://www.w3.org/ns/earl#> SELECT ?outcome ?kind {{
      ?assertion earl:subject ?it ; earl:result/earl:outcome ?outcome .
      GRAPH <{GRAPH.inference}> {{ ?it a ?kind }}
    }}"""

    rows = snapshot.open().select(query).rows

    assert {str(row["kind"]) for row in rows} == {f"{DEF}Initiative"}
    assert {str(row["outcome"]).rpartition("/")[2] for row in rows} == {"met"}


def test_the_same_input_is_not_projected_twice(snapshot: Snapshot, rules: Library) -> None:
    ledger, told = new_ledger(), list[str]()
    ledger.append(Event(SOURCE, Happening.UNREACHABLE, SOURCE, reason="no answer"))

    again = project(ledger, snapshot.folder.parent, rules, TODAY, told.append)

    assert again == snapshot == current_snapshot(snapshot.folder.parent)
    assert told == []


def test_a_new_version_makes_a_new_graph_and_takes_the_old_one_away(tmp_path: Path, rules: Library) -> None:
    ledger = new_ledger()
    older = project(ledger, tmp_path, rules, TODAY)
    reader = older.open()
    publish(ledger, "second")

    newer = project(ledger, tmp_path, rules, TODAY)

    assert titles(newer.open()) == ["second"]
    assert newer.name != older.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", newer.folder.name]
    assert titles(reader) == ["first"]


def test_on_another_day_the_graph_is_another_one(snapshot: Snapshot, tmp_path: Path, rules: Library) -> None:
    assert project(new_ledger(), tmp_path, rules, date(2026, 11, 22)).name != snapshot.name


def test_what_a_crash_left_behind_is_cleared_away(snapshot: Snapshot, tmp_path: Path, rules: Library) -> None:
    for leftover in (f"draft-{snapshot.name}", f"graph-{snapshot.name}", "draft-0123", "graph-0123"):
        (tmp_path / leftover).mkdir()
        (tmp_path / leftover / "CURRENT").write_text("half written")

    again = project(new_ledger(), tmp_path, rules, TODAY)

    assert titles(again.open()) == ["first"]
    assert again.name == snapshot.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", again.folder.name]


def test_before_the_first_projection_there_is_nothing_to_read(tmp_path: Path) -> None:
    assert current_snapshot(tmp_path) is None


def test_a_pointer_to_a_graph_that_is_gone_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("0123456789abcdef")

    assert current_snapshot(tmp_path) is None


@pytest.mark.slow
def test_a_description_that_contradicts_itself_does_not_stop_the_others(
    tmp_path: Path, rules: Library
) -> None:
    ledger, told = new_ledger(), list[str]()
    publish(ledger, "torn", OTHER, CONTRADICTION)

    store = project(ledger, tmp_path, rules, TODAY, told.append).open()

    inferred = store.select(f"SELECT ?it {{ GRAPH <{GRAPH.inference}> {{ ?it a <{DEF}Initiative> }} }}").rows
    assert titles(store) == ["first", "torn"]
    assert {str(row["it"]) for row in inferred} >= {f"{SOURCE}#it"}
    assert [f"{OTHER}#role" in line for line in told] == [False, False, True]


def test_the_vocabulary_and_the_standards_are_there_in_every_language() -> None:
    store = GraphStore.in_memory()
    load_fixed(store)

    label = "SELECT ?name { GRAPH ?graph { <https://w3id.org/koepel/def#Project> ?naming ?name } }"
    names = {
        str(row["name"].language) for row in store.select(label).rows if isinstance(row["name"], Literal)
    }
    assert names >= {"nl", "de", "ca", "es", "fr", "en"}
    assert store.graphs() == (str(GRAPH.standards), str(GRAPH.vocabulary))
