"""What follows from the parts of all descriptions is what follows from the whole."""

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from registry.dataset import examples_store
from registry.graph import conclusions
from registry.graph.conclusions import Component, components, conclude, read_facts, things_between
from registry.graph.embedded import EmbeddedStore
from registry.reasoning import infer
from registry.vocabulary import CODE, CV, GRAPH, KOEPEL

A, B, C = (URIRef(f"https://buddy.example/{name}#it") for name in "abc")
AUTHORITY, TASK = CV.hasCompetentAuthority, KOEPEL.performsTask
MAP = CODE["task/supply-map"]
Fact = tuple[Node, Node, Node]


def parted(*facts: Fact) -> set[frozenset[Fact]]:
    return {component.facts for component in components(facts)}


def store_of(**documents: str) -> EmbeddedStore:
    """Make a store of documents in N-Triples, each in a graph of its own."""
    store = EmbeddedStore.in_memory()
    for name, lines in documents.items():
        store.replace(f"https://buddy.example/{name}", lines.encode())
    return store


def say(*facts: Fact) -> str:
    return "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in facts)


def told(store: EmbeddedStore) -> set[tuple[Node, Node]]:
    """List what the graph of conclusions says."""
    rows = store.select(f"SELECT ?it ?kind {{ GRAPH <{GRAPH.inference}> {{ ?it a ?kind }} }}").rows
    return {(row["it"], row["kind"]) for row in rows}


PUBLIC: Fact = (B, RDF.type, CV.PublicOrganisation)
PROGRAMME: Fact = (A, RDF.type, KOEPEL.Programme)
ANSWERS: Fact = (A, AUTHORITY, B)


def test_facts_belong_together_when_their_things_are_linked_either_way() -> None:
    other: Fact = (C, AUTHORITY, B)
    alone: Fact = (URIRef("https://buddy.example/d#it"), RDF.type, KOEPEL.Programme)

    assert parted(PROGRAMME, ANSWERS, PUBLIC, other, alone) == {
        frozenset({PROGRAMME, ANSWERS, PUBLIC, other}),
        frozenset({alone}),
    }


def test_codes_and_classes_link_nothing() -> None:
    tasks: list[Fact] = [(one, TASK, MAP) for one in (A, B)]
    kinds: list[Fact] = [(one, RDF.type, KOEPEL.Programme) for one in (A, B)]

    assert len(parted(*tasks, *kinds)) == 2


def test_what_looks_the_same_but_for_its_names_has_the_same_pattern() -> None:
    one = Component(frozenset({PROGRAMME, ANSWERS, PUBLIC}))
    renamed = {A: C, B: BNode("nameless")}
    other = Component(frozenset((renamed[s], p, renamed.get(o, o)) for s, p, o in one.facts))  # type: ignore[index, call-overload]

    assert one.pattern == other.pattern
    assert [one.is_named, other.is_named] == [True, True]
    assert one.pattern != Component(frozenset({PROGRAMME, ANSWERS})).pattern


def test_a_change_is_about_the_things_of_other_facts() -> None:
    before, after = frozenset({PROGRAMME, ANSWERS}), frozenset({PROGRAMME, (A, AUTHORITY, C)})

    assert things_between(before, after) == {A, B, C}
    assert things_between(before, before) == frozenset()


def test_a_nameless_thing_that_nothing_is_linked_with_is_no_change() -> None:
    nameless: Fact = (BNode("n1"), RDF.type, KOEPEL.SteeringRole)
    linked: Fact = (BNode("n1"), AUTHORITY, B)

    assert things_between(frozenset(), frozenset({nameless})) == frozenset()
    assert things_between(frozenset(), frozenset({nameless, linked})) == {BNode("n1"), B}


def test_facts_are_what_the_definitions_speak_of_in_the_graphs_of_publishers() -> None:
    store = store_of(a=say(PROGRAMME, (A, RDF.type, KOEPEL.unheardOf), (A, KOEPEL.status, Literal("new"))))
    store.replace(str(GRAPH.inference), say((A, RDF.type, KOEPEL.Initiative)).encode())

    assert read_facts(store) == {PROGRAMME}
    assert read_facts(store, subject=A) == {PROGRAMME}
    assert read_facts(store, value=A) == frozenset()


@pytest.fixture
def store() -> EmbeddedStore:
    """A programme, and in another document the public body that answers for it."""
    made = store_of(a=say(PROGRAMME, ANSWERS), b=say(PUBLIC), c=say((C, RDF.type, KOEPEL.Pilot)))
    conclude(made, None, lambda _: None)
    return made


def test_conclusions_reach_from_document_to_document(store: EmbeddedStore) -> None:
    assert told(store) == {
        (A, KOEPEL.Initiative),
        (A, KOEPEL.PublicProgramme),
        (C, KOEPEL.Initiative),
        (C, KOEPEL.Project),
    }


def test_only_what_was_touched_is_concluded_again(store: EmbeddedStore) -> None:
    store.replace(str(GRAPH.inference), b"", about=[A, C])
    store.remove("https://buddy.example/b")

    conclude(store, [B], lambda _: None)

    assert told(store) == {(A, KOEPEL.Initiative)}


def test_what_has_gone_has_no_conclusions(store: EmbeddedStore) -> None:
    store.remove("https://buddy.example/c")

    conclude(store, [C], lambda _: None)

    assert {thing for thing, _ in told(store)} == {A}


def test_a_pattern_that_is_known_needs_no_reasoner(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conclusions, "kinds", None)
    another = store_of(a=say((B, RDF.type, KOEPEL.Pilot)))

    conclude(another, None, lambda _: None)

    assert told(another) == {(B, KOEPEL.Initiative), (B, KOEPEL.Project)}


def test_a_contradiction_concerns_its_own_component_only(store: EmbeddedStore) -> None:
    torn: list[Fact] = [(C, KOEPEL.exercisesEnforcementPower, Literal(value)) for value in (True, False)]
    beside: list[Fact] = [
        (C, AUTHORITY, URIRef("https://buddy.example/d#it")),
        (C, RDF.type, KOEPEL.Programme),
    ]
    store.replace("https://buddy.example/c", say(*torn, *beside).encode())
    sentences = list[str]()

    conclude(store, [C], sentences.append)

    assert told(store) == {(A, KOEPEL.Initiative), (A, KOEPEL.PublicProgramme)}
    assert [str(C) in sentence for sentence in sentences] == [True]


def test_the_memory_for_patterns_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conclusions, "MOST", 1)
    monkeypatch.setattr(conclusions, "_remembered", {})
    store = store_of(a=say(PROGRAMME), c=say((C, RDF.type, KOEPEL.Pilot)))

    conclude(store, None, lambda _: None)
    conclude(store, None, lambda _: None)

    assert {thing for thing, _ in told(store)} == {A, C}


@pytest.mark.slow
def test_for_the_examples_the_parts_lead_to_what_the_whole_leads_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(conclusions, "_remembered", {})
    store, whole = examples_store(fictitious=True), Graph()
    for fact in read_facts(store):
        whole.add(fact)

    conclude(store, None, lambda _: None)

    concluded = {(thing, kind) for thing, _, kind in infer(whole) if isinstance(thing, URIRef)}
    assert told(store) == concluded
    assert len(concluded) > 50
