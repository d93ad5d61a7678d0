"""On the day on which another version of a standard counts, everything that it judges is assessed again."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from registry.graph.ageing import outdated
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import bring_up
from registry.ledger import Ledger
from registry.readiness import readiness
from registry.validation.standard import Library
from tests.registry.graph.publishing import PROJECT, accept, source
from tests.registry.validation.small_library import library, standard

COUNTS = date(2027, 7, 1)
LAST = COUNTS - timedelta(days=1)
VERSIONS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
small:standard koepel:hasVersion
  [ owl:versionInfo "2.0.0" ; dct:issued "2026-11-22"^^xsd:date ; koepel:countsFrom "2027-07-01"^^xsd:date ] .
"""
OUTCOMES = """PREFIX earl: <http://www.w3.org/ns/earl#> PREFIX koepel: <https://w3id.org/koepel/def#>
SELECT ?test ?outcome { ?assertion earl:test ?test ; earl:result/earl:outcome ?outcome } ORDER BY ?test"""


@pytest.fixture
def rules(tmp_path: Path) -> Library:
    """A standard that asks for rules from July 2027 on."""
    return library(tmp_path, standard("Title", 'Rules ; koepel:sinceVersion "2.0.0"'), VERSIONS)


@pytest.fixture
def ledger() -> Ledger:
    """A project, and an offer of support that no standard judges by itself."""
    opened = Ledger.open("sqlite://")
    accept(opened, "one", PROJECT.format("first"))
    accept(opened, "two", "<#it> a koepel:SupportOffer .")
    return opened


def outcomes(store: EmbeddedStore) -> list[tuple[str, str]]:
    rows = store.select(OUTCOMES).rows
    return [(row["test"].rpartition("#")[2], row["outcome"].rpartition("/")[2]) for row in rows]


def test_the_graph_of_the_day_tells_what_counts_on_it(ledger: Ledger, rules: Library) -> None:
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, LAST)
    before = outcomes(store)
    bring_up(store, ledger, rules, COUNTS)

    assert before == [("R1", "met"), ("standard", "met")]
    assert outcomes(store) == [("R1", "met"), ("R2", "not-met"), ("standard", "not-met")]


@pytest.mark.parametrize("day", [LAST, COUNTS], ids=str)
def test_moving_to_a_day_leads_to_what_a_graph_made_anew_says(
    ledger: Ledger, rules: Library, day: date
) -> None:
    store, anew = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, LAST if day == COUNTS else COUNTS)
    bring_up(store, ledger, rules, day)
    bring_up(anew, ledger, rules, day)

    assert store.digest() == anew.digest()


def test_what_the_standard_judges_is_assessed_again_and_nothing_else(
    ledger: Ledger, rules: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, assessed = EmbeddedStore.in_memory(), list[str]()
    bring_up(store, ledger, rules, LAST)

    def watched(documents: Iterable[tuple[str, bytes]], *rest: Any) -> Any:
        given = list(documents)
        assessed.extend(name for name, _ in given)
        return readiness(given, *rest)

    monkeypatch.setattr("registry.graph.projection.readiness", watched)
    bring_up(store, ledger, rules, COUNTS)

    assert assessed == [source("one")]


def test_nothing_is_due_between_days_on_which_the_same_version_counts(ledger: Ledger, rules: Library) -> None:
    store = EmbeddedStore.in_memory()
    bring_up(store, ledger, rules, LAST)

    assert outdated(store, rules, date(2026, 1, 1), LAST) == frozenset()
    assert source("one") in outdated(store, rules, LAST, COUNTS)
