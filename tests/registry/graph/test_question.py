"""A question is put about one thing, about many at once, or about everything."""

import pytest
from rdflib import URIRef

from registry.graph.embedded import EmbeddedStore
from registry.graph.question import ask

A, B, C = (URIRef(f"https://example.org/{name}") for name in "abc")


@pytest.fixture
def store() -> EmbeddedStore:
    """Three things, two of which know each other."""
    store = EmbeddedStore.in_memory()
    lines = f"{A.n3()} {C.n3()} {B.n3()} . {B.n3()} {C.n3()} 1 . {C.n3()} {C.n3()} 2 ."
    store.load(lines.encode(), graph="https://example.org/graph")
    return store


def subjects(store: EmbeddedStore, **given: object) -> set[object]:
    """Ask what is stated of things, and name those of which something is."""
    return {row["subject"] for row in ask(store, "things", **given).rows}  # type: ignore[arg-type]  # as asked


def test_one_thing_or_many_are_asked_about_alike(store: EmbeddedStore) -> None:
    assert subjects(store, subject=A) == subjects(store, subject=[A]) == {A}
    assert subjects(store, subject=[A, C]) == {A, C}


def test_whoever_names_nothing_asks_about_everything(store: EmbeddedStore) -> None:
    assert subjects(store) == {A, B, C}


def test_whoever_asks_about_no_thing_gets_no_answer(store: EmbeddedStore) -> None:
    assert subjects(store, subject=[]) == set()


@pytest.mark.parametrize("iri", ["a> } #", 'a"b', "a b", "a\nb"])
def test_nothing_but_an_iri_gets_into_a_question(store: EmbeddedStore, iri: str) -> None:
    with pytest.raises(Exception, match=r"valid URI|IRI parsing"):
        subjects(store, subject=[URIRef(iri)])
