"""`koepel restore`: a registry is brought back from a backup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from registry.backup.restore import Restored
    from registry.home import Home

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(restore)


def restore(
    folder: Annotated[Path, typer.Argument(help="A backup, or the folder of several: then the newest.")],
    into: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder to restore to; by default KOEPEL_HOME.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Yes, move aside the registry that is there, and replace it.")
    ] = False,
) -> None:
    """Restore the registry from a backup: the ledger, the cited snapshots, and the graph made from these.

    Every file is compared with what was written first. What was erased since does not come back. With
    KOEPEL_LEDGER_URL the ledger is loaded into that database.
    """
    from registry.backup.restore import restore as bring_back
    from registry.cli.home import own_home

    home = own_home(into)
    restored = bring_back(folder, home, datetime.now(UTC), _make_graph, replace=yes)
    _tell(restored, home)


def _make_graph(home: Home) -> None:
    """Make the graph of a home again, and see that it is what the ledger says."""
    from registry.cli.home import at_work
    from registry.doctor import examine
    from registry.rebuild import rebuild
    from registry.storage import StorageError
    from registry.validation.standard import load_library

    with at_work("Making the graph") as (tell, executor):
        rebuild(home, load_library(), date.today(), tell, executor)
        found = examine(home, load_library(), tell, executor)
    if not found.clean:
        raise StorageError(
            "restored-unsound",
            "What the backup holds does not agree with itself, so nothing was replaced. Restore an older "
            "backup.",
        )


def _tell(restored: Restored, home: Home) -> None:
    typer.echo(f"Restored {restored.manifest.position} events from {restored.backup} to {home.folder}")
    for erasure in restored.erased:
        typer.echo(f"Not brought back, because it was erased: {erasure.source}")
    if restored.aside:
        typer.echo(f"What was there before is now in {restored.aside}")
    if restored.unread:
        typer.echo(f"It is not known what was erased there before: {restored.unread}", err=True)
