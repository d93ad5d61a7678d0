"""`koepel scheme`: takes up the rules of label schemes, shows them and withdraws them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.home import ActorOption, ReasonOption

if TYPE_CHECKING:
    from registry.home import Home
    from registry.scheme.adoption import Adopted

__all__ = ["add_to"]

SchemeArgument = Annotated[str, typer.Argument(metavar="SCHEME", help="The IRI of the scheme.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(help="Take up the rules of label schemes, and withdraw them.", no_args_is_help=True)
    group.command()(adopt)
    group.command("list")(list_schemes)
    group.command()(show)
    group.command()(withdraw)
    app.add_typer(group, name="scheme")


def adopt(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The scheme in Turtle.")
    ],
    reason: Annotated[str, typer.Option("--reason", "-r", help="Why; everybody can read it.")] = "",
    actor: ActorOption = "operator",
) -> None:
    """Take up a scheme, or a new text of one: new cases go by it, and cases under way keep theirs."""
    from registry.cli.home import own_home, show_readers
    from registry.draft import read_draft
    from registry.scheme import adoption
    from registry.validation.standard import load_library

    document = read_draft(file.read_bytes(), file.name)
    event, version = adoption.adopt(document, load_library(), actor, reason)
    home = own_home()
    with home.writing():
        known = _adopted(home).get(event.source)
        if known and known.digest == version.digest and not known.withdrawn:
            typer.echo(f"already adopted: {event.source}")
            return
        home.ledger.append(event, version)
    show_readers(home)
    typer.echo(f"adopted: {event.source}")


def list_schemes() -> None:
    """List the schemes that this registry has adopted."""
    from registry.cli.home import own_home

    for iri, one in sorted(_adopted(own_home()).items()):
        typer.echo(f"{iri}  {_title(one)}{'  (withdrawn)' if one.withdrawn else ''}")


def show(scheme: SchemeArgument) -> None:
    """Show the text of a scheme as it was adopted last."""
    from registry.cli.home import own_home
    from registry.scheme.adoption import unknown

    home = own_home()
    found = _adopted(home).get(scheme)
    if found is None:
        raise unknown(scheme)
    typer.echo(home.ledger.version(found.digest).original.decode("utf-8").rstrip("\n"))


def withdraw(scheme: SchemeArgument, reason: ReasonOption, actor: ActorOption = "operator") -> None:
    """Take no new applications under a scheme; labels and cases under way go on."""
    from registry.cli.home import own_home, show_readers
    from registry.scheme import adoption

    home = own_home()
    with home.writing():
        home.ledger.append(adoption.withdraw(_adopted(home), scheme, actor, reason))
    show_readers(home)
    typer.echo(f"withdrawn: {scheme}")


def _adopted(home: Home) -> dict[str, Adopted]:
    from registry.scheme.adoption import adopted, texts

    events = home.ledger.acts()
    return adopted(events, texts(home.ledger, events))


def _title(one: Adopted) -> str:
    from registry.cli.language import reader_language

    titles = one.scheme.titles
    return titles.get(reader_language()) or titles.get("en") or next(iter(titles.values()))
