"""`koepel add`: a source is registered, looked at, and shown to readers if it passes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.home import ActorOption

if TYPE_CHECKING:
    from federation.visit import Visit
    from registry.arrival import Entry, History
    from registry.home import Home
    from registry.ledger import Event

__all__ = ["add_to"]

PUBLISHED, TURNED_AWAY = 0, 1
"""Exit codes; 2 means that nothing came, or nothing that could be read."""
WEB = ("https://", "http://")


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(add)


def add(
    place: Annotated[str, typer.Argument(metavar="ADDRESS|FILE", help="Where the description is.")],
    space: Annotated[
        str | None,
        typer.Option(
            metavar="IRI",
            help="Address under which it describes things. By default the site of ADDRESS, or the address "
            "that the FILE gives itself.",
        ),
    ] = None,
    actor: ActorOption = "operator",
    again: Annotated[bool, typer.Option("--again", help="Also when it was erased before.")] = False,
) -> None:
    """Register a source and show readers what it publishes, if that passes.

    A source that is registered already is looked at again. The exit code is 0 when readers see the
    description, 1 when it waits for a person or is turned away, 2 when it cannot be fetched or read.
    """
    from registry.arrival import History
    from registry.cli.home import own_home, show_readers
    from registry.registration import fit_space, register

    source = fit_space(space or _space(place))
    home = own_home()
    history = History(home.ledger)
    address = place if place.startswith(WEB) else history.registered.get(source, source)
    registration = register(source, address, actor, history, again=again)
    looked = _look(place, _visit(source, address, actor, history), new=bool(registration))
    _write(home, history, [*registration, *looked])
    show_readers(home)
    _tell(looked[-1][0])


def _visit(source: str, address: str, actor: str, history: History) -> Visit:
    from federation.source import Source
    from federation.visit import Visit
    from registry.graph.rules import rules_digest
    from registry.ingest.guard import Limits
    from registry.settings import settings

    limits = Limits(document_bytes=settings().document_bytes)
    return Visit(Source(address, source), history.of(source), rules_digest(), date.today(), actor, limits)


def _look(place: str, visit: Visit, *, new: bool) -> list[Entry]:
    """Fetch or read it and decide. Of what is new, nothing is written down until it can be read."""
    from federation.fetch import Policy, fetch
    from federation.visit import consider, make_visit
    from registry.settings import settings

    if not place.startswith(WEB):
        return _read(place, visit)
    chosen = settings()
    policy = Policy(bytes=chosen.document_bytes, seconds=chosen.fetch_seconds, loopback=chosen.allow_loopback)
    return consider(visit, fetch(place, policy=policy)) if new else make_visit(visit, policy)


def _read(file: str, visit: Visit) -> list[Entry]:
    """Read a file as if it had been fetched from the address of its source."""
    from federation.fetch import Fetched
    from federation.visit import consider
    from registry.cli.source import read_file
    from registry.errors import KoepelError

    data = read_file(Path(file), visit.limits.document_bytes + 1)
    try:
        return consider(visit, Fetched(200, visit.source.address, data))
    except KoepelError as error:
        error.address = file  # the operator knows it by this name
        raise


def _space(place: str) -> str:
    """Work out under which address a description may describe things when nobody says so."""
    from registry.cli.source import read_source
    from registry.draft import own_address
    from registry.errors import InvalidDataError
    from registry.ingest.space import default_space

    found = default_space(place) if place.startswith(WEB) else own_address(read_source(place).graph)
    if found is None:
        raise InvalidDataError(
            "space-unknown",
            "{file} does not say at which address it will be published. Give that address with --space.",
            file=place,
        )
    return found


def _write(home: Home, history: History, entries: list[Entry]) -> None:
    """Write down what came of it, unless somebody else has decided on the source meanwhile."""
    from registry.errors import NotAllowedError

    ledger, source = home.ledger, entries[0][0].source
    with home.writing():
        if any(ledger.events(after=history.position, source=source)):
            raise NotAllowedError(
                "source-busy",
                "{source} was changed by somebody else at the same moment. Try again.",
                source=source,
            )
        ledger.append_all(entries)


def _tell(event: Event) -> None:
    from registry.errors import printable
    from registry.ledger import Happening
    from registry.ledger.event import PUBLISHING

    typer.echo(f"{event.happening.value}: {event.source}")
    for line in event.reason.splitlines():
        typer.echo(f"  {printable(line)}")
    seen = event.happening in {*PUBLISHING, Happening.UNCHANGED}
    raise typer.Exit(PUBLISHED if seen else TURNED_AWAY)
