"""What stands in a cell follows from the structure of a description, not from where a source printed it."""

import pytest

from registry.comparison.table import Item, build
from registry.dataset import examples_store
from registry.graph.embedded import EmbeddedStore

MENSCHEN = "https://w3id.org/koepel/example/germany/menschen-staerken-menschen"
PREFIXES = """
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix task: <https://w3id.org/koepel/code/task/> .
@prefix role: <https://w3id.org/koepel/code/governance-role/> .
@prefix programme: <https://w3id.org/koepel/example/germany/menschen-staerken-menschen#> .
"""


@pytest.fixture
def empty() -> EmbeddedStore:
    """A graph without any description."""
    return EmbeddedStore.in_memory()


def federal_tasks(store: EmbeddedStore) -> list[Item]:
    """Read the first cell of table 2.1."""
    return list(build(store, "2.1", "en").rows[0].cells[0].items)


def describe(store: EmbeddedStore, turtle: str) -> None:
    """Add a description to a graph."""
    store.load((PREFIXES + turtle).encode(), graph="https://buddy.example/profile")


def test_a_table_of_an_empty_graph_says_nothing(empty: EmbeddedStore) -> None:
    assert federal_tasks(empty) == []


def test_a_statement_that_only_names_a_cell_stands_in_no_cell(empty: EmbeddedStore) -> None:
    describe(
        empty,
        """<#one> a koepel:Statement ; koepel:about programme:programme ;
          koepel:locator "Table 2.1, row 1, column 1" .""",
    )

    assert federal_tasks(empty) == []


def test_a_task_without_a_source_still_stands_in_its_cell(empty: EmbeddedStore) -> None:
    describe(
        empty,
        """<#one> koepel:forProgramme programme:programme ; koepel:task task:promote ;
          koepel:governanceRole role:supralocal-government ; koepel:actor <#ministry> .""",
    )

    assert [(item.key, item.statements) for item in federal_tasks(empty)] == [
        ("profile#ministry promote", ())
    ]


def test_a_task_of_another_programme_stands_in_no_cell() -> None:
    store = examples_store()
    store.replace(MENSCHEN, b"")

    assert federal_tasks(store) == []
