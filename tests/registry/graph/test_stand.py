"""A graph says what it was made from, once and last."""

from dataclasses import replace
from datetime import date

from registry.graph.embedded import EmbeddedStore
from registry.graph.stand import Stand, read_stand, write_stand
from registry.vocabulary import GRAPH

STAND = Stand(position=412, rules="3fa91c", day=date(2026, 11, 21), lineage="9d2e")


def test_a_later_stand_takes_the_place_of_an_earlier_one() -> None:
    store = EmbeddedStore.in_memory()
    for position in (411, 412):
        write_stand(store, replace(STAND, position=position))

    assert read_stand(store) == STAND
    assert store.counts() == {str(GRAPH.registry): 4}


def test_a_graph_that_says_only_half_says_nothing() -> None:
    store = EmbeddedStore.in_memory()
    write_stand(store, STAND)
    first, *_ = store.contents(str(GRAPH.registry)).splitlines()
    store.replace(str(GRAPH.registry), first)

    assert read_stand(store) is None


def test_what_a_publisher_says_of_a_registry_is_no_stand() -> None:
    ours, theirs = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    write_stand(ours, STAND)
    theirs.replace("https://buddy.example/profile", ours.contents(str(GRAPH.registry)))

    assert read_stand(theirs) is None
