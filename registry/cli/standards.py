"""`koepel standards` and `koepel crosswalk`: what quality standards ask, and how two of them compare."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, deliver, deliver_console

if TYPE_CHECKING:
    from rich.console import Console

    from registry.report.standard import StandardReader
    from registry.validation.standard import Standard

__all__ = ["add_to"]


class StandardFormat(StrEnum):
    """How a standard is written; SHACL is Turtle that any validator runs."""

    TEXT = "text"
    JSON = "json"
    SHACL = "shacl"


class CrosswalkFormat(StrEnum):
    """How a crosswalk is written."""

    TEXT = "text"
    CSV = "csv"
    HTML = "html"


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(standards)
    app.command()(crosswalk)


def standards(
    language: LanguageOption,
    token: Annotated[
        str | None, typer.Argument(help="Short name of one standard; without it, all are listed.")
    ] = None,
    form: Annotated[
        StandardFormat, typer.Option("--format", "-f", help="Form of the answer.")
    ] = StandardFormat.TEXT,
    version: Annotated[
        str | None, typer.Option(help="Number of the version to show; without it, the one that counts today.")
    ] = None,
    output: OutputOption = None,
) -> None:
    """List the quality standards, or show what one of them asks."""
    from registry.report.json import render_standards
    from registry.report.standard import StandardReader
    from registry.validation.standard import load_library

    library = load_library()
    today = date.today()
    chosen = [_chosen(library.standard(token), version)] if token else list(library.standards.values())
    reader = StandardReader(library, language, today)
    match form:
        case StandardFormat.TEXT:
            deliver_console(lambda console: _show(reader, chosen[0] if token else None, console), output)
        case StandardFormat.JSON:
            deliver(render_standards(chosen, language, today), output)
        case StandardFormat.SHACL:
            deliver(_shapes(chosen[0] if token else None, today), output)


def crosswalk(
    language: LanguageOption,
    first: Annotated[str, typer.Argument(help="The standard that a project meets.")],
    second: Annotated[str, typer.Argument(help="The standard that it wants to meet as well.")],
    form: Annotated[
        CrosswalkFormat, typer.Option("--format", "-f", help="Form of the answer.")
    ] = CrosswalkFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Lay two standards side by side, and say what meeting the first leaves to do for the second."""
    from registry.crosswalk import lay_side_by_side
    from registry.report import html, sheet
    from registry.report.standard import StandardReader
    from registry.validation.standard import load_library

    library, today = load_library(), date.today()
    pair = (library.standard(token).on(today) for token in (first, second))
    sheets = StandardReader(library, language, today).crosswalk(lay_side_by_side(library, *pair))
    match form:
        case CrosswalkFormat.TEXT:
            deliver_console(lambda console: sheet.write_records(sheets, console), output)
        case CrosswalkFormat.CSV:
            deliver(sheet.write_csv(sheets), output)
        case CrosswalkFormat.HTML:
            deliver(html.render_sheets(sheets, language), output)


def _show(reader: StandardReader, standard: Standard | None, console: Console) -> None:
    from registry.report.sheet import write_records, write_table

    if standard is None:
        write_table(reader.listing(), console)
    else:
        write_records([reader.standard(standard)], console)


def _chosen(standard: Standard, version: str | None) -> Standard:
    return standard.at(version) if version else standard


def _shapes(standard: Standard | None, today: date) -> str:
    """Write a standard as SHACL Core, with greatest ages counted back from today."""
    from registry.errors import InvalidDataError
    from registry.validation.composition import compose
    from registry.validation.standard import load_library

    library = load_library()
    if standard is None:
        raise InvalidDataError(
            "standard-not-named",
            "SHACL is written for one standard at a time. Name one of: {choices}.",
            choices=", ".join(library.standards),
        )
    return compose(library, standard, today).shapes.serialize(format="turtle")
