"""One visit to one source: what came back, and what is to be written down about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from federation.fetch import fetch
from federation.loss import Loss, doubt, measure, shrinks
from registry.arrival import receive
from registry.errors import KoepelError, PeerError
from registry.ingest.document import read_document
from registry.ingest.guard import Limits
from registry.ledger import Event, Happening
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from federation.fetch import Fetched, Policy
    from federation.loss import Doubt, Size
    from federation.source import Source
    from registry.arrival import Entry, Known

__all__ = ["HARVEST", "Guard", "Visit", "consider", "make_visit", "missed", "repeats", "turned_away"]

HARVEST: Final = "harvest"
"""Who acts when nobody does."""
LOST: Final = {
    Loss.EMPTY: "Nothing is left of this description. Readers see the last good version until it is still so "
    "at a later visit, or a person decides.",
    Loss.PAGE: "A web page stands where the description was. Readers see the last good version.",
    Loss.SMALLER: "Most of this description is gone: {left} of {before} statements are left. Readers see the "
    "last good version until it is still so at a later visit, or a person decides.",
}
"""Why a source is held."""
ONCE: Final = frozenset({Happening.UNREACHABLE, Happening.WITHDRAWN})
"""What is written down when it begins, and not at every visit."""
EMPTIED: Final = "The publisher has emptied this description, as a second visit or a person confirmed."


@dataclass(frozen=True)
class Guard:
    """Keeps what readers see from being lost by a fault of its server."""

    shown: Size
    """How much readers see."""
    moment: datetime
    share: float
    """A description that loses more than this share is doubtful …"""
    patience: timedelta
    """… until it is still so after this time."""

    def doubts(self, loss: Loss, left: int, last: Event | None) -> Doubt | None:
        """Say whether a loss is doubtful."""
        return doubt(loss, left, last, self.moment, self.patience)


@dataclass(frozen=True)
class Visit:
    """A visit: to which source, with what knowledge of it, and under which rules.

    It holds all that is needed to decide on what came back, so that this can be done in another process.
    There is no guard where a person brings the description, or where readers see none.
    """

    source: Source
    known: Known
    rules: str
    on: date
    actor: str = HARVEST
    limits: Limits = field(default_factory=Limits)
    guard: Guard | None = None

    def event(self, happening: Happening, reason: str = "") -> Event:
        """Tell what came of the visit."""
        return Event(self.source.space, happening, self.source.address, reason=reason, actor=self.actor)

    def held(self, found: Doubt, left: int = 0) -> Event:
        """Hold the source for a doubt."""
        before = self.guard.shown.statements if self.guard else 0
        reason = LOST[found.loss].format(left=left, before=before)
        return replace(self.event(Happening.HELD, reason), rules=self.rules, terms=found.terms)


def make_visit(visit: Visit, policy: Policy) -> list[Entry]:
    """Fetch what a source publishes, read it and decide; nothing is written, and nothing goes wrong aloud."""
    try:
        fetched = fetch(visit.source.address, policy=policy)
    except PeerError as error:
        return [(missed(visit, error), None)]
    except KoepelError as error:
        return [(turned_away(visit, error), None)]
    try:
        return consider(visit, fetched)
    except KoepelError as error:
        return [(visit.event(Happening.FETCHED), None), (turned_away(visit, error), None)]


def consider(visit: Visit, fetched: Fetched) -> list[Entry]:
    """Read what was fetched and decide; raises `KoepelError` for what cannot be read as a description.

    The same statements as readers see are not checked again, unless the rules have changed since.
    """
    source = visit.source
    document = read_document(
        fetched.data,
        media_type=fetched.media_type,
        address=source.address,
        space=source.space,
        limits=visit.limits,
    )
    arrived = visit.event(Happening.FETCHED)
    decided, version = receive(
        replace(arrived, rules=visit.rules), document, visit.known, load_library(), visit.on
    )
    if decided.happening is Happening.UNCHANGED:
        return [(decided, None)]
    return [(arrived, None), (_guarded(visit, decided, document.canonical), version)]


def _guarded(visit: Visit, decided: Event, canonical: bytes) -> Event:
    """Hold a description that passes and has lost most of what it said, until that is confirmed."""
    guard = visit.guard
    if guard is None or decided.happening is not Happening.ACCEPTED:
        return decided
    size = measure(canonical)
    if not shrinks(guard.shown, size, guard.share):
        return decided
    found = guard.doubts(Loss.SMALLER, size.statements, visit.known.last)
    return replace(visit.held(found, size.statements), digest=decided.digest) if found else decided


def turned_away(visit: Visit, error: KoepelError) -> Event:
    """Tell what it means that a document cannot be read: the last good version stays.

    Where a description was and nothing is left, or a web page stands there, the source is held first. What is
    still empty later is withdrawn; a web page never takes anything away.
    """
    rejected = replace(visit.event(Happening.REJECTED, error.message), rules=visit.rules)
    loss, last = Loss.of_error(error.code), visit.known.last
    if loss is Loss.EMPTY and visit.known.happening is Happening.WITHDRAWN:
        return visit.event(Happening.WITHDRAWN, EMPTIED)
    if loss is None or visit.guard is None or repeats(rejected, last):
        return rejected
    if found := visit.guard.doubts(loss, 0, last):
        return visit.held(found)
    return visit.event(Happening.WITHDRAWN, EMPTIED) if loss is Loss.EMPTY else rejected


def missed(visit: Visit, error: PeerError) -> Event:
    """Tell what it means that no document came: only the publisher's own word takes it from readers."""
    if error.code != "withdrawn":
        return visit.event(Happening.UNREACHABLE, error.message)
    if visit.known.happening is Happening.WITHDRAWN:
        return visit.event(Happening.UNCHANGED)
    return visit.event(Happening.WITHDRAWN, error.message)


def repeats(event: Event, last: Event | None) -> bool:
    """Tell whether an event says of a source what the last one said already."""
    if event.happening is Happening.UNCHANGED:
        return True
    if last is None or last.happening is not event.happening:
        return False
    if event.happening in ONCE:
        return True
    told = (last.digest, last.reason, last.rules, last.terms)
    return told == (event.digest, event.reason, event.rules, event.terms)
