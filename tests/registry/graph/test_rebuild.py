"""A graph that is made anew says the same as one that was kept up with every event."""

import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.graph import projection
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import bring_up
from registry.home import Home, publish
from registry.ledger import Happening, Ledger
from registry.rebuild import rebuild
from registry.validation.standard import Library
from tests.registry.graph.publishing import PROJECT, accept, end, source, version
from tests.registry.validation.small_library import library, standard

TODAY = date(2026, 11, 21)
AGE = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 12 ]"
NAMES = ("one", "two", "three")
TEXTS = (
    PROJECT.format("first"),
    f"{PROJECT.format('dated')} <#it> dct:modified '2025-11-23'^^xsd:date ; koepel:closure [ a [] ] .",
    f"<#it> a koepel:Programme ; cv:hasCompetentAuthority <{source('two')}#it>, <{source('three')}#it> .",
    "<#it> a cv:PublicOrganisation ; dct:modified '2024-01-01'^^xsd:date .",
    "<#it> a koepel:SteeringRole ; koepel:exercisesEnforcementPower true, false .",
    f"[] a koepel:Programme ; cv:hasCompetentAuthority <{source('one')}#it> .",
)
ENDINGS = (Happening.REMOVED, Happening.WITHDRAWN, Happening.ERASED)

accepting = st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS))
ending = st.tuples(st.sampled_from(NAMES), st.sampled_from(ENDINGS))
restoring = st.tuples(st.sampled_from(NAMES), st.just(Happening.RESTORED))
passing = st.integers(1, 3)
"""Days that pass."""
looking = st.none()
"""Readers are shown how it stands."""
histories = st.lists(accepting | ending | restoring | passing | looking, min_size=1, max_size=12)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title", f"Fresh ; {AGE}"))


def let_happen(ledger: Ledger, name: str, what: str) -> None:
    """Let a source publish a text or come to an end; nothing happens to one that is not there."""
    known = [event.digest for event in ledger.events(source=source(name)) if event.digest]
    if what not in ENDINGS and what != Happening.RESTORED:
        accept(ledger, name, what)
    elif what == Happening.ERASED and known:
        ledger.erase(source(name), "The law asks for it.", "operator")
    elif what in ENDINGS:
        end(ledger, name, Happening(what))
    elif back := next((text for text in TEXTS if version(name, text).digest in known), None):
        accept(ledger, name, back, Happening.RESTORED)


def live_through(history: Iterable[tuple[str, str] | int | None], rules: Library) -> tuple[Ledger, date, str]:
    """Keep a graph up with a history; gives the ledger, the last day, and the hash of the graph."""
    ledger, store, day = Ledger.open("sqlite://"), EmbeddedStore.in_memory(), TODAY
    for event in [*history, None]:
        if event is None:
            bring_up(store, ledger, rules, day)
        elif isinstance(event, int):
            day += timedelta(event)
        else:
            let_happen(ledger, *event)
    return ledger, day, store.digest()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories)
def test_whatever_happened_a_graph_made_anew_is_the_same(
    rules: Library, history: list[tuple[str, str] | int | None]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projection, "load_fixed", lambda _: None)  # the vocabulary has no history
        ledger, day, kept_up = live_through(history, rules)
        anew = EmbeddedStore.in_memory()

        bring_up(anew, ledger, rules, day)

    assert anew.digest() == kept_up


@pytest.fixture
def home(tmp_path: Path, rules: Library) -> Home:
    """A registry of two projects, with a snapshot."""
    made = Home(tmp_path / "home")
    for name in ("one", "two"):
        accept(made.ledger, name, TEXTS[1])
    publish(made, rules, TODAY)
    return made


def graph_digest(home: Home) -> str:
    with home.opened_graph() as store:
        return store.digest()


def test_a_rebuilt_graph_is_the_same_and_readers_get_a_new_snapshot(home: Home, rules: Library) -> None:
    before, earlier = graph_digest(home), home.snapshots.current()

    snapshot = rebuild(home, rules, TODAY)

    assert graph_digest(home) == snapshot.open().digest() == before
    assert earlier
    assert snapshot != earlier
    assert home.snapshots.current() == snapshot


@pytest.mark.parametrize("damage", ["lost", "spoilt"])
def test_a_graph_that_is_lost_or_damaged_comes_back(home: Home, rules: Library, damage: str) -> None:
    before = graph_digest(home)
    if damage == "lost":
        shutil.rmtree(home.graph)
    for file in home.graph.glob("*"):
        file.write_bytes(b"spoilt")

    rebuild(home, rules, TODAY)

    assert graph_digest(home) == before


def test_the_old_graph_stays_when_the_new_one_cannot_be_made(
    home: Home, rules: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = graph_digest(home)
    monkeypatch.setattr("registry.rebuild.bring_up", None)

    with pytest.raises(TypeError):
        rebuild(home, rules, TODAY)

    assert graph_digest(home) == before
    assert sorted(path.name for path in home.folder.iterdir() if "fresh" in path.name) == []
