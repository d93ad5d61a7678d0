"""`koepel publish` and `koepel snippet`: descriptions become a small site, or a block for a site there is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry.cli.language import LanguageOption
from registry.cli.output import OutputOption, complain, deliver, deliver_console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from federation.publishing.site.leaf import Leaf
    from federation.publishing.site.plan import Plan
    from registry.check import Checked
    from registry.ingest.document import Document

__all__ = ["add_to", "read_folder"]

PUBLISHED, INCOMPLETE, UNREADABLE = 0, 1, 2
ENDINGS: Final = {".ttl", ".jsonld", ".json"}


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(publish)
    app.command()(snippet)


def publish(
    language: LanguageOption,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="The descriptions.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="SITE", file_okay=False, help="Folder of the site.")],
    address: Annotated[str, typer.Option("--address", metavar="URL", help="Web address of the site.")],
    token: Annotated[
        list[str] | None, typer.Option("--token", help="Code of a registry; may be given again.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the first page.")] = "",
    allow_incomplete: Annotated[
        bool, typer.Option("--allow-incomplete", help="Also what lacks something that a listing needs.")
    ] = False,
) -> None:
    """Make a small site of descriptions, which any web space can hold.

    The exit code is 0 when the site is written, 1 when a description lacks what a listing needs, 2 when one
    cannot be read or does not belong on the site; then nothing is changed.
    """
    from federation.publishing.site.folder import read_site, write_site
    from federation.publishing.site.leaf import base_of
    from federation.publishing.site.plan import Plan, lay_out

    plan = Plan(base_of(address), language.value, title, tuple(token or ()))
    leaves = read_folder(folder, plan.address)
    if not allow_incomplete:
        _refuse_incomplete(leaves, language)
    files = lay_out(plan, leaves, read_site(to), datetime.now(UTC).replace(microsecond=0))
    write_site(to, files)
    _tell(to, plan, len(leaves), language)


def snippet(
    language: LanguageOption,
    file: Annotated[Path, typer.Argument(help="The description.")],
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help="Address of the page for the block.")
    ] = None,
    output: OutputOption = None,
) -> None:
    """Write a description as a block to paste into a page of a site that exists."""
    from federation.publishing.snippet import instructions
    from federation.publishing.snippet import snippet as block

    document, place = _draft(file, address)
    deliver(block(document.graph, place), output)
    typer.echo(instructions(place, language), err=True)


def _draft(file: Path, address: str | None) -> tuple[Document, str]:
    """Read a description and say on which page it will stand: the one that is given, or the one it names."""
    from registry.cli.source import read_file
    from registry.draft import DRAFT_SITE, own_address, read_draft
    from registry.errors import InvalidDataError
    from registry.formats import Format
    from registry.ingest.document import read_document
    from registry.settings import settings

    data = read_file(file, settings().document_bytes + 1)
    if address:
        form = Format.from_extension(file.name)
        document = read_document(data, media_type=form.media_type if form else None, address=address)
    else:
        document = read_draft(data, file.name)
    place = own_address(document.graph) or address
    if place is None or place.startswith(DRAFT_SITE):
        raise InvalidDataError(
            "snippet-without-page",
            "{file} does not say at which address it will stand. Give the address of the page with "
            "--address.",
            file=file.name,
        )
    return document, place


def read_folder(folder: Path, site: str | None) -> list[Leaf]:
    """Read every description of a folder, for a site or as they are; all that is wrong is told at once."""
    from federation.publishing.site.leaf import read_leaf, read_own_leaf
    from registry.cli.source import read_file
    from registry.errors import KoepelError, NotFoundError
    from registry.settings import settings

    leaves, wrong = [], 0
    for path in sorted(one for one in folder.iterdir() if one.suffix.lower() in ENDINGS):
        try:
            data = read_file(path, settings().document_bytes + 1)
            leaves.append(read_leaf(data, path.name, site) if site else read_own_leaf(data, path.name))
        except KoepelError as error:
            error.address = path.name
            complain(error)
            wrong += 1
    if wrong:
        raise typer.Exit(UNREADABLE)
    if not leaves:
        raise NotFoundError(
            "no-descriptions",
            "{folder} holds no descriptions. Their files end in .ttl, .jsonld or .json.",
            folder=str(folder),
        )
    return leaves


def _refuse_incomplete(leaves: Iterable[Leaf], language: str) -> None:
    """Show what descriptions lack, as `koepel check` does, and go no further."""
    from registry.check import PROFILE, check
    from registry.report import reader, text
    from registry.validation.standard import load_library

    today = date.today()
    checked = {one.name: check(one.document, load_library(), [PROFILE], today) for one in leaves}
    lacking: dict[str, Checked] = {name: one for name, one in checked.items() if not one.conforms}
    if lacking:
        views = [reader.tell(one, language, name) for name, one in lacking.items()]
        deliver_console(lambda console: text.write(views, console), None)
        raise typer.Exit(INCOMPLETE)


def _tell(to: Path, plan: Plan, count: int, language: str) -> None:
    from federation.publishing.site.plan import WELL_KNOWN
    from registry.translation import Translator

    _ = Translator("web", language)
    typer.echo(_("{folder} holds the site, with descriptions: {count}.", folder=str(to), count=count))
    typer.echo(_("Put everything in it on your web space, at {address}.", address=plan.address))
    if not plan.is_whole_host:
        typer.echo(
            _(
                "The file {file} is looked for at the very beginning of your host. Put it there too if you "
                "can; the pages hold the code as well.",
                file=WELL_KNOWN,
            )
        )
