"""`koepel spreadsheet`: a template to fill, descriptions made from it, and a sheet made from descriptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry.cli.language import LanguageOption

if TYPE_CHECKING:
    from federation.publishing.spreadsheet.book import Reading
    from federation.publishing.spreadsheet.row import Mistake

__all__ = ["add_to"]

WRITTEN, INCOMPLETE, UNREADABLE = 0, 1, 2
DELIMITED: Final = ".csv"
SheetFile = Annotated[Path, typer.Argument(metavar="FILE.xlsx|FILE.csv", dir_okay=False)]
YesOption = Annotated[bool, typer.Option("--yes", help="Write over files that are there.")]


def add_to(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Projects in a spreadsheet, one a row.")
    group.command()(template)
    group.command()(read)
    group.command()(write)
    app.add_typer(group, name="spreadsheet")


def template(language: LanguageOption, file: SheetFile, yes: YesOption = False) -> None:
    """Write an empty sheet, with a column for all that can be said and the code lists to choose from."""
    from federation.publishing.spreadsheet.book import template as empty

    _save(file, empty(language, delimited=_is_delimited(file)), yes=yes)


def read(
    language: LanguageOption,
    file: SheetFile,
    address: Annotated[str, typer.Option("--address", metavar="URL", help="Web address of your site.")],
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", file_okay=False, help="Folder for descriptions.")
    ],
    yes: YesOption = False,
) -> None:
    """Make a description of every row.

    The exit code is 0 when every row has what a listing needs, 1 when one lacks something, 2 when something
    cannot be understood; then nothing is written.
    """
    from federation.publishing.site.leaf import base_of
    from federation.publishing.spreadsheet.book import read_book
    from federation.publishing.spreadsheet.grid import MOST_BYTES
    from federation.publishing.writing.turtle import write_turtle
    from registry.cli.source import read_file

    data = read_file(file, MOST_BYTES + 1)
    reading = read_book(data, file.name, base_of(address), language, date.today())
    _tell_places(reading.notes, language)
    if reading.mistakes:
        _tell_places(reading.mistakes, language)
        raise typer.Exit(UNREADABLE)
    site = base_of(address)
    named = {row.address: to / _file_name(row.address, site) for row in reading.rows}
    for path in named.values():
        _refuse_existing(path, yes=yes)
    for row in reading.rows:
        _save(named[row.address], write_turtle(row.describe(), row.address).encode(), yes=True)
    _tell_lacking(reading, to, language)
    raise typer.Exit(INCOMPLETE if reading.lacking or not reading.rows else WRITTEN)


def write(
    language: LanguageOption,
    folder: Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False)],
    file: SheetFile,
    yes: YesOption = False,
) -> None:
    """Write the descriptions of a folder into a sheet, and list what the sheet cannot hold."""
    from federation.publishing.spreadsheet.book import write_book
    from registry.cli.publish import read_folder
    from registry.translation import Translator

    _ = Translator("web", language)
    made = write_book(read_folder(folder, None), language, date.today(), delimited=_is_delimited(file))
    _save(file, made.data, yes=yes)
    for name, losses in made.losses.items():
        told = list(dict.fromkeys(one.tell(language) for one in losses if one.is_told))
        if told:
            typer.echo(
                _("{file}: the sheet cannot hold this, and a description made from it lacks it:", file=name)
            )
            for one in told:
                typer.echo(f"  - {one}")


def _is_delimited(file: Path) -> bool:
    from registry.errors import InvalidDataError

    if file.suffix.lower() not in {DELIMITED, ".xlsx"}:
        raise InvalidDataError(
            "sheet-format", "{file} must end in .xlsx or .csv, which says how it is written.", file=str(file)
        )
    return file.suffix.lower() == DELIMITED


def _file_name(address: str, site: str) -> str:
    """Name the file of a description after the end of its address."""
    return address.removeprefix(site).strip("/").replace("/", "-").removesuffix(".ttl") + ".ttl"


def _refuse_existing(path: Path, *, yes: bool) -> None:
    from registry.cli.init import refuse_existing

    refuse_existing(path, yes=yes)


def _save(path: Path, data: bytes, *, yes: bool) -> None:
    from registry.errors import NotAllowedError

    _refuse_existing(path, yes=yes)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise NotAllowedError(
            "file-not-writable",
            "{file} cannot be written: {reason}. Choose another place.",
            file=str(path),
            reason=error.strerror or str(error),
        ) from error


def _tell_places(mistakes: list[Mistake], language: str) -> None:
    from registry.translation import Translator, explain

    _ = Translator("web", language)
    for one in mistakes:
        place = _(
            "{sheet}, row {row}, column {column} ({heading}):",
            sheet=one.sheet,
            row=one.row,
            column=one.column,
            heading=one.heading,
        )
        typer.echo(f"{place} {explain(one.error, language)}", err=True)


def _tell_lacking(reading: Reading, to: Path, language: str) -> None:
    from registry.translation import Translator

    _ = Translator("web", language)
    for sheet, row, field in reading.lacking:
        name = field.label(language)
        typer.echo(
            _("{sheet}, row {row}: a listing needs “{name}”.", sheet=sheet, row=row, name=name), err=True
        )
    typer.echo(_("{folder} holds the descriptions: {count}.", folder=str(to), count=len(reading.rows)))
