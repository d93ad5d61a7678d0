"""`koepel organisation`: names organisations before they register, claims them, and merges them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.add import BehalfOption
from registry.cli.home import ActorOption, ReasonOption

if TYPE_CHECKING:
    from registry.home import Home
    from registry.ledger import Event

__all__ = ["add_to"]

IriArgument = Annotated[str, typer.Argument(metavar="IRI", help="The IRI of the organisation.")]
OptionalReason = Annotated[str, typer.Option("--reason", "-r", help="Why; everybody can read it.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(
        help="Name organisations before they register, claim them, and merge them.", no_args_is_help=True
    )
    for command in (name, claim, merge):
        group.command()(command)
    app.add_typer(group, name="organisation")


def name(
    iri: IriArgument,
    called: Annotated[str, typer.Option("--name", help="What it is called.")],
    language: Annotated[str, typer.Option(help="The language of the name, as in nl.")] = "",
    kind: Annotated[str, typer.Option(metavar="CODE", help="Its type of organisation.")] = "",
    reason: OptionalReason = "",
    actor: ActorOption = "operator",
    behalf: BehalfOption = "",
) -> None:
    """Give an organisation a name until it describes itself."""
    from federation.registration.organisation import name_organisation
    from registry.cli.home import own_home

    home = own_home()
    with home.writing():
        named = name_organisation(home.ledger, iri, called, language, kind)
        _write(home, replace(named, reason=reason, actor=actor, behalf=behalf))
    _show(home, f"named: {iri}")


def claim(
    iri: IriArgument,
    source: Annotated[str, typer.Option(metavar="SOURCE", help="The source that speaks for it.")],
    vouch: Annotated[
        bool, typer.Option("--vouch", help="Also where its IRI does not lie under the source.")
    ] = False,
    reason: OptionalReason = "",
    actor: ActorOption = "operator",
    behalf: BehalfOption = "",
) -> None:
    """Let a source speak for an organisation that others have named."""
    from federation.registration.organisation import claim_organisation
    from registry.cli.home import own_home
    from registry.registration import find_source

    home = own_home()
    with home.writing():
        speaker = find_source(home.ledger, source)
        claimed = claim_organisation(home.ledger, iri, speaker, vouched=vouch)
        _write(home, replace(claimed, reason=reason, actor=actor, behalf=behalf))
    _show(home, f"claimed: {iri} by {speaker}")


def merge(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The IRI that leads on from now on.")],
    into: Annotated[str, typer.Option(metavar="NEW", help="The IRI of the organisation that goes on.")],
    reason: ReasonOption,
    actor: ActorOption = "operator",
    behalf: BehalfOption = "",
) -> None:
    """Let one organisation take the place of another; both IRIs stay alive."""
    from federation.registration.organisation import merge_organisations
    from registry.cli.home import own_home

    home = own_home()
    with home.writing():
        merged = merge_organisations(home.ledger, old, into, reason)
        _write(home, replace(merged, actor=actor, behalf=behalf))
    _show(home, f"merged: {old} into {into}")


def _write(home: Home, event: Event) -> None:
    home.ledger.append(event)


def _show(home: Home, told: str) -> None:
    from registry.cli.home import show_readers

    show_readers(home)
    typer.echo(told)
