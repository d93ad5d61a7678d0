"""`koepel transfer`: a source gets another owner, and another address if need be."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from registry.cli.add import BehalfOption
from registry.cli.home import ActorOption, ReasonOption, SourceArgument

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(transfer)


def transfer(
    source: SourceArgument,
    owner: Annotated[str, typer.Option(metavar="IRI", help="The organisation whose source it is now.")],
    reason: ReasonOption,
    address: Annotated[str, typer.Option(metavar="NEW", help="Where the description is now.")] = "",
    actor: ActorOption = "operator",
    behalf: BehalfOption = "",
) -> None:
    """Hand a source over; what it describes keeps its IRIs, and readers see it on."""
    from federation.notebook import Notebook
    from federation.registration.organisation import transfer_source
    from registry.cli.home import own_home
    from registry.registration import find_source

    home = own_home()
    with home.writing():
        found = find_source(home.ledger, source)
        event = transfer_source(home.ledger, found, owner, address, reason)
        home.ledger.append(replace(event, actor=actor, behalf=behalf))
    with Notebook(home.visits) as notebook:
        notebook.forget(found)  # so that the next visit asks the new address for everything
    typer.echo(f"transferred: {found} to {owner}")
