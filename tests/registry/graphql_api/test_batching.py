"""However long the page and however deep the question, the graph is asked a bounded number of times."""

from typing import Any

import pytest

from registry.graph.embedded import EmbeddedStore
from registry.graph.rules import load_fixed
from registry.graphql_api.limit.bounds import Bounds
from registry.home import Home
from registry.reading.edition import Edition
from tests.benchmarks.generator import generate
from tests.registry.graphql_api.conftest import Ask, asking, putting
from tests.registry.graphql_api.counting import CountingStore

DEEP = """query($first: Int) { %s(first: $first) { nodes {
  title { value } description { value } publisher { title { value } memberOf { title { value } } }
  partOf { title { value } parts(first: 5) { nodes { title { value } } } }
  targetGroups { label definition { value } scheme { title { value } } broader { label } }
  documents { title { value } digest describes { title { value } } }
  readiness { date standard { title { value } } basic additional
    requirements { requirement { title { value } } basic openCriteria { suggestion { value } } } }
  labels { title { value } scheme { owner { title { value } } } claimedIn { address } }
  directions { government { title { value } } kind { label } basedOn { text { value } } }
  statements(first: 3) { nodes { text { value } about { title { value } } source { publisher { value } } } }
  contradictions { first { text { value } } second { source { title { value } } } }
  taskAssignments(first: 3) { nodes {
    actor { title { value } statements(first: 2) { nodes { aspects { label } } } }
    tasks { label } basedOn { text { value } source { title { value } } } contradictedBy { text { value } }
  } }
} } }"""
MOST = 20
"""So many queries the deepest sensible question may need."""
FREE = Bounds(cost=10_000_000)
FIXED = (
    "{ codeLists { title { value } codes { label definition { value } } } }",
    "{ sources { nodes { title { value } publisher { value } statements { nodes { text { value } } } } } }",
    "{ contradictions { nodes { first { text { value } } second { text { value } } } } }",
    "{ documents(first: 100) { nodes { title { value } publisher { title { value } } describes { iri } } } }",
    "{ taskAssignments(first: 100) { nodes { actor { title { value } } basedOn { text { value } } } } }",
)


def asked(ask: Ask, store: CountingStore, text: str, **variables: Any) -> int:
    """Count how often the graph is asked for one question."""
    before = len(store.questions)
    ask(text, **variables)
    return len(store.questions) - before


@pytest.fixture(scope="module", autouse=True)
def _warm(ask: Ask) -> None:
    """The catalogue is read once for all."""
    ask("{ projects { totalCount } }")


@pytest.fixture(scope="module")
def many(home: Home, edition: Edition) -> CountingStore:
    """A hundred projects that are much alike."""
    store = EmbeddedStore.in_memory()
    store.load_all((one.address, one.turtle.encode(), "text/turtle") for one in generate(100))
    load_fixed(store)
    return CountingStore(store)


@pytest.fixture(scope="module")
def ask_many(home: Home, edition: Edition, many: CountingStore) -> Ask:
    """Put a question about them."""
    return asking(putting(home, Edition(many, edition.rulebook, edition.snapshot), FREE))


def test_a_long_page_needs_no_more_queries_than_a_short_one(ask_many: Ask, many: CountingStore) -> None:
    ask_many(DEEP % "projects", first=1)

    short, longer, longest = (
        asked(ask_many, many, DEEP % "projects", first=first) for first in (10, 40, 100)
    )
    assert short == longer == longest <= MOST
    assert asked(ask_many, many, DEEP % "projects", first=1) <= short


@pytest.mark.parametrize("family", ["projects", "programmes"])
def test_the_deepest_sensible_question_needs_a_bounded_number(
    put_freely: Ask, store: CountingStore, family: str
) -> None:
    assert 1 <= asked(put_freely, store, DEEP % family, first=100) <= MOST


@pytest.mark.parametrize("text", FIXED)
def test_lists_of_everything_need_a_handful_of_queries(
    put_freely: Ask, store: CountingStore, text: str
) -> None:
    assert 1 <= asked(put_freely, store, text) <= 8


def test_what_the_catalogue_knows_makes_the_graph_answer_nothing(ask: Ask, store: CountingStore) -> None:
    text = """{ projects(first: 100) { totalCount
      nodes { title { value } publisher { title { value } } partOf { title { value } }
        readiness { standard { title { value } } basic } }
      facets { name values { label count } } } }"""
    judged = 'projects(first: 100, filter: {readiness: {standard: "profile", outcome: [MET, NOT_MET]}})'

    assert asked(ask, store, text.replace("projects(first: 100)", judged)) == 0


def test_a_comparison_table_needs_as_many_queries_as_it_has_cells(ask: Ask, store: CountingStore) -> None:
    text = """{ comparisonTable(token: "5.1") { columns { iri } rows { cells { items { title { value }
      statements { text { value } } } } } } }"""

    assert asked(ask, store, text) <= 3 * 8 + 4
