"""`koepel remove`: the registry shows a source no more; its history stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from registry.cli.home import ActorOption, ReasonOption, SourceArgument

if TYPE_CHECKING:
    from registry.ledger import Event, Ledger

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(remove)


def remove(source: SourceArgument, reason: ReasonOption, actor: ActorOption = "operator") -> None:
    """Take a source out of the registry. It is visited no more, and `koepel add` brings it back.

    What came through a list or a stream goes with it, and comes back with it. The texts stay in the ledger;
    what the law wants gone is for `koepel erase`.
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
        removal = Event(found, Happening.REMOVED, registered[found], reason=reason, actor=actor)
        members = _members(home.ledger, removal)
        home.ledger.append_all((event, None) for event in (removal, *members))
    show_readers(home)
    typer.echo(f"removed: {found}")
    if members:
        typer.echo(f"With it went the descriptions that came through it: {len(members)}")


def _members(ledger: Ledger, removal: Event) -> list[Event]:
    """Say of each description that readers see through this list or stream that it is listed no more."""
    from registry.ledger import Event, Happening

    reason = f"The list through which it came was removed: {removal.reason}"
    seen, withdrawn = ledger.published(), Happening.WITHDRAWN
    return [
        Event(one.source, withdrawn, one.address, reason=reason, actor=removal.actor, via=removal.source)
        for one in ledger.registrations().values()
        if one.via == removal.source and one.source in seen
    ]
