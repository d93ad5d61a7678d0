"""Writes down what came of a visit, in the ledger if it is news, and in the notebook."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from federation.harvest.noting import after_answer, after_failure
from federation.harvest.outcome import NOT_MODIFIED, UNFINISHED, VOID, Harvest
from federation.loss import Doubt
from federation.rhythm import again, next_visit
from federation.visit import HARVEST, missed, repeats, turned_away
from registry.errors import PeerError
from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Iterable

    from federation.fetch import Fetched
    from federation.harvest.call import Call
    from federation.harvest.means import Means
    from federation.notebook import Note
    from federation.source import Source
    from registry.arrival import Entry
    from registry.errors import KoepelError

__all__ = ["Clerk"]

LASTING: Final = frozenset({Happening.HELD, Happening.REJECTED})
"""What goes on being said of a text as long as it stays the same."""
TROUBLES: Final = {one.value for one in (*LASTING, Happening.WITHDRAWN)}


@dataclass
class Clerk:
    """Writes down what came of visits."""

    means: Means
    awaited: dict[str, set[str]] = field(default_factory=dict)
    """Which members are to be visited before the visit to their list counts as made."""
    postponed: dict[str, Note] = field(default_factory=dict)
    """What is noted of lists then."""

    def settle(
        self, call: Call, entries: list[Entry], fetched: Fetched | None, others: Iterable[Entry] = ()
    ) -> Harvest:
        """Write down what was decided, if it is news, and what befalls others, and note the visit."""
        event = entries[-1][0]
        if not self.write(call, entries, others):
            return Harvest(call.source, VOID)
        written = None if repeats(event, call.last) else event
        is_quiet = event.happening is Happening.UNCHANGED or (
            written is None and event.happening is Happening.ACCEPTED
        )
        outcome = NOT_MODIFIED if is_quiet else event.happening.value
        message = event.reason if outcome in TROUBLES else ""
        made = Harvest(call.source, outcome, written, message)
        return self.note(call, fetched, made, event) if fetched else self.note_failure(call, made)

    def leave(self, call: Call, fetched: Fetched) -> Harvest:
        """Note that nothing has changed, and that what was wrong still is."""
        last = call.last
        if not self.write(call, []):
            return Harvest(call.source, VOID)
        if last is None or last.happening not in LASTING:
            return self.note(call, fetched, Harvest(call.source, NOT_MODIFIED), last)
        return self.note(call, fetched, Harvest(call.source, last.happening.value, None, last.reason), last)

    def fail(self, call: Call, error: KoepelError) -> Harvest:
        """Write down that no document came, when that is new, and try again soon."""
        visit = self.means.visit(call)
        event = missed(visit, error) if isinstance(error, PeerError) else turned_away(visit, error)
        was_withdrawn = visit.known.happening is Happening.WITHDRAWN
        if was_withdrawn and event.happening in {Happening.UNREACHABLE, Happening.UNCHANGED}:
            event = visit.event(Happening.WITHDRAWN)  # that it is still gone is no news
        if not self.write(call, [(event, None)]):
            return Harvest(call.source, VOID)
        written = None if repeats(event, call.last) else event
        made = Harvest(call.source, event.happening.value, written, error.message)
        return self.note_failure(call, made, error.retry_after if isinstance(error, PeerError) else None)

    def put_off(self, call: Call) -> Harvest:
        """Note that the registry could not finish the visit, and try again soon."""
        return self.note_failure(call, Harvest(call.source, UNFINISHED))

    def write(self, call: Call, entries: list[Entry], others: Iterable[Entry] = ()) -> bool:
        """Write down what is news; tells whether nobody else decided on the source meanwhile."""
        news = [] if entries and repeats(entries[-1][0], call.last) else entries
        news = [*self._registration(call.source), *others, *news]
        is_stream = call.source.kind.streams  # its bookmark moves in the ledger while it is followed
        books, history = self.means.books, self.means.history
        after = books.ledger.position() if is_stream else history.position
        return not news or books.record(call.source.space, news, after)

    def note(self, call: Call, fetched: Fetched, made: Harvest, event: Event | None) -> Harvest:
        """Note a visit to a server that answered."""
        now, held, care = self.means.clock(), Doubt.of(event), self.means.care
        confirm = [held.since + care.patience] if held else []
        due = next_visit(now, care.hours(call.source), random.random(), confirm)  # noqa: S311 - no secret
        note = after_answer(call.note, fetched, event.digest if event else None, call.begun)
        note = replace(note, rules=self.means.rules, outcome=made.outcome, message=made.message, due=due)
        if self.awaited.get(call.source.space):
            self.postponed[call.source.space] = note
        else:
            self.means.books.note(note)
        return made

    def note_failure(self, call: Call, made: Harvest, wait: float | None = None) -> Harvest:
        """Note a visit that came to nothing."""
        note = after_failure(call.note, made.outcome, made.message, call.begun)
        chance, hours = random.random(), self.means.care.hours(call.source)  # noqa: S311 - no secret
        due = again(self.means.clock(), hours, chance, note.failures, wait)
        self.means.books.note(replace(note, due=due))
        return made

    def await_members(self, collection: Source, members: Iterable[Source]) -> None:
        """Put off the note about a list until these members are visited, in case it does not come to that."""
        self.awaited[collection.space] = {one.space for one in members}

    def release(self, made: Harvest) -> None:
        """Note the visit to a list once all the members have been visited that were to be."""
        collection, waiting = made.source.via, self.awaited.get(made.source.via, set())
        if made.outcome not in {VOID, UNFINISHED}:
            waiting.discard(made.source.space)
        if collection in self.postponed and not waiting:
            self.means.books.note(self.postponed.pop(collection))

    def _registration(self, source: Source) -> list[Entry]:
        """Register a source that is new, or that has moved to another address or list."""
        known = self.means.history.registrations.get(source.space)
        if known is not None and (known.address, known.via) == (source.address, source.via):
            return []
        happening = Happening.TRANSFERRED if known else Happening.REGISTERED
        event = Event(source.space, happening, source.address, actor=HARVEST)
        return [(replace(event, via=source.via, terms=source.terms), None)]
