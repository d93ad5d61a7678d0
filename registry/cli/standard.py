"""`koepel standard preview`: what another version of a standard would mean for every labelled project."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, deliver, deliver_console

if TYPE_CHECKING:
    from registry.report.preview import PreviewReader
    from registry.validation.standard import Library

__all__ = ["add_to"]


class PreviewFormat(StrEnum):
    """How the preview is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


class DescriptionChoice(StrEnum):
    """Which description of each project is looked at."""

    TODAY = "today"
    ASSESSED = "assessed"


DraftOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        exists=True,
        dir_okay=False,
        help="A draft of the whole standard in Turtle, in the place of the installed one.",
    ),
]
DayOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The labels of this day; today if none is said.")
]
DescriptionOption = Annotated[
    DescriptionChoice,
    typer.Option(help="Which description is looked at: today's, or the one that was assessed."),
]
FormOption = Annotated[PreviewFormat, typer.Option("--format", "-f", help="Form of the answer.")]


def add_to(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(help="Try another version of a quality standard.", no_args_is_help=True)
    group.callback()(_group)
    group.command()(preview)
    app.add_typer(group, name="standard")


def _group() -> None:
    """Try another version of a quality standard."""


def preview(
    language: LanguageOption,
    token: Annotated[str, typer.Argument(help="Short name of the standard.")],
    version: Annotated[str, typer.Argument(help="Number of the version to try, announced or drafted.")],
    file: DraftOption = None,
    on: DayOption = None,
    description: DescriptionOption = DescriptionChoice.TODAY,
    form: FormOption = PreviewFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Tell for every labelled project what it would gain or lose under a version of a standard.

    Nothing is decided or written down by it, and nobody is told. The exit code is 0, also where labels would
    be lost; 2 when the standard, the version or the draft cannot be read.
    """
    from registry.certification.desk import Desk
    from registry.certification.outlook.preview import Basis
    from registry.certification.outlook.preview import preview as survey
    from registry.cli.home import at_work, own_home
    from registry.report.preview import PreviewReader
    from registry.settings import settings

    library = _library(file)
    standard = library.standard(token).at(version)  # a misspelt one is told before anything is read
    desk = Desk.of(own_home(), library, settings())
    day = on.date() if on else desk.today()
    with at_work("Trying the version") as (_, executor):
        changes = survey(
            desk, token, version, day, basis=Basis(description), library=library, executor=executor
        )
    _deliver(PreviewReader(standard, changes, day, language), form, output)


def _deliver(reader: PreviewReader, form: PreviewFormat, output: Path | None) -> None:
    from registry.report.sheet import write_records

    match form:
        case PreviewFormat.TEXT:
            deliver_console(lambda console: write_records(reader.sheets(), console), output)
        case PreviewFormat.CSV:
            deliver(reader.csv(), output)
        case PreviewFormat.JSON:
            deliver(reader.json(), output)


def _library(draft: Path | None) -> Library:
    from registry.cli.source import read_source
    from registry.validation.standard import load_library, with_draft

    return with_draft(read_source(str(draft)).graph) if draft else load_library()
