"""After every kind of act the graph, the snapshot and the ledger agree; the doctor finds no difference."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from registry.doctor import examine
from registry.erasure import erase
from registry.home import Home, publish
from registry.ledger import Ledger
from registry.validation.standard import Library
from registry.vocabulary import CODE, KOEPEL
from tests.registry.certification.acting import CASE, LABEL, SCHEME, SOURCE, act, adopt, apply, award
from tests.registry.graph.publishing import PROJECT, accept
from tests.registry.validation.small_library import library, standard

DAY = date(2026, 11, 22)
CLAIM = f"""{PROJECT.format("one")}
<#label> a koepel:Label ; koepel:awardedTo <#it> ; koepel:underScheme <{SCHEME}> ."""
LIFE: dict[str, Callable[[Ledger], object]] = {
    "adopt": adopt,
    "apply": lambda ledger: apply(ledger, "2024-02-01"),
    "grant": lambda ledger: award(
        ledger, "2024-03-01", "2026-11-23", conditions=[{"text": "Mend it.", "due": "2024-09-01"}]
    ),
    "claim": lambda ledger: accept(ledger, "one", CLAIM),
    "meet-condition": lambda ledger: act(ledger, "meet-condition", "2024-08-01", number=1),
    "extend": lambda ledger: act(ledger, "extend", "2025-01-01", expires="2026-11-24"),
    "suspend": lambda ledger: act(ledger, "suspend", "2025-02-01", "No coordinator."),
    "reinstate": lambda ledger: act(ledger, "reinstate", "2025-03-01"),
    "revoke": lambda ledger: act(ledger, "revoke", "2025-04-01", "It stopped."),
    "appeal": lambda ledger: act(ledger, "appeal", "2025-04-02", "It did not."),
    "overturn": lambda ledger: act(ledger, "overturn", "2025-05-01", index=9),
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("library"), standard("Title"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, rules: Library) -> Home:
    """A registry that each step of the life is done in, one after the other."""
    made = Home(tmp_path_factory.mktemp("registry") / "home")
    accept(made.ledger, "one", PROJECT.format("one"))
    publish(made, rules, DAY)
    return made


def contents(home: Home) -> bytes:
    snapshot = home.snapshots.current()
    assert snapshot is not None
    store = snapshot.open()
    return b"".join(store.contents(graph) for graph in store.graphs())


@pytest.mark.slow
def test_nothing_drifts_after_any_act(home: Home, rules: Library) -> None:
    for name, step in LIFE.items():
        step(home.ledger)
        publish(home, rules, DAY)

        assert (name, examine(home, rules).clean) == (name, True)


def test_nothing_drifts_when_a_label_runs_out_overnight(tmp_path: Path, rules: Library) -> None:
    home = Home(tmp_path / "home")
    for name in ("adopt", "apply", "grant"):
        LIFE[name](home.ledger)
    publish(home, rules, date(2026, 11, 23))
    before = contents(home)
    publish(home, rules, date(2026, 11, 24))

    expired = f"<{LABEL}> <{KOEPEL.labelState}> <{CODE}label-state/expired>".encode()
    assert (expired in before, expired in contents(home)) == (False, True)
    assert examine(home, rules).clean


@pytest.mark.slow
@pytest.mark.parametrize("gone", [SOURCE, CASE], ids=["the description", "the case"])
def test_nothing_drifts_after_an_erasure_and_a_cited_state_forgets_too(
    tmp_path: Path, rules: Library, gone: str
) -> None:
    home = Home(tmp_path / "home")
    for name in ("adopt", "apply", "grant", "claim"):
        LIFE[name](home.ledger)
    home.snapshots.label(publish(home, rules, DAY), "cited")
    accept(home.ledger, "two", PROJECT.format("two"))
    publish(home, rules, DAY)

    erase(home, gone, "The law asks for it.", "operator", rules, DAY, wait=0)

    assert examine(home, rules).clean
    for snapshot in home.snapshots.all():
        store = snapshot.open()
        assert LABEL.encode() not in b"".join(store.contents(graph) for graph in store.graphs())
