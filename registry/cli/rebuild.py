"""`koepel rebuild`: the graph is made again from the ledger alone."""

from __future__ import annotations

import typer

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(rebuild)


def rebuild() -> None:
    """Make the graph again from the ledger alone, and give readers a snapshot of it.

    Nothing else is needed after a crash that damaged the graph: it holds nothing that the ledger lacks.
    """
    from datetime import date

    from registry.cli.home import at_work, own_home
    from registry.rebuild import rebuild as make_anew
    from registry.validation.standard import load_library

    home = own_home()
    with at_work("Making the graph") as (tell, executor):
        snapshot = make_anew(home, load_library(), date.today(), tell, executor)
    typer.echo(f"Readers see snapshot {snapshot.name}.")
