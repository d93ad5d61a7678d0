"""A plain table with a title, in which standards and crosswalks are shown to people."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from registry.report.csv import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

__all__ = ["Sheet", "write_csv", "write_records", "write_table"]


@dataclass(frozen=True)
class Sheet:
    """A table: what it shows, a sentence or two about it, its headings and its rows."""

    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_table(sheet: Sheet, console: Console) -> None:
    """Write a table with short cells to a terminal or a file, without frames."""
    _write_head(sheet, console)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading in sheet.headings:
        table.add_column(Text(heading), overflow="fold")
    for row in sheet.rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print()
    console.print(table)


def write_records(sheets: Sequence[Sheet], console: Console) -> None:
    """Write tables with long cells line by line: the first cell stands above the rows that share it."""
    for number, sheet in enumerate(sheets):
        if number:
            console.print()
        _write_head(sheet, console)
        for first, rows in groupby(sheet.rows, lambda row: row[0]):
            console.print()
            console.print(Text(first, style="bold"))
            for row in rows:
                _write_record(sheet, row, console)


def _write_head(sheet: Sheet, console: Console) -> None:
    console.print(Text(sheet.title, style="bold underline"))
    for note in sheet.notes:
        console.print(Text(note))


def _write_record(sheet: Sheet, row: tuple[str, ...], console: Console) -> None:
    for heading, cell in zip(sheet.headings[1:], row[1:], strict=True):
        head, *more = cell.splitlines() or [""]
        lines = (
            [f"{heading}: {head}"] if not more else [f"{heading}:", *(f"- {line}" for line in (head, *more))]
        )
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 4 if line.startswith("- ") else 2)))


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
