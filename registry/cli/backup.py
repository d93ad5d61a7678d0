"""`koepel backup`: the registry is copied to a safe place while it goes on working."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["add_to"]

DAMAGED = 1
"""Exit code when an older backup proved to be damaged."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(backup)


def backup(
    folder: Annotated[
        Path, typer.Argument(file_okay=False, help="Where the backups are, best on another disk.")
    ],
    keep: Annotated[
        int | None, typer.Option(min=1, help="How many to keep, the new one included; by default all.")
    ] = None,
) -> None:
    """Back up the ledger, the cited snapshots, the secret of the registry, and who agreed to mail.

    The registry goes on working meanwhile. What was erased is taken out of the older backups in the folder.
    The exit code is 1 when one of those is damaged, 2 when nothing could be backed up.
    """
    from registry.backup.folder import back_up
    from registry.cli.home import own_home

    outcome = back_up(own_home(), folder, datetime.now(UTC), keep)
    typer.echo(f"Backed up {outcome.manifest.position} events to {outcome.made}")
    for older in outcome.cleaned:
        typer.echo(f"Took out what was erased: {older}")
    for older in outcome.dropped:
        typer.echo(f"Deleted: {older}")
    for older in outcome.damaged:
        typer.echo(f"Damaged, and left alone: {older}", err=True)
    if outcome.damaged:
        raise typer.Exit(DAMAGED)
