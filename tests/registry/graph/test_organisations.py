"""The graph says who was named and who took whose place, the same after every step as when made anew."""

import random

import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF

from registry.graph.embedded import EmbeddedStore
from registry.graph.organisations import ORGANISATIONS
from registry.graph.projection import bring_up
from registry.ledger import Event, Happening, Ledger
from registry.validation.standard import Library
from tests.registry.graph.publishing import accept, end, source
from tests.registry.graph.test_projection import TODAY, anew
from tests.registry.validation.small_library import library, standard

ONE, TWO, THREE = (f"{source(name)}#us" for name in ("one", "two", "three"))
DESCRIBED = '<#us> a <http://www.w3.org/ns/org#Organization> ; <http://xmlns.com/foaf/0.1/name> "Ourselves" .'
NAMED = (
    '{"kind": "https://w3id.org/koepel/code/organisation-type/foundation", "language": "nl", "name": "Samen"}'
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title", "Title"))


@pytest.fixture
def ledger() -> Ledger:
    opened = Ledger.open("sqlite://")
    opened.append(Event(ONE, Happening.NAMED, terms=NAMED))
    return opened


def told(ledger: Ledger, rules: Library, until: int | None = None) -> set[tuple[str, str]]:
    """Say what the graph tells of the first organisation."""
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, TODAY, until=until)
    rows = store.select(f"SELECT ?p ?o {{ GRAPH <{ORGANISATIONS}> {{ <{ONE}> ?p ?o }} }}").rows
    return {(str(row["p"]).rpartition("/")[2].rpartition("#")[2], str(row["o"])) for row in rows}


def claimed(ledger: Ledger) -> None:
    ledger.append(Event(ONE, Happening.CLAIMED, terms=f'{{"source": "{source("one")}"}}'))


def merged(ledger: Ledger, old: str, into: str) -> None:
    ledger.append(Event(old, Happening.MERGED, reason="They joined.", terms=f'{{"into": "{into}"}}'))


def test_an_organisation_that_was_named_has_a_name_and_a_type(ledger: Ledger, rules: Library) -> None:
    assert told(ledger, rules) == {
        ("name", "Samen"),
        ("type", "http://www.w3.org/ns/org#Organization"),
        ("organisationType", "https://w3id.org/koepel/code/organisation-type/foundation"),
    }


def test_the_name_gives_way_once_it_is_claimed_and_published(ledger: Ledger, rules: Library) -> None:
    accept(ledger, "one", DESCRIBED)
    before = told(ledger, rules)
    claimed(ledger)

    assert ("name", "Samen") in before
    assert told(ledger, rules) == set()


def test_the_name_returns_when_the_description_goes(ledger: Ledger, rules: Library) -> None:
    claimed(ledger)
    accept(ledger, "one", DESCRIBED)
    end(ledger, "one", Happening.WITHDRAWN)

    assert ("name", "Samen") in told(ledger, rules)


def test_who_was_merged_leads_on_and_is_found_no_more(ledger: Ledger, rules: Library) -> None:
    merged(ledger, ONE, TWO)

    assert told(ledger, rules) == {("name", "Samen"), ("isReplacedBy", TWO)}


def test_an_earlier_state_knows_nothing_of_what_came_later(ledger: Ledger, rules: Library) -> None:
    merged(ledger, ONE, TWO)

    assert ("isReplacedBy", TWO) not in told(ledger, rules, until=1)


def test_both_sides_of_a_merger_are_told(ledger: Ledger, rules: Library) -> None:
    merged(ledger, ONE, TWO)
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, TODAY)

    rows = store.select(f"SELECT ?it {{ <{TWO}> <{DCTERMS.replaces}> ?it }}").rows

    assert [row["it"] for row in rows] == [URIRef(ONE)]


def test_an_erased_name_is_gone(ledger: Ledger, rules: Library) -> None:
    ledger.erase(ONE, "It was a person's name.", "registry")

    assert told(ledger, rules) == set()


@pytest.mark.parametrize("seed", range(8))
def test_the_graph_is_the_same_step_by_step_as_when_made_anew(rules: Library, seed: int) -> None:
    ledger, store, dice = Ledger.open("sqlite://"), EmbeddedStore.in_memory(), random.Random(seed)  # noqa: S311 - histories, no secrets
    steps = (
        lambda: ledger.append(Event(ONE, Happening.NAMED, terms=NAMED)),
        lambda: claimed(ledger),
        lambda: accept(ledger, "one", DESCRIBED),
        lambda: end(ledger, "one", Happening.WITHDRAWN),
        lambda: merged(ledger, dice.choice((ONE, TWO)), dice.choice((TWO, THREE))),
        lambda: accept(ledger, "two", f'<#us> <{FOAF.name}> "{dice.choice("abc")}" .'),
    )
    for _ in range(7):
        dice.choice(steps)()
        bring_up(store, ledger, rules, TODAY)

        assert store.digest() == anew(ledger, rules)
