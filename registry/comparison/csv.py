"""A comparison table for a spreadsheet: one row per item and statement, with the IRIs of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.report.csv import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.comparison.table import Cell, ComparisonTable, Item, TableRow
    from registry.comparison.wording import Statement

__all__ = ["render"]

ITEM_COLUMNS: Final = ("table", "row", "column", "actor", "item", "actor_iri", "item_iri")
SOURCE_COLUMNS: Final = ("identifiers", "statement", "source", "place", "date", "conflicts", "statement_iri")
"""The names of the columns stay in English, so that one spreadsheet fits every language."""


def render(table: ComparisonTable, *, sources: bool) -> str:
    """Write a table; without sources there is one row per item."""
    rows = [
        (*_item(table, row, cell, item), *told)
        for row in table.rows
        for cell in row.cells
        for item in cell.items
        for told in (_sources(item) if sources else [()])
    ]
    # A literal of rdflib is a string that answers some questions about strings differently.
    plain = (map(str, row) for row in rows)
    return write_rows((*ITEM_COLUMNS, *(SOURCE_COLUMNS if sources else ())), plain)


def _item(table: ComparisonTable, row: TableRow, cell: Cell, item: Item) -> tuple[str, ...]:
    actor = (item.actor.text, item.actor.iri) if item.actor else ("", "")
    return (table.token, row.head.text, cell.column.text, actor[0], item.text, actor[1], item.iri)


def _sources(item: Item) -> Iterator[tuple[str, ...]]:
    """Give the parts of each statement, or nothing but empty cells for an item that names none."""
    yield from map(_source, item.statements)
    if not item.statements:
        yield ("",) * len(SOURCE_COLUMNS)


def _source(statement: Statement) -> tuple[str, ...]:
    return (
        " ".join(statement.identifiers),
        statement.text,
        statement.source,
        "; ".join(statement.places),
        "; ".join(statement.dates),
        " ".join(statement.conflicts),
        statement.iri,
    )
