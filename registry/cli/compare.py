"""`koepel compare`: programmes or roles side by side, every cell with its sources."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, deliver, deliver_console
from registry.cli.question import DataOption, open_data

if TYPE_CHECKING:
    from pathlib import Path

    from registry.comparison.table import ComparisonTable

__all__ = ["add_to"]


class CompareFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    CSV = "csv"
    HTML = "html"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(compare)


def compare(
    language: LanguageOption,
    table: Annotated[str, typer.Option("--table", "-t", help="Which table: 2.1, 3.1, 4.1 or 5.1.")],
    form: Annotated[
        CompareFormat, typer.Option("--format", "-f", help="Form of the answer.")
    ] = CompareFormat.TEXT,
    sources: Annotated[bool, typer.Option(help="Name the statements behind every cell.")] = True,
    data: DataOption = None,
    output: OutputOption = None,
) -> None:
    """Lay programmes or roles side by side, filled from the descriptions.

    2.1, 3.1 and 4.1 show who does what in the German, Dutch and Catalan programme; 5.1 compares the three.
    """
    from registry.comparison.table import build

    _write(build(open_data(data, language), table, language), form, output, sources=sources)


def _write(table: ComparisonTable, form: CompareFormat, output: Path | None, *, sources: bool) -> None:
    from registry.comparison import csv, html, text

    match form:
        case CompareFormat.TEXT:
            deliver_console(lambda console: text.write(table, console, sources=sources), output)
        case CompareFormat.CSV:
            deliver(csv.render(table, sources=sources), output)
        case CompareFormat.HTML:
            deliver(html.render(table, sources=sources), output)
