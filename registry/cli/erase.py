"""`koepel erase`: a source is destroyed everywhere, because the law asks for it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from registry.cli.home import ActorOption, ReasonOption, SourceArgument

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(erase)


def erase(
    source: SourceArgument,
    reason: ReasonOption,
    yes: Annotated[bool, typer.Option("--yes", help="Yes, destroy it; nothing brings it back.")] = False,
    actor: ActorOption = "operator",
) -> None:
    """Destroy every text of a source, in the ledger, in the graph, in every snapshot and in what is noted.

    A line without content remains that says when and why. Backups lose it at their next run.
    """
    from registry import erasure
    from registry.cli.home import own_home
    from registry.errors import NotAllowedError
    from registry.registration import find_source
    from registry.validation.standard import load_library

    home = own_home()
    found = find_source(home.ledger, source)
    if not yes:
        raise NotAllowedError(
            "erase-unconfirmed",
            "Erasing destroys every text of {source} for good, and nothing brings it back. If that is meant, "
            "give the command again with --yes.",
            source=found,
        )
    done = erasure.erase(home, found, reason, actor, load_library(), date.today())
    typer.echo(f"erased: {found}")
    for snapshot in done.still_read:
        typer.echo(f"Somebody is still reading snapshot {snapshot}; it is destroyed at the next change.")
    typer.echo("Backups still hold it until `koepel backup` runs for each of their folders.")
