"""The graph is kept in step with the ledger, and says the same as one that is made anew."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from rdflib import RDF, BNode, Literal
from rdflib.namespace import DCTERMS, PROV

from registry.graph import conclusions, projection
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import assessment_graph, bring_up, forget, is_source
from registry.graph.rules import load_fixed, rules_digest
from registry.graph.stand import Stand, read_stand
from registry.ledger import Event, Happening, Ledger
from registry.readiness import readiness
from registry.validation.standard import Library
from registry.vocabulary import GRAPH, KOEPEL, LANGUAGES, SCHEMA
from tests.registry.graph.publishing import PROJECT, accept, end, source
from tests.registry.validation.small_library import library, standard

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
AGE = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 12 ]"
ONE, TWO = source("one"), source("two")
STANDINGS = """PREFIX earl: <http://www.w3.org/ns/earl#>
SELECT DISTINCT ?it ?outcome { ?assertion earl:subject ?it ; earl:result/earl:outcome ?outcome }"""
TORN = "<#it> a koepel:Project . <#role> koepel:exercisesEnforcementPower true, false ."


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title", f"Fresh ; {AGE}"))


@pytest.fixture
def ledger() -> Ledger:
    """A ledger with one project."""
    opened = Ledger.open("sqlite://")
    accept(opened, "one", PROJECT.format("first"))
    return opened


@pytest.fixture
def store(ledger: Ledger, rules: Library) -> EmbeddedStore:
    """The graph of it."""
    made = EmbeddedStore.in_memory()
    bring_up(made, ledger, rules, TODAY)
    return made


def titles(store: EmbeddedStore) -> list[str]:
    query = f"SELECT ?title {{ ?it a <{KOEPEL.Project}> ; <{DCTERMS.title}> ?title }} ORDER BY ?title"
    return [str(row["title"]) for row in store.select(query).rows]


def kinds(store: EmbeddedStore) -> set[tuple[str, str]]:
    rows = store.select(f"SELECT ?it ?kind {{ GRAPH <{GRAPH.inference}> {{ ?it a ?kind }} }}").rows
    return {(str(row["it"]), str(row["kind"]).removeprefix(KOEPEL)) for row in rows}


def standings(store: EmbeddedStore) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in store.select(STANDINGS).rows:
        found.setdefault(str(row["it"]), set()).add(str(row["outcome"]).rpartition("/")[2])
    return found


def anew(ledger: Ledger, rules: Library, on: date = TODAY) -> str:
    """Hash the graph as it is when nothing was there before."""
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, on)
    return store.digest()


def test_every_source_has_graphs_beside_those_of_the_registry(store: EmbeddedStore) -> None:
    own = {str(GRAPH[name]) for name in ("inference", "provenance", "registry", "standards", "vocabulary")}

    assert set(store.graphs()) == {ONE, assessment_graph(ONE)} | own
    assert [graph for graph in store.graphs() if is_source(graph)] == [ONE]


def test_readers_see_where_a_project_stands_and_what_follows(store: EmbeddedStore) -> None:
    assert standings(store) == {f"{ONE}#it": {"met", "not-met"}}
    assert kinds(store) == {(f"{ONE}#it", "Initiative")}


def test_the_graph_says_what_the_ledger_knows_of_a_document(ledger: Ledger, store: EmbeddedStore) -> None:
    publication = ledger.publication(ONE)
    assert publication
    rows = store.select(f"SELECT ?p ?o {{ GRAPH <{GRAPH.provenance}> {{ <{ONE}> ?p ?o }} }}").rows
    told = {row["p"]: str(row["o"]) for row in rows}

    assert told.pop(PROV.generatedAtTime).startswith(publication.time.isoformat()[:19])
    assert told == {
        RDF.type: str(PROV.Entity),
        PROV.hadPrimarySource: f"{ONE}.ttl",
        DCTERMS.identifier: f"sha256:{publication.digest}",
        SCHEMA.position: "1",
    }


def test_the_graph_says_what_it_was_made_from(ledger: Ledger, store: EmbeddedStore) -> None:
    assert read_stand(store) == Stand(1, rules_digest(), TODAY, ledger.lineage)


def test_what_has_no_name_is_called_the_same_each_time(ledger: Ledger, rules: Library) -> None:
    accept(ledger, "two", "<#it> a koepel:Project ; koepel:closure [ dct:title 'a' ], [ dct:title 'b' ] .")

    assert anew(ledger, rules) == anew(ledger, rules)


def test_two_documents_never_share_a_thing_without_a_name(ledger: Ledger, rules: Library) -> None:
    for name in ("two", "three"):
        accept(ledger, name, "[] a koepel:Project ; dct:title 'nameless' .")
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, TODAY)

    found = store.select(f"SELECT ?it {{ ?it <{DCTERMS.title}> 'nameless' }}").rows
    labels = {str(row["it"]) for row in found if isinstance(row["it"], BNode)}
    assert len(labels) == 2
    assert labels < standings(store).keys()


def test_the_same_state_is_not_made_twice(ledger: Ledger, store: EmbeddedStore, rules: Library) -> None:
    told = list[str]()

    bring_up(store, ledger, rules, TODAY, told.append)

    assert told == []


def test_a_new_version_takes_the_place_of_the_old_one(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    accept(ledger, "one", "<#it> a koepel:Pilot ; dct:title 'second' .")

    bring_up(store, ledger, rules, TODAY)

    assert titles(store) == ["second"]
    assert kinds(store) == {(f"{ONE}#it", "Initiative"), (f"{ONE}#it", "Project")}
    assert standings(store) == {}
    assert store.digest() == anew(ledger, rules)


@pytest.mark.parametrize("happening", [Happening.REMOVED, Happening.WITHDRAWN])
def test_nothing_is_left_of_a_source_that_ends(
    ledger: Ledger, store: EmbeddedStore, rules: Library, happening: Happening
) -> None:
    end(ledger, "one", happening)

    bring_up(store, ledger, rules, TODAY)

    rows = store.select("SELECT DISTINCT ?graph ?s { GRAPH ?graph { ?s ?p ?o } }").rows
    assert not any("buddy.example" in f"{row['graph']} {row['s']}" for row in rows)
    assert store.digest() == anew(ledger, rules)


def test_what_follows_for_a_thing_depends_on_what_another_document_says_of_its_neighbour(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    accept(ledger, "two", f"<#it> a koepel:Programme ; cv:hasCompetentAuthority <{ONE}#body> .")
    bring_up(store, ledger, rules, TODAY)
    assert (f"{TWO}#it", "PublicProgramme") not in kinds(store)

    accept(ledger, "one", "<#body> a cv:PublicOrganisation .")
    bring_up(store, ledger, rules, TODAY)
    assert (f"{TWO}#it", "PublicProgramme") in kinds(store)

    end(ledger, "one")
    bring_up(store, ledger, rules, TODAY)
    assert (f"{TWO}#it", "PublicProgramme") not in kinds(store)
    assert store.digest() == anew(ledger, rules)


def test_a_description_that_contradicts_itself_does_not_stop_the_others(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    told = list[str]()
    accept(ledger, "two", TORN)

    bring_up(store, ledger, rules, TODAY, told.append)

    assert kinds(store) == {(f"{ONE}#it", "Initiative"), (f"{TWO}#it", "Initiative")}
    assert [line for line in told if f"{TWO}#role" in line] == told[-1:]


def test_the_reasoner_sleeps_while_no_fact_changes(
    ledger: Ledger, store: EmbeddedStore, rules: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conclusions, "_remembered", {})
    monkeypatch.setattr(conclusions, "kinds", None)
    nameless = "koepel:closure [ dct:description 'A last meeting.'@en ]"
    accept(ledger, "one", f"<#it> a koepel:Project ; dct:title 'other'@en ; {nameless} .")

    bring_up(store, ledger, rules, TODAY)

    assert titles(store) == ["other"]


def test_an_event_that_changes_nothing_for_readers_only_moves_the_position(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    ledger.append(Event(ONE, Happening.UNREACHABLE, reason="no answer"))

    assert bring_up(store, ledger, rules, TODAY).position == 2
    assert titles(store) == ["first"]
    assert store.digest() == anew(ledger, rules)


def test_other_rules_make_all_of_it_again(
    ledger: Ledger, store: EmbeddedStore, rules: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.digest()
    for graph in (assessment_graph(ONE), str(GRAPH.inference), str(GRAPH.vocabulary), str(GRAPH.standards)):
        store.remove(graph)
    with monkeypatch.context() as patch:
        patch.setattr(projection, "rules_digest", lambda: "of another version")
        bring_up(store, ledger, rules, TODAY)
        assert store.digest() != before
    bring_up(store, ledger, rules, TODAY)

    assert store.digest() == before


def test_the_graph_of_another_ledger_is_of_no_use(store: EmbeddedStore, rules: Library) -> None:
    other = Ledger.open("sqlite://")
    accept(other, "two", PROJECT.format("elsewhere"))

    bring_up(store, other, rules, TODAY)

    assert store.digest() == anew(other, rules)


def test_the_graph_of_a_ledger_that_was_longer_is_made_anew(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    accept(ledger, "two", PROJECT.format("lost"))
    bring_up(store, ledger, rules, TODAY)

    assert bring_up(store, ledger, rules, TODAY, until=1).position == 1
    assert titles(store) == ["first"]


def test_a_graph_can_be_made_as_it_was_at_an_earlier_position(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    accept(ledger, "one", PROJECT.format("later"))
    earlier = EmbeddedStore.in_memory()

    bring_up(earlier, ledger, rules, TODAY, until=1)

    assert earlier.digest() == store.digest()


def test_what_was_erased_is_in_no_graph_of_the_past(ledger: Ledger, rules: Library) -> None:
    accept(ledger, "two", PROJECT.format("erased"))
    ledger.erase(TWO, "Its publisher asked for it.", "operator")
    earlier = EmbeddedStore.in_memory()

    bring_up(earlier, ledger, rules, TODAY, until=2)

    assert titles(earlier) == ["first"]


def test_a_source_can_be_forgotten_as_if_it_had_never_been(
    ledger: Ledger, store: EmbeddedStore, rules: Library
) -> None:
    accept(ledger, "one", f"<#it> a koepel:Programme ; cv:hasCompetentAuthority <{TWO}#body> .")
    expected = anew(ledger, rules)
    accept(ledger, "two", "<#body> a cv:PublicOrganisation .")
    bring_up(store, ledger, rules, TODAY)

    forget(store, TWO)

    bare = EmbeddedStore.in_memory()
    bring_up(bare, ledger, rules, TODAY, until=2)
    for kept in (store, bare):
        kept.remove(str(GRAPH.registry))
    assert store.digest() == bare.digest() != expected


DATES = (
    '"2025-11-21"^^xsd:date',
    '"2025-11-22"^^xsd:date',
    '"2025-11-22Z"^^xsd:date',
    '"2025-11-22+14:00"^^xsd:date',
    '"2025-11-21-12:00"^^xsd:date',
    '"2025-11-21T23:30:00-05:00"^^xsd:dateTime',
    '"2025-11-22T24:00:00"^^xsd:dateTime',
    '"2025-12"^^xsd:gYearMonth',
    '"2026"^^xsd:gYear',
    '"2026Z"^^xsd:gYear',
    '"-0500-01-01"^^xsd:date',
    '"2025-11-22"',
    '"22 November 2025"',
)
STEPS = [(0, 1), (1, 2), (2, 1), (0, 9), (9, 11), (10, 42), (40, 41), (41, 42), (0, 400)]


@pytest.mark.parametrize(("earlier", "later"), STEPS)
def test_another_day_leads_to_what_a_full_assessment_says(rules: Library, earlier: int, later: int) -> None:
    ledger, store = Ledger.open("sqlite://"), EmbeddedStore.in_memory()
    for number, day in enumerate(DATES):
        accept(
            ledger, f"dated-{number}", f"<#it> a koepel:Project ; dct:title 'dated' ; dct:modified {day} ."
        )
    bring_up(store, ledger, rules, TODAY + timedelta(earlier))

    bring_up(store, ledger, rules, TODAY + timedelta(later))

    assert store.digest() == anew(ledger, rules, TODAY + timedelta(later))


def test_on_another_day_only_what_comes_of_age_is_assessed(
    ledger: Ledger, store: EmbeddedStore, rules: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(ledger, "two", "<#it> a koepel:Project ; dct:modified '2025-11-22'^^xsd:date .")
    bring_up(store, ledger, rules, TODAY)
    assessed = list[str]()

    def watched(documents: Iterable[tuple[str, bytes]], *rest: Any) -> Any:
        given = list(documents)
        assessed.extend(name for name, _ in given)
        return readiness(given, *rest)

    monkeypatch.setattr("registry.graph.projection.readiness", watched)
    bring_up(store, ledger, rules, TOMORROW)

    assert assessed == [TWO]


class Failing(EmbeddedStore):
    """A store whose work ends after some writes, as if its process were killed."""

    writes = 0

    def _count(self) -> None:
        self.writes -= 1
        if self.writes == 0:
            raise KeyboardInterrupt

    def __getattribute__(self, name: str) -> Any:
        if name in {"replace", "replace_all", "remove", "add_all"}:
            self._count()
        return super().__getattribute__(name)


@pytest.mark.parametrize("writes", range(1, 9))
def test_work_that_ended_half_way_leads_to_the_same_graph(rules: Library, writes: int) -> None:
    ledger, store = Ledger.open("sqlite://"), Failing.in_memory()
    assert isinstance(store, Failing)
    accept(ledger, "one", "<#body> a cv:PublicOrganisation .")
    accept(ledger, "two", f"<#it> a koepel:Programme ; cv:hasCompetentAuthority <{ONE}#body> .")
    bring_up(store, ledger, rules, TODAY)
    accept(ledger, "one", "<#body> dct:title 'no longer said to be public' .")
    accept(ledger, "three", PROJECT.format("new"))

    store.writes = writes
    with pytest.raises(KeyboardInterrupt):
        bring_up(store, ledger, rules, TOMORROW)
    store.writes = 0
    bring_up(store, ledger, rules, TOMORROW)

    assert store.digest() == anew(ledger, rules, TOMORROW)


def test_the_vocabulary_and_the_standards_are_there_in_every_language() -> None:
    store = EmbeddedStore.in_memory()
    load_fixed(store)

    label = f"SELECT ?name {{ GRAPH ?graph {{ <{KOEPEL.Project}> ?naming ?name }} }}"
    names = {row["name"] for row in store.select(label).rows}
    assert {name.language for name in names if isinstance(name, Literal)} >= set(LANGUAGES)
    assert store.graphs() == (str(GRAPH.standards), str(GRAPH.vocabulary))
