"""`koepel dump`: everything that readers see, in files for those who want all of it."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(dump)


def dump(
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="How many dumps to keep, this one included; by default as set."),
    ] = None,
) -> None:
    """Write what readers see now into files, with their hashes, and offer them at /dumps.

    What is dumped already is not dumped again. Older dumps make way.
    """
    from federation.feed.dump import make_dumps
    from registry.cli.home import own_home
    from registry.settings import settings

    made = make_dumps(own_home(), keep or settings().dump_keep)
    for file in made.manifest.files:
        typer.echo(f"{file.sha256}  {made.folder / file.name}")
