"""`koepel remove`: the registry shows a source no more; its history stays."""

from __future__ import annotations

import typer

from registry.cli.home import ActorOption, ReasonOption, SourceArgument

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(remove)


def remove(source: SourceArgument, reason: ReasonOption, actor: ActorOption = "operator") -> None:
    """Take a source out of the registry. It is visited no more, and `koepel add` brings it back.

    Its texts stay in the ledger; what the law wants gone is for `koepel erase`.
    """
    from registry.cli.home import own_home, show_readers
    from registry.errors import NotAllowedError
    from registry.ledger import Event, Happening
    from registry.registration import find_source

    home = own_home()
    with home.writing():
        found = find_source(home.ledger, source)
        registered = home.ledger.registered()
        if found not in registered:
            raise NotAllowedError(
                "source-not-registered",
                "{source} was removed or erased before. The command koepel log tells when and why.",
                source=found,
            )
        home.ledger.append(
            Event(found, Happening.REMOVED, registered[found], reason=reason, actor=actor),
        )
    show_readers(home)
    typer.echo(f"removed: {found}")
