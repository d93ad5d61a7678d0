"""Which sources a stream may speak of here, and what is known of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from federation.source import Kind
from federation.territory import Territory
from registry.arrival import ENDED, History, Known
from registry.ingest.space import is_inside
from registry.ledger import Happening
from registry.ledger.event import ENDING, PUBLISHING, ROUTINE
from registry.registration import is_reserved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from federation.follow.member import Member
    from federation.source import Source
    from registry.arrival import Entry
    from registry.ledger import Event, Ledger

__all__ = ["Roster"]


class Roster:
    """What the ledger tells of each source, and what the stream has brought since.

    Each source comes one way only: what is registered here by itself, or through another list or stream, is
    not taken from this one, nor is what lies in the space of such a source or around it.
    """

    def __init__(self, ledger: Ledger, stream: Source, own: str) -> None:
        """Look up everything at once; `own` is the address of this registry."""
        self._ledger, self._stream, self._own = ledger, stream, own.rstrip("/")
        self._history = History(ledger)
        self._brought: dict[str, Known] = {}
        self._touched: set[str] = set()
        self.position = self._history.position
        self.registrations = self._history.registrations
        others = {space for space, event in self.registrations.items() if event.via != stream.space}
        self._others = Territory(others - {stream.space})
        self._erased = Territory(one for one in self._history.all_ended() if self._is_erased(one))

    def refusal(self, member: Member) -> str:
        """Say in one word why a member is not taken; nothing, when it may be.

        `echo`: it went out from here. `elsewhere`: it comes another way. `foreign`: the stream may not speak
        of it. `ended`: this registry has removed or erased it, or has erased what lies in it or around it.
        """
        if self._own and member.origin.rstrip("/") == self._own:
            return "echo"
        if is_reserved(member.source) or not self._may_speak_of(member.source):
            return "foreign"
        if self._others.meets(member.source):
            return "elsewhere"
        last = self.known(member.source).last
        if last and last.happening in ENDED and not self.is_from_stream(last):
            return "ended"
        return "ended" if self._erased.meets(member.source) else ""

    def known(self, source: str) -> Known:
        """Tell what is known of a source."""
        if source in self._brought:
            return self._brought[source]
        return self._history.of(source) if self._history.last(source) else Known()

    def shown(self) -> frozenset[str]:
        """List the sources that the stream brought and of which readers see something."""
        via = self._stream.space
        published = self._ledger.published()
        return frozenset(
            one for one, event in self.registrations.items() if event.via == via and one in published
        )

    def lately_ended(self, since: datetime) -> frozenset[str]:
        """List what the stream has ended since a moment, and since all was last found well with it."""
        last = self.known(self._stream.space).last
        settled = (last.position or 0) if last and last.happening is Happening.ACCEPTED else 0
        return frozenset(
            source
            for source, event in self._ledger.status().items()
            if event.happening in ENDING
            and self.is_from_stream(event)
            and (event.position or 0) > settled
            and event.time
            and event.time > since
        )

    def is_from_stream(self, event: Event) -> bool:
        """Tell whether something happened because the stream told so."""
        return self._stream.space in (event.via, event.actor)

    def note(self, entries: Iterable[Entry], position: int) -> None:
        """Take up what was written down, up to a position."""
        self.position = position
        for event, _ in entries:
            if event.happening in {Happening.REGISTERED, Happening.TRANSFERRED}:
                self.registrations[event.source] = event
            elif event.happening in ENDED:
                self.registrations.pop(event.source, None)
            if event.happening not in ROUTINE:
                before = self.known(event.source).published
                shown = event if event.happening in PUBLISHING and event.digest else before
                self._brought[event.source] = Known(event, shown)

    def catch_up(self) -> None:
        """Take note of what others have written down meanwhile."""
        for event in self._ledger.events(after=self.position):
            self._touched.add(event.source)
            self.position = event.position or self.position

    def is_overtaken(self, sources: set[str]) -> bool:
        """Tell whether somebody else has decided on one of these sources meanwhile."""
        self.catch_up()
        return not sources.isdisjoint(self._touched)

    def renewed(self) -> Roster:
        """Look everything up again."""
        return Roster(self._ledger, self._stream, self._own)

    def _is_erased(self, source: str) -> bool:
        """Tell whether a source was erased, and not because the stream told so."""
        last = self._history.last(source)
        return last is not None and self._history.erased(source) and not self.is_from_stream(last)

    def _may_speak_of(self, source: str) -> bool:
        """Tell whether the stream may speak of a source: a registry of any, others within their space."""
        if self._stream.kind is Kind.REGISTRY:
            return source != self._stream.space
        return is_inside(source, self._stream.space) and source != self._stream.space.rstrip("/#")
