"""A comparison table for a terminal: no frames are drawn, and numbers lead from each item to its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from registry.errors import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from registry.comparison.table import Cell, ComparisonTable
    from registry.comparison.wording import Statement

__all__ = ["write"]

NOTHING = "–"


def write(table: ComparisonTable, console: Console, *, sources: bool) -> None:
    """Write a table to a terminal or a file, with the statements behind it when asked for."""
    console.print(_text(table.title, style="bold"))
    console.print(_text(f"{table.source}, {table.place}", style="dim"))
    console.print()
    console.print(_grid(table, sources=sources))
    for source, statements in table.sources if sources else ():
        console.print(_text(source, style="bold"))
        for statement in statements:
            console.print(Padding(_statement(table, statement), (0, 0, 0, 2)))


def _grid(table: ComparisonTable, *, sources: bool) -> Table:
    grid = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, header_style="bold")
    words = (len(word) for row in table.rows for word in row.head.text.split())
    grid.add_column(style="bold", width=max(words, default=1))
    for column in table.columns:
        grid.add_column(_text(column.text), ratio=1)
    for row in table.rows:
        grid.add_row(_text(row.head.text), *(_cell(table, cell, sources=sources) for cell in row.cells))
    return grid


def _cell(table: ComparisonTable, cell: Cell, *, sources: bool) -> RenderableType:
    parts: list[RenderableType] = []
    for actor, items in cell.groups:
        if actor:
            parts.append(_text(f"{actor.text}:", style="italic"))
        bullets = Table.grid(padding=(0, 1, 0, 0))
        for item in items:
            marks = ", ".join(_run(*run) for run in table.references(item)) if sources else ""
            bullets.add_row("-", _text(f"{item.text} [{marks}]" if marks else item.text))
        parts.append(bullets)
    return Group(*(parts or [NOTHING]))


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _statement(table: ComparisonTable, statement: Statement) -> Text:
    conflicts = [f"{table.words.conflict} {one}" for one in statement.conflicts]
    names = ", ".join((*statement.identifiers, *statement.places, *statement.dates, *conflicts))
    number = f"[{table.numbers[statement]}] "
    return Text.assemble((number, "bold"), printable(statement.text), (f" ({printable(names)})", "dim"))


def _text(text: str, style: str = "") -> Text:
    """Take a text literally, for a stranger may have written it; too long a word is broken, never cut."""
    return Text(printable(text), style=style, overflow="fold")
