"""The tables from the graph against the tables that were published, cell by cell and in both directions.

What the graph adds to a published cell is listed in `differences.csv` with the reason why the cell lacks it.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from registry.comparison.definition import table_tokens
from registry.comparison.table import Cell, ComparisonTable, Head, Item, build
from registry.dataset import examples_store
from registry.graph.store import GraphStore
from registry.vocabulary import LANGUAGES

Place = tuple[str, str, str]
DIFFERENCES = Path(__file__).with_name("differences.csv")


@cache
def examples() -> GraphStore:
    """Load the examples once."""
    return examples_store()


@cache
def table(token: str, language: str = "en") -> ComparisonTable:
    """Fill a table from the examples."""
    return build(examples(), token, language)


def cells() -> Iterator[tuple[Place, Cell]]:
    """List the cells of all tables by table, row and column."""
    for filled in map(table, table_tokens()):
        for row in filled.rows:
            yield from ((_place(filled, row.head, cell.column), cell) for cell in row.cells)


def identifiers(item: Item) -> set[str]:
    """List the rows of the facts behind an item."""
    return {identifier for statement in item.statements for identifier in statement.identifiers}


def printed(shared: Path) -> dict[Place, set[str]]:
    """List the rows that were printed in each cell; tables of tasks count their rows within a column."""
    found: dict[Place, set[str]] = {place: set() for place, _ in cells()}
    with (shared / "facts" / "tables.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            filled = table(line["table"])
            row = filled.rows[int(line["row_index"]) - 1] if len(filled.rows) > 1 else filled.rows[0]
            found[_place(filled, row.head, filled.columns[int(line["column_index"]) - 1])].add(line["id"])
    return found


def _place(filled: ComparisonTable, row: Head, column: Head) -> Place:
    return (filled.token, row.iri.rpartition("#")[2], column.iri.rpartition("#")[2])


def differences() -> dict[tuple[str, ...], str]:
    """List what the graph adds to published cells, with the reason."""
    with DIFFERENCES.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return {
        tuple(line[part] for part in ("table", "row", "column", "item")): line["reason"] for line in lines
    }


def test_every_printed_row_stands_in_its_cell(shared: Path) -> None:
    generated = {place: set().union(*map(identifiers, cell.items)) for place, cell in cells()}

    missing = {place: rows - generated[place] for place, rows in printed(shared).items()}

    assert {place: rows for place, rows in missing.items() if rows} == {}


def test_every_item_was_printed_in_its_cell_or_its_difference_is_explained(shared: Path) -> None:
    rows = printed(shared)

    items = [(place, item) for place, cell in cells() for item in cell.items]
    added = {(*place, item.key) for place, item in items if not identifiers(item) & rows[place]}

    assert added == set(differences())


def test_every_difference_has_a_reason_that_names_the_source() -> None:
    assert [one for one, reason in differences().items() if not re.search(r"§\d|table \d\.1", reason)] == []


def test_every_item_names_the_statements_behind_it() -> None:
    assert [(place, item.key) for place, cell in cells() for item in cell.items if not item.statements] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("token", table_tokens())
def test_every_heading_and_every_code_is_in_the_language_of_the_reader(token: str, language: str) -> None:
    filled = table(token, language)
    heads = [filled.title, *(one.text for one in (*filled.columns, *(row.head for row in filled.rows)))]
    items = [item for row in filled.rows for cell in row.cells for item in cell.items]
    codes = [item.text for item in items if "/code/" in item.iri or "/table/" in item.iri]

    assert {text.language for text in (*heads, *codes)} == {language}


def test_members_that_do_what_their_group_does_are_shown_as_the_group() -> None:
    carriers = next(cell for place, cell in cells() if place == ("2.1", "tasks", "programme-carriers"))

    assert {str(item.actor.text) for item in carriers.items if item.actor} == {
        "programme carriers of Menschen stärken Menschen"
    }


def test_a_role_that_a_source_denies_is_said_to_be_absent() -> None:
    cell = next(cell for place, cell in cells() if place == ("5.1", "supralocal-government", "netherlands"))

    assert [str(item.text) for item in cell.items if item.actor is None] == ["none, says the source"]
