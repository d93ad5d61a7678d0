"""Where a source stands: what came of the last visits, what readers see, and what comes next.

A status is a value, made from the events of the ledger and the note of the last visit. It holds no name of
anybody who acted and no mail address.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from federation.notebook import Note
from federation.source import Source
from registry.errors import NotFoundError
from registry.ledger import Happening
from registry.ledger.event import ENDING, ORGANISATIONAL, PUBLISHING, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from federation.notebook import Notebook
    from registry.ledger import Event, Ledger

__all__ = [
    "DECIDING",
    "Stage",
    "Status",
    "overview",
    "owner_mail",
    "read_status",
    "registration_of",
    "stage_of",
    "status_address",
]

DECIDING: Final = PUBLISHING | {Happening.HELD, Happening.REJECTED}
"""What is decided on a text that came in."""
AGREED: Final = frozenset({Happening.REGISTERED, Happening.TRANSFERRED})
GONE: Final = frozenset({Happening.REMOVED, Happening.ERASED})


class Stage(StrEnum):
    """Where a source stands, in one word."""

    WAITING = "waiting"
    """It is registered and was not read yet."""
    LISTED = "listed"
    """Readers see its newest text."""
    FOLLOWED = "followed"
    """It is a list or a stream, which leads to other descriptions."""
    HELD = "held"
    """Its newest text waits for a person or for a second visit."""
    REJECTED = "rejected"
    """Its newest text lacks something that a listing needs."""
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    ERASED = "erased"


ENDED: Final = {
    Happening.WITHDRAWN: Stage.WITHDRAWN,
    Happening.REMOVED: Stage.REMOVED,
    Happening.ERASED: Stage.ERASED,
}
DECIDED: Final = {Happening.HELD: Stage.HELD, Happening.REJECTED: Stage.REJECTED}


@dataclass(frozen=True)
class Status:
    """All that can be said of one source."""

    source: Source
    """How it is registered; of an erased one only the IRI space is left."""
    stage: Stage
    note: Note
    registered: Event | None = None
    decided: Event | None = None
    """The last decision on a text of this source."""
    last: Event | None = None
    """What befell it last."""
    shown: Event | None = None
    """What put before readers the text that they see; nothing, when they see none."""
    texts: tuple[Event, ...] = ()
    """The decisions on its two newest texts, the newest first."""

    @property
    def public(self) -> bool:
        """Tell whether readers see its newest text."""
        return self.shown is not None and bool(self.texts) and self.texts[0].digest == self.shown.digest

    @property
    def key(self) -> str:
        """Tell this state from others: whoever was told of it is not told again.

        The time of a visit plays no part, nor does the number of failures.
        """
        about = self.decided
        decision = (about.happening, about.digest, about.reason) if about else ()
        ended = self.last.reason if self.last and self.stage in ENDED.values() else ""
        return hashlib.sha256(repr((self.stage.value, decision, ended)).encode()).hexdigest()


def status_address(source: str, language: str = "") -> str:
    """Give the address on this site where the status of a source stands: the page, or what programs read.

    >>> status_address("https://buddy.example/gent", "nl")
    '/nl/sources/status?source=https%3A%2F%2Fbuddy.example%2Fgent'
    >>> status_address("https://buddy.example/gent")
    '/status?source=https%3A%2F%2Fbuddy.example%2Fgent'
    """
    path = f"/{language}/sources/status" if language else "/status"
    return f"{path}?{urlencode({'source': source})}"


def read_status(ledger: Ledger, notebook: Notebook, named: str) -> Status:
    """Tell where one source stands; it may be named by its IRI space or by a thing in it.

    Raises:
        NotFoundError: The registry never had a source of this name.
    """
    for source in dict.fromkeys((named, named.partition("#")[0].rstrip("/"))):
        if events := _events(ledger, source):
            return _status(source, events, notebook.of(source))
    raise NotFoundError(
        "status-unknown",
        "The registry has no source {source}. Check the address, or look for it in the list of all sources.",
        source=named,
    )


def registration_of(ledger: Ledger, source: str) -> Event | None:
    """Read how a source is registered; nothing, when it is not or has gone."""
    agreed = [one for one in _present_stay(_events(ledger, source)) if one.happening in AGREED]
    return agreed[-1] if agreed else None


def owner_mail(ledger: Ledger, source: str) -> str:
    """Give the mail address with which a source is registered, or was when it was removed.

    This is the only place where it is read; of an erased source there is none.
    """
    mail = ""
    for event in ledger.events(source=source):
        if event.happening is Happening.ERASED:
            mail = ""
        elif event.happening in AGREED:
            mail = Source.of(event).mail
    return mail.strip()


def _events(ledger: Ledger, source: str) -> list[Event]:
    hidden = ROUTINE | ORGANISATIONAL
    return [one for one in ledger.events(source=source) if one.happening not in hidden]


def _status(source: str, events: list[Event], note: Note) -> Status:
    last = next(one for one in reversed(events) if one.happening is not Happening.TRANSFERRED)
    since = _present_stay(events)
    registered = next((one for one in reversed(since) if one.happening in AGREED), None)
    decided = [one for one in reversed(since) if one.happening in DECIDING]
    latest = decided[0] if decided else None
    shown = None if last.happening in ENDING else _shown(decided)
    if last.happening is Happening.ERASED:
        return Status(Source("", source), Stage.ERASED, Note(source), last=last)
    terms = Source.of(registered) if registered else Source(last.address, source)
    return Status(
        source=replace(terms, mail=""),
        stage=stage_of(terms, last, latest, note),
        note=note,
        registered=next((one for one in since if one.happening is Happening.REGISTERED), registered),
        decided=latest,
        last=last,
        shown=shown,
        texts=tuple(_by_text(decided)[:2]),
    )


def _present_stay(events: list[Event]) -> list[Event]:
    """Leave out what came before a removal or an erasure: nothing more is told of it."""
    gone = [place for place, one in enumerate(events) if one.happening in GONE]
    return events[gone[-1] + 1 :] if gone else events


def _shown(decided: Iterable[Event]) -> Event | None:
    return next((one for one in decided if one.happening in PUBLISHING and one.digest), None)


def _by_text(decided: Iterable[Event]) -> list[Event]:
    newest: dict[str, Event] = {}
    for one in decided:
        if one.digest:
            newest.setdefault(one.digest, one)
    return list(newest.values())


def stage_of(source: Source, last: Event, decided: Event | None, note: Note) -> Stage:
    """Say in one word where a source stands.

    A source that could not be reached counts as reached again when a later visit went well; such a visit is
    noted and not written into the ledger.
    """
    if last.happening in ENDED:
        return ENDED[last.happening]
    missed = last.happening is Happening.UNREACHABLE and not (
        note.answered and last.time and note.answered > last.time
    )
    if note.failures or missed:
        return Stage.UNREACHABLE
    if source.kind.lists or source.kind.streams:
        return Stage.FOLLOWED if note.answered else Stage.WAITING
    if decided is None:
        return Stage.WAITING
    return DECIDED.get(decided.happening, Stage.LISTED)


def overview(ledger: Ledger, notebook: Notebook) -> list[Status]:
    """Tell briefly where every source stands, in the order of their names; texts are left out."""
    registrations, notes = ledger.registrations(), notebook.all()
    published = ledger.published()
    found = []
    for source, last in sorted(ledger.status().items()):
        if last.happening in ORGANISATIONAL:
            continue
        note, agreed = notes.get(source, Note(source)), registrations.get(source)
        if last.happening is Happening.UNREACHABLE and not note.failures:
            found.append(read_status(ledger, notebook, source))  # what was decided before it tells more
            continue
        terms = Source.of(agreed) if agreed else Source(last.address, source)
        decided = last if last.happening in DECIDING else None
        shown = last if source in published else None
        stage = stage_of(terms, last, decided, note)
        if stage is Stage.ERASED:
            terms, note = Source("", source), Note(source)
        found.append(Status(replace(terms, mail=""), stage, note, agreed, decided, last, shown))
    return found
