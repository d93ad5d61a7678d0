"""Works out what is written in the ledger when a description comes in, and reads what is known before.

The same statements as those that readers see, checked under the same rules, are unchanged. Everything else
is admitted anew: other statements, other rules, and what comes back after it had gone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from registry.admission import admit
from registry.ledger import Event, Happening, Version
from registry.ledger.event import PUBLISHING

if TYPE_CHECKING:
    from datetime import date

    from registry.ingest.document import Document
    from registry.ledger import Ledger
    from registry.validation.standard import Library

__all__ = ["ENDED", "Entry", "History", "Known", "byte_digest", "receive"]

Entry = tuple[Event, Version | None]
"""One line for the ledger, with the text that it is about."""
ENDED: Final = frozenset({Happening.REMOVED, Happening.ERASED})
"""What the registry does to a source that it no longer visits."""
GONE: Final = frozenset({Happening.WITHDRAWN, Happening.REMOVED})
"""What takes a text from readers, and leaves it in the ledger."""
KEPT_IN: Final = "A person let this text in before."


@dataclass(frozen=True)
class Known:
    """What the ledger knows of a source before a description comes in."""

    last: Event | None = None
    """What was decided last on the source, or befell it."""
    published: Event | None = None
    """What put its text before readers; for a source that has gone, what did so last."""

    def stands_under(self, rules: str) -> bool:
        """Tell whether readers see the text that was decided on last, and these were the rules."""
        return self.last is not None and self.last == self.published and self.last.rules == rules

    def published_as(self, digest: str) -> bool:
        """Tell whether this is the text that readers see, or last saw."""
        return self.published is not None and self.published.digest == digest

    @property
    def released(self) -> bool:
        """Tell whether a person let that text in."""
        return self.published is not None and self.published.happening is Happening.RELEASED

    @property
    def happening(self) -> Happening | None:
        """What happened last."""
        return self.last.happening if self.last else None


class History:
    """What the ledger tells of each source at one moment, read once for many sources.

    Of a source that brings news more is read, when it is asked for.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.position = ledger.position()
        self.registrations = ledger.registrations()
        self._status = ledger.status()

    @property
    def registered(self) -> dict[str, str]:
        """Tell where each source is fetched that is registered."""
        return {source: event.address for source, event in self.registrations.items()}

    def last(self, source: str) -> Event | None:
        """Tell what happened to one source last."""
        return self._status.get(source)

    def of(self, source: str) -> Known:
        """Tell what is known of one source; this takes a look into the ledger."""
        return Known(self._status.get(source), self._publishing(source))

    def ended(self, source: str) -> bool:
        """Tell whether the registry removed or erased a source, so that it is visited no more."""
        last = self._status.get(source)
        return last is not None and last.happening in ENDED

    def all_ended(self) -> list[str]:
        """List the sources that the registry removed or erased."""
        return [source for source in self._status if self.ended(source)]

    def erased(self, source: str) -> bool:
        """Tell whether a source was erased and has not come back since."""
        last = self._status.get(source)
        return last is not None and last.happening is Happening.ERASED

    def _publishing(self, source: str) -> Event | None:
        last, publication = self._status.get(source), self._ledger.publication(source)
        if last is None:
            return None
        if publication is None:
            return self._published_last(source) if last.happening in GONE else None
        if last.position == publication.position:
            return last
        place = publication.position
        return next(self._ledger.events(after=place - 1, until=place))

    def _published_last(self, source: str) -> Event | None:
        events = self._ledger.events(source=source)
        return next((one for one in reversed(list(events)) if one.happening in PUBLISHING), None)


def byte_digest(data: bytes) -> str:
    """Hash the bytes of a document as they came."""
    return hashlib.sha256(data).hexdigest()


def receive(arrived: Event, document: Document, known: Known, library: Library, on: date) -> Entry:
    """Decide on a description that came in; `arrived` says for which source, by whom and under which rules.

    A text that fails under new rules is rejected with reasons, and readers keep seeing it until a better one
    has passed. A doubt that a person has settled for this very text stays settled. A text that comes back as
    it was when it went is restored.
    """
    digest = document.digest
    if known.stands_under(arrived.rules) and known.published_as(digest):
        return replace(arrived, happening=Happening.UNCHANGED, digest=digest, rules=""), None
    verdict = admit(document, library, on)
    happening = _in_view_of(known, verdict.happening) if known.published_as(digest) else verdict.happening
    reason = KEPT_IN if happening is Happening.RELEASED else "\n".join(verdict.reasons)
    version = Version(digest, document.canonical, document.data, document.media_type)
    return replace(arrived, happening=happening, digest=digest, reason=reason), version


def _in_view_of(known: Known, decided: Happening) -> Happening:
    """Say what a decision means for a text that readers see, or saw until its source went."""
    if decided is Happening.HELD and known.released:
        return Happening.RELEASED
    if decided is Happening.ACCEPTED and known.happening in GONE:
        return Happening.RESTORED
    return decided
