"""`koepel add`: a source is registered, looked at, and shown to readers if it passes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.home import ActorOption

if TYPE_CHECKING:
    from federation.fetch import Fetched, Policy
    from federation.source import Source
    from federation.visit import Visit
    from registry.arrival import Entry, History
    from registry.home import Home
    from registry.ledger import Event

__all__ = ["add_to"]

PUBLISHED, TURNED_AWAY = 0, 1
"""Exit codes; 2 means that nothing came, or nothing that could be read."""
WEB = ("https://", "http://")


class Found(StrEnum):
    """What can be added; the members of lists and streams come by themselves."""

    DOCUMENT = "document"
    PAGE = "page"
    CATALOGUE = "catalogue"
    SITEMAP = "sitemap"
    STREAM = "stream"
    REGISTRY = "registry"


PlaceArgument = Annotated[str, typer.Argument(metavar="ADDRESS|FILE", help="Where the description is.")]
SpaceOption = Annotated[
    str | None,
    typer.Option(
        metavar="IRI",
        help="Address under which it describes things. By default the site of ADDRESS, or the address "
        "that the FILE gives itself.",
    ),
]
KindOption = Annotated[Found | None, typer.Option(help="What is there. By default it is guessed, and told.")]
OwnerOption = Annotated[str | None, typer.Option(metavar="IRI", help="The organisation whose source it is.")]
EveryOption = Annotated[
    float | None, typer.Option(metavar="HOURS", min=0.1, max=8784, help="Time between two visits.")
]
MailOption = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where its owner is written to.")]
BehalfOption = Annotated[
    str, typer.Option("--for", metavar="ORGANISATION", help="For whom ACTOR acts: a member's name or IRI.")
]


@dataclass(frozen=True)
class Terms:
    """The terms that the operator gives; what is left out stays as it is."""

    kind: Found | None = None
    owner: str | None = None
    hours: float | None = None
    mail: str | None = None

    def over(self, source: Source) -> Source:
        """Put these terms in the place of those of a source."""
        from federation.source import Kind

        return replace(
            source,
            kind=Kind(self.kind) if self.kind else source.kind,
            owner=source.owner if self.owner is None else self.owner,
            hours=self.hours or source.hours,
            mail=source.mail if self.mail is None else self.mail,
        )


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(add)


def add(
    place: PlaceArgument,
    space: SpaceOption = None,
    kind: KindOption = None,
    owner: OwnerOption = None,
    every: EveryOption = None,
    mail: MailOption = None,
    behalf: BehalfOption = "",
    actor: ActorOption = "operator",
    again: Annotated[bool, typer.Option("--again", help="Also when it was erased before.")] = False,
) -> None:
    """Register a source and show readers what it publishes, if that passes.

    A list, a stream or another registry is only registered here; what it leads to comes with the harvest. A
    source that is registered already is looked at again. The exit code is 0 when readers see the
    description, or a list is registered; 1 when it waits for a person or is turned away; 2 when it cannot be
    fetched or read.
    """
    from federation.source import Source
    from registry.arrival import History
    from registry.cli.home import own_home, show_readers
    from registry.registration import fit_space, refuse_registration, register

    _refuse_unfit(owner, mail)
    found = fit_space(space or _space(place))
    home = own_home()
    history, known = History(home.ledger), home.ledger.registrations().get(found)
    address = place if place.startswith(WEB) else known.address if known else found
    refuse_registration(found, address, known, history, again=again)
    if not known:
        _tell_overlap(found, history)
    given = Terms(kind, owner, every, mail)
    source, fetched = _source(Source(address, found), known, given, on_web=place.startswith(WEB))
    looked = [] if source.kind.lists or source.kind.streams else _look(place, source, fetched, history, actor)
    entries = [*register(_registration(source, actor, behalf), known), *looked]
    _write(home, history, entries)
    if looked:
        show_readers(home)
        _tell(looked[-1][0])
    typer.echo(f"{'registered' if entries else 'unchanged'}: {source.space} ({source.kind})")


def _refuse_unfit(owner: str | None, mail: str | None) -> None:
    """Refuse terms that would never do what the operator expects of them."""
    from federation.notice.consent import is_mail_address
    from registry.errors import InvalidDataError
    from registry.registration import WEB_IRI

    if owner and not WEB_IRI.fullmatch(owner):
        raise InvalidDataError(
            "address-unfit",
            "{address} is not an address on the web. Give one that begins with https:// and holds no spaces.",
            address=owner,
        )
    if mail and not is_mail_address(mail):
        raise InvalidDataError("mail-unfit", "{mail} is not a mail address. Correct it.", mail=mail)


def _tell_overlap(space: str, history: History) -> None:
    """Say whose descriptions could speak for the same things; an operator may want that, or not."""
    from registry.errors import printable
    from registry.ingest.space import is_inside

    others = (one for one, event in history.registrations.items() if one != space and not event.via)
    for other in others:
        if is_inside(space, other) or is_inside(other, space):
            typer.echo(f"note: {space} overlaps with {printable(other)}, which is registered too.", err=True)


def _source(
    bare: Source, known: Event | None, given: Terms, *, on_web: bool
) -> tuple[Source, Fetched | None]:
    """Put together what is to be registered; the address of a new one is fetched to see what is there."""
    from federation.registration.recognition import recognise
    from federation.source import Source

    if known and not known.via:
        return given.over(Source.of(known)), None
    if not on_web:
        return given.over(bare), None
    fetched = _fetch(bare.address)
    if given.kind:
        return given.over(bare), fetched
    kind = recognise(fetched, _fetch)
    typer.echo(f"kind: {kind} (guessed)", err=True)
    return given.over(replace(bare, kind=kind)), fetched


def _registration(source: Source, actor: str, behalf: str) -> Event:
    from registry.ledger import Event, Happening

    return Event(
        source.space, Happening.REGISTERED, source.address, actor=actor, behalf=behalf, terms=source.terms
    )


def _visit(source: Source, history: History, actor: str) -> Visit:
    from federation.visit import Visit
    from registry.graph.rules import rules_digest
    from registry.ingest.guard import Limits
    from registry.settings import settings

    limits = Limits(document_bytes=settings().document_bytes)
    return Visit(source, history.of(source.space), rules_digest(), date.today(), actor, limits)


def _look(place: str, source: Source, fetched: Fetched | None, history: History, actor: str) -> list[Entry]:
    """Fetch or read it and decide. Of what is new, nothing is written down until it can be read."""
    from federation.visit import consider, make_visit

    visit = _visit(source, history, actor)
    if not place.startswith(WEB):
        return _read(place, visit)
    return consider(visit, fetched) if fetched else make_visit(visit, _policy())


def _policy() -> Policy:
    from federation.fetch import Policy
    from registry.settings import settings

    chosen = settings()
    return Policy(bytes=chosen.document_bytes, seconds=chosen.fetch_seconds, loopback=chosen.allow_loopback)


def _fetch(address: str) -> Fetched:
    from federation.fetch import fetch

    return fetch(address, policy=_policy())


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

    if not entries:
        return
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
