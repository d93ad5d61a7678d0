"""`koepel release`: a person lets in what was held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from registry.cli.home import ActorOption, SourceArgument

if TYPE_CHECKING:
    from registry.ledger import Event, Ledger

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(release)


def release(source: SourceArgument, actor: ActorOption = "operator") -> None:
    """Let in a description that was held for a person to decide on.

    The command `koepel log` tells why it was held. The same text is not held again. Where nothing is left of
    a description, or a list has lost many members, this lets the loss pass: the next harvest believes it.
    """
    from federation.notebook import Notebook
    from registry.cli.home import own_home, show_readers
    from registry.graph.rules import rules_digest
    from registry.ledger import Event, Happening
    from registry.registration import find_source

    home = own_home()
    with home.writing():
        held = _held(home.ledger, find_source(home.ledger, source))
        home.ledger.append(
            Event(
                held.source,
                Happening.RELEASED,
                held.address,
                held.digest,
                actor=actor,
                rules=rules_digest(),
            )
        )
    if held.digest is None:
        with Notebook(home.visits) as notebook:
            notebook.hurry(held.source)
    show_readers(home)
    typer.echo(f"released: {held.source}")


def _held(ledger: Ledger, source: str) -> Event:
    """Find what waits for a person: the last that was decided on, even when it is out of reach since."""
    from registry.errors import NotAllowedError
    from registry.ledger import Happening

    passing = {Happening.FETCHED, Happening.UNCHANGED, Happening.UNREACHABLE, Happening.REGISTERED}
    decided = [one for one in ledger.events(source=source) if one.happening not in passing]
    if not decided or decided[-1].happening is not Happening.HELD or not _can_pass(decided[-1]):
        raise NotAllowedError(
            "nothing-held",
            "No description of {source} waits for a person to let it in. The command koepel log tells what "
            "happened to it.",
            source=source,
        )
    return decided[-1]


def _can_pass(held: Event) -> bool:
    """Tell whether there is a text to let in, or a loss to let pass."""
    return held.digest is not None or bool(held.terms)
