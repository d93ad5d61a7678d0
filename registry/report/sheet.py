"""A plain table with a title, in which standards and crosswalks are shown to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from registry.report.csv import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

__all__ = ["Sheet", "write_csv", "write_text"]


@dataclass(frozen=True)
class Sheet:
    """A table: what it shows, a sentence or two about it, its headings and its rows."""

    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_text(sheets: Sequence[Sheet], console: Console) -> None:
    """Write tables to a terminal or a file, without frames."""
    for number, sheet in enumerate(sheets):
        if number:
            console.print()
        console.print(Text(sheet.title, style="bold"))
        for note in sheet.notes:
            console.print(Text(note))
        if sheet.rows:
            console.print(Padding(_table(sheet), (1, 0, 0, 0)))


def _table(sheet: Sheet) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading in sheet.headings:
        table.add_column(Text(heading))
    for row in sheet.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def write_csv(sheets: Sequence[Sheet]) -> str:
    r"""Write tables one below the other for a spreadsheet, each under its headings with the title in front.

    >>> print(
    ...     write_csv([Sheet("Needs", (), ("what",), (("hours",),))]), end=""
    ... )  # doctest: +NORMALIZE_WHITESPACE
    table,what
    Needs,hours
    """
    return "".join(
        write_rows(("table", *sheet.headings), ((sheet.title, *row) for row in sheet.rows))
        for sheet in sheets
    )
