"""`koepel check`: what a description lacks, and how to mend it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, complain, deliver, deliver_console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from registry.check import Checked
    from registry.report.view import ReportView

__all__ = ["add_to"]

CONFORMS, FALLS_SHORT, UNREADABLE = 0, 1, 2
"""Exit codes; for several descriptions the worst counts."""


class CheckFormat(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"
    HTML = "html"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(check)


def check(
    language: LanguageOption,
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE|URL…", help="What to check; - reads the input.")
    ],
    standard: Annotated[
        list[str] | None, typer.Option("--standard", "-s", help="Check this standard; may be given again.")
    ] = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="Form of the result.")
    ] = CheckFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Check descriptions against what a listing needs and the standards that they claim to meet.

    The exit code is 0 when nothing basic is missing, 1 when something is, 2 when one cannot be read.
    """
    from registry.report import reader
    from registry.validation.standard import load_library

    for token in standard or ():
        load_library().standard(token)  # a misspelt standard is told before anything is fetched
    checked = {source: _check(source, standard) for source in sources}
    found = {source: one for source, one in checked.items() if one is not None}
    views = [reader.tell(one, language, source) for source, one in found.items()]
    if found:
        _write(form, list(found.values()), views, output)
    raise typer.Exit(max(map(_exit_code, checked.values())))


def _check(source: str, standards: Sequence[str] | None) -> Checked | None:
    """Check one description; one that cannot be read is told at once and does not stop the others."""
    from registry.check import check as hold
    from registry.cli.source import read_source
    from registry.errors import KoepelError
    from registry.validation.standard import load_library

    try:
        document = read_source(source)
    except KoepelError as error:
        complain(error)
        return None
    try:
        return hold(document, load_library(), standards, date.today())
    except KoepelError as error:
        error.address = source
        complain(error)
        return None


def _exit_code(checked: Checked | None) -> int:
    if checked is None:
        return UNREADABLE
    return CONFORMS if checked.conforms else FALLS_SHORT


def _write(form: CheckFormat, checked: list[Checked], views: list[ReportView], output: Path | None) -> None:
    from registry.report import csv, html, json, text, turtle

    match form:
        case CheckFormat.TEXT:
            deliver_console(lambda console: text.write(views, console), output)
        case CheckFormat.JSON:
            deliver(json.render(views), output)
        case CheckFormat.CSV:
            deliver(csv.render(views), output)
        case CheckFormat.HTML:
            deliver(html.render(views), output)
        case CheckFormat.TURTLE:
            deliver(turtle.render([one for each in checked for one in each.assessments]), output)
