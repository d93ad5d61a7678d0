"""The doctor finds every place where a registry does not say what its ledger says."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from registry.doctor import examine
from registry.erasure import erase
from registry.graph.difference import Difference
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import assessment_graph, bring_up
from registry.graph.rules import rules_digest
from registry.graph.stand import Stand, read_stand, write_stand
from registry.home import Home, publish
from registry.ledger import Happening
from registry.ledger.version import pack
from registry.validation.standard import Library
from registry.vocabulary import GRAPH
from tests.registry.graph.publishing import PROJECT, accept, end, source
from tests.registry.validation.small_library import library, standard

TODAY = date(2026, 11, 21)
ONE, TWO = source("one"), source("two")
PLANTED = f'<{ONE}#it> <http://purl.org/dc/terms/title> "planted" .\n'.encode()
REASON = "Its publisher asked for it."


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title"))


@pytest.fixture
def home(tmp_path: Path, rules: Library) -> Home:
    """A registry of two projects in good health."""
    made = Home(tmp_path / "home")
    for name in ("one", "two"):
        accept(made.ledger, name, PROJECT.format(name))
    publish(made, rules, TODAY)
    return made


def spoil_graph(home: Home, change: Callable[[EmbeddedStore], None]) -> None:
    """Change the graph behind the registry's back."""
    with home.opened_graph() as store:
        change(store)


def spoil_snapshot(home: Home, change: Callable[[EmbeddedStore], None]) -> None:
    """Change what readers see behind the registry's back."""
    with home.opened_graph() as store:
        stand = read_stand(store)
        assert stand
        change(store)
        home.snapshots.take(store, stand, datetime.now(UTC), afresh=True)
    home.clear_graph()


def plant(store: EmbeddedStore) -> None:
    store.load(PLANTED, graph=ONE)


def told(differences: tuple[Difference, ...]) -> dict[str, tuple[int, int]]:
    return {one.graph: (one.missing, one.extra) for one in differences}


def test_a_healthy_registry_is_clean(home: Home, rules: Library) -> None:
    examination = examine(home, rules)

    assert examination.clean
    assert examination.graph.stand == Stand(2, rules_digest(), TODAY, home.ledger.lineage)
    assert (examination.position, examination.graph.behind, examination.snapshot.behind) == (2, 0, 0)


def test_a_registry_without_anything_is_clean(tmp_path: Path, rules: Library) -> None:
    examination = examine(Home(tmp_path / "new"), rules)

    assert examination.clean
    assert (examination.graph.stand, examination.snapshot.stand) == (None, None)


def test_a_statement_too_many_is_found_in_the_graph(home: Home, rules: Library) -> None:
    spoil_graph(home, plant)

    examination = examine(home, rules)

    assert not examination.clean
    assert examination.snapshot.clean
    assert examination.graph.differences == (Difference(ONE, 0, 1, (f"+ {PLANTED.decode().strip()}",)),)


@pytest.mark.parametrize(
    "graph",
    [ONE, assessment_graph(ONE), *(str(GRAPH[name]) for name in ("inference", "provenance", "vocabulary"))],
)
def test_a_graph_that_is_missing_is_found(home: Home, rules: Library, graph: str) -> None:
    spoil_graph(home, lambda store: store.remove(graph))

    (difference,) = examine(home, rules).graph.differences

    assert (difference.graph, difference.extra) == (graph, 0)
    assert difference.missing >= len(difference.examples) > 0
    assert all(one.startswith("- ") for one in difference.examples)


def test_a_difference_is_found_in_the_newest_snapshot(home: Home, rules: Library) -> None:
    def change(store: EmbeddedStore) -> None:
        store.replace(TWO, PLANTED)

    spoil_snapshot(home, change)

    examination = examine(home, rules)
    assert not examination.clean
    assert examination.graph.clean
    assert told(examination.snapshot.differences) == {TWO: (2, 1)}


def test_how_far_a_part_lags_is_told_and_is_no_difference(home: Home, rules: Library) -> None:
    accept(home.ledger, "one", PROJECT.format("later"))
    end(home.ledger, "two")

    examination = examine(home, rules)

    assert examination.clean
    assert (examination.graph.behind, examination.snapshot.behind, examination.position) == (2, 2, 4)


def test_parts_of_different_days_are_each_compared_with_their_own(home: Home, rules: Library) -> None:
    with home.opened_graph() as store:
        bring_up(store, home.ledger, rules, TODAY + timedelta(1))

    examination = examine(home, rules)

    assert examination.clean
    assert examination.graph.stand != examination.snapshot.stand


def test_of_another_version_of_the_software_the_documents_are_compared(home: Home, rules: Library) -> None:
    def change(store: EmbeddedStore) -> None:
        write_stand(store, Stand(2, "other rules", TODAY, home.ledger.lineage))
        store.remove(assessment_graph(ONE))
        plant(store)

    spoil_graph(home, change)

    examination = examine(home, rules)
    assert examination.graph.other_rules
    assert told(examination.graph.differences) == {ONE: (0, 1)}


@pytest.mark.parametrize(
    ("code", "position", "lineage"), [("graph-foreign", 2, "of another ledger"), ("graph-ahead", 3, None)]
)
def test_a_graph_that_the_ledger_cannot_explain_is_told(
    home: Home, rules: Library, code: str, position: int, lineage: str | None
) -> None:
    stand = Stand(position, rules_digest(), TODAY, lineage or home.ledger.lineage)
    spoil_graph(home, lambda store: write_stand(store, stand))

    trouble = examine(home, rules).graph.trouble

    assert trouble
    assert trouble.code == code


def spoil_files(folder: Path) -> None:
    """Damage the files in a folder, but not those that share their bytes by a hard link."""
    for file in folder.glob("*"):
        file.unlink()
        file.write_bytes(b"spoilt")


def test_a_damaged_graph_is_told(home: Home, rules: Library) -> None:
    spoil_files(home.graph)

    examination = examine(home, rules)

    assert examination.graph.trouble
    assert examination.snapshot.clean
    assert not examination.clean


def test_a_damaged_snapshot_is_told(home: Home, rules: Library) -> None:
    current = home.snapshots.current()
    assert current
    spoil_files(current.folder)

    examination = examine(home, rules)

    assert examination.snapshot.trouble
    assert examination.graph.clean
    assert not examination.clean


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE version SET canonical = ?", "version-altered"),
        ("UPDATE version SET canonical = substr(canonical, 1, 9) WHERE ? <> ''", "version-damaged"),
        ("DELETE FROM version WHERE ? <> ''", "version-lost"),
    ],
    ids=["altered", "damaged", "lost"],
)
def test_a_version_that_is_not_what_it_was_is_found(
    home: Home, rules: Library, statement: str, code: str
) -> None:
    home.ledger.close()
    with closing(sqlite3.connect(home.folder / "ledger.sqlite")) as connection, connection:
        connection.execute(statement, [pack(PLANTED)])

    examination = examine(home, rules)

    assert not examination.clean
    assert [one.code for one in examination.damaged] == [code] * 2


def test_a_version_is_examined_also_when_nobody_sees_it(home: Home, rules: Library) -> None:
    held = accept(home.ledger, "three", PROJECT.format("held"), Happening.HELD)
    home.ledger.close()
    with closing(sqlite3.connect(home.folder / "ledger.sqlite")) as connection, connection:
        values = [pack(PLANTED), held.digest]
        connection.execute("UPDATE version SET canonical = ? WHERE digest = ?", values)

    assert [one.params["digest"] for one in examine(home, rules).damaged] == [held.digest]


def test_what_was_erased_is_missed_by_nobody(home: Home, rules: Library) -> None:
    erase(home, ONE, REASON, "operator", rules, TODAY)

    assert examine(home, rules).clean


def test_erased_material_is_found_wherever_it_is_left(home: Home, rules: Library) -> None:
    older = home.snapshots.current()
    assert older
    home.snapshots.label(older, "2026-paper")
    accept(home.ledger, "two", PROJECT.format("later"))
    publish(home, rules, TODAY)
    home.ledger.erase(ONE, REASON, "operator")

    examination = examine(home, rules)

    assert not examination.clean
    parts = (examination.graph, examination.snapshot, *examination.others)
    assert [part.erased for part in parts] == [(ONE,)] * 3
    assert ONE in told(examination.snapshot.differences)


def test_a_snapshot_that_is_still_read_after_an_erasure_is_told(home: Home, rules: Library) -> None:
    older = home.snapshots.current()
    assert older
    with older.lease():
        erase(home, ONE, REASON, "operator", rules, TODAY, wait=0)

        assert examine(home, rules).withdrawn == (older.name,)
    publish(home, rules, TODAY + timedelta(1))

    assert examine(home, rules).clean


def test_nothing_is_changed_by_looking(home: Home, rules: Library) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in home.folder.rglob("*") if path.is_file())

    examine(home, rules)

    after = sorted((path, path.stat().st_mtime_ns) for path in home.folder.rglob("*") if path.is_file())
    assert [one for one in after if one[0].name != "writer.lock"] == [
        one for one in before if one[0].name != "writer.lock"
    ]
