"""Takes in what the members of a stream bring, in their order, and moves the bookmark in the same step."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from federation.follow.bookmark import Bookmark, precedes, read_key, write_key
from federation.follow.frontier import name_of
from federation.follow.judgement import Case, judge
from federation.source import Kind, Source
from federation.visit import HARVEST, repeats
from registry.arrival import ENDED
from registry.ingest.remark import Remark
from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager

    from federation.follow.bookmark import Key
    from federation.follow.member import Member
    from federation.follow.page import Lead, Page
    from federation.follow.roster import Roster
    from federation.follow.watch import Watch
    from federation.loss import Doubt
    from registry.arrival import Entry
    from registry.errors import KoepelError
    from registry.ledger import Ledger

    Steps = Generator[Future[Any], Any, None]

__all__ = ["Intake"]

MOST: Final = 250
"""So many members are taken in one step."""
CHUNK: Final = 25
"""So many are decided on by one process at a time."""
SHOWN: Final = 10
PLACE: Final = "member"
"""Under this name an event tells which place its member has in the stream."""


class Intake:
    """Takes in the members of one stream during one visit."""

    def __init__(
        self,
        stream: Source,
        ledger: Ledger,
        executor: Executor,
        apart: Callable[[], AbstractContextManager[object]],
        roster: Roster,
        watch: Watch,
        rules: str,
    ) -> None:
        """Get ready; nothing is taken in before it is known how far the stream was read."""
        self._stream, self._ledger, self._executor, self._apart = stream, ledger, executor, apart
        self._roster, self._watch, self._rules = roster, watch, rules
        self._bookmark = self._written = Bookmark()
        self._late: set[str] = set()
        self._troubles: dict[str, None] = {}
        self.counts: Counter[str] = Counter()
        self.is_held = False
        """Whether nothing more is taken: it is doubtful, or the registry has ended the stream meanwhile."""
        self._position = ledger.position()
        self.told: Event | None = None
        """What was written about the stream itself."""

    def begin(self, bookmark: Bookmark) -> None:
        """Begin where the stream was left."""
        self._bookmark = self._written = bookmark

    def hear(self, page: Page, lead: Lead | None = None) -> None:
        """Take note of a page before its members come; one that was missed before brings them late."""
        self._troubles |= dict.fromkeys(page.unclear)
        if lead and name_of(lead) in self._bookmark.missed:
            self._late |= {member.iri for member in page.members}
            missed = tuple(one for one in self._bookmark.missed if one != name_of(lead))
            self._bookmark = replace(self._bookmark, missed=missed)

    def miss(self, lead: Lead, error: KoepelError) -> None:
        """Remember a page that came and cannot be read, for the next visit."""
        missed = dict.fromkeys((*self._bookmark.missed, name_of(lead)))
        self._bookmark = replace(self._bookmark, missed=tuple(missed))
        trouble = Remark(
            "stream-page-broken",
            "The page {page} of the stream cannot be read and is tried again later: {reason}",
            {"page": lead.address, "reason": error.message},
        )
        self._troubles[trouble.message] = None

    def take(self, members: Sequence[Member], floor: Key | None) -> Steps:
        """Take in members in their order, some at a time, or none of them when they are doubtful together.

        After them nothing is left that comes before the floor.
        """
        fresh = [one for one in members if not self._is_past(one)]
        if found := self._watch.doubts(fresh, self._last):
            self._hold(found)
            return
        for wave in _waves(fresh):
            for member in wave:
                self._bookmark = self._bookmark.moved(member.key, member.iri)
            if wave[-1] is fresh[-1]:
                self._bookmark = self._bookmark.settled(floor)
            if wave[0].happening is Happening.ERASED:
                self._erase(wave[0])
            else:
                yield from self._take(wave)
            if self.is_held:
                return

    def conclude(self, *, whole: bool) -> None:
        """Tell at the end what was wrong with the stream, or that it is followed."""
        if self.is_held or self._is_ended():
            return
        reason = "\n".join(list(self._troubles)[:SHOWN])
        if reason:
            self._tell(replace(self._about(Happening.REJECTED), reason=reason))
        elif whole and (self._last is None or self._last.happening is not Happening.ACCEPTED):
            self._tell(self._about(Happening.ACCEPTED))
        with self._apart():
            self._write([])

    @property
    def _last(self) -> Event | None:
        return self._roster.known(self._stream.space).last

    def _is_ended(self) -> bool:
        """Look whether the registry has removed or erased the stream meanwhile."""
        events = self._ledger.events(after=self._position, source=self._stream.space)
        self.is_held = self.is_held or any(one.happening in ENDED for one in events)
        return self.is_held

    def _is_past(self, member: Member) -> bool:
        if not self._bookmark.is_past(member.key, member.iri):
            return False
        if member.iri not in self._late:
            return True
        last = self._roster.known(member.source).last
        place = read_key(json.loads(last.terms or "{}").get(PLACE)) if last else None
        return last is not None and (place is None or not precedes(place, member.key))

    def _take(self, wave: Sequence[Member]) -> Steps:
        """Decide on members and write down what came of them, unless somebody else decides meanwhile."""
        while True:
            counts: Counter[str] = Counter()
            cases = [case for one in wave if (case := self._case(one, counts))]
            parts = [cases[place : place + CHUNK] for place in range(0, len(cases), CHUNK)]
            under_way = [self._executor.submit(judge, part) for part in parts]
            for judging in under_way:  # noqa: UP028 - each is sent back when it is done
                yield judging
            decided = [entry for judging in under_way for entry in judging.result()]
            with self._apart():
                if self._is_ended():
                    return
                if self._roster.is_overtaken({one.source for one in wave}):
                    self._roster = self._roster.renewed()
                    continue
                told = {case.member.source: entry for case, entry in zip(cases, decided, strict=True)}
                self._write(
                    [entry for one in wave for entry in self._entries(one, told.get(one.source), counts)]
                )
            self.counts += counts
            return

    def _case(self, member: Member, counts: Counter[str]) -> Case | None:
        """Bring together what is needed to decide on a member; one that is not taken is counted."""
        refusal = self._roster.refusal(member) or ("bare" if member.is_bare else "")
        if refusal:
            counts[refusal] += 1
        if refusal or member.ends:
            return None
        if member.happening is Happening.RELEASED and self._stream.kind is not Kind.REGISTRY:
            member = replace(member, happening=Happening.ACCEPTED)  # publishers settle no doubts of their own
        place = json.dumps({PLACE: write_key(member.key)})
        arrived = replace(self._event(member, Happening.FETCHED), rules=self._rules, terms=place)
        return Case(member, arrived, self._roster.known(member.source), self._watch.moment.date())

    def _entries(self, member: Member, decided: Entry | None, counts: Counter[str]) -> Iterator[Entry]:
        """Say what is written down about a member."""
        if decided is None:
            if member.ends and not self._roster.refusal(member):
                yield from self._ending(member, counts)
            return
        event, version = decided
        counts[event.happening.value] += 1
        yield from self._registration(member)
        if event.happening is Happening.HELD:  # the terms of such an event say what is doubtful
            event = replace(event, terms="")
        if event.happening is not Happening.UNCHANGED:
            yield event, version

    def _ending(self, member: Member, counts: Counter[str]) -> Iterator[Entry]:
        last = self._roster.known(member.source).last
        is_news = last is not None and last.happening is not member.happening
        counts[member.happening.value if is_news else Happening.UNCHANGED.value] += 1
        if is_news:
            place = json.dumps({PLACE: write_key(member.key)})
            yield replace(self._event(member, member.happening), reason=member.reason, terms=place), None

    def _registration(self, member: Member) -> Iterator[Entry]:
        """Register a source that is new, and note where one has moved to."""
        source = Source(
            member.address, member.source, Kind.MEMBER, via=self._stream.space, origin=member.origin
        )
        known = self._roster.registrations.get(member.source)
        if known and (known.address, known.terms) == (source.address, source.terms):
            return
        happening = Happening.TRANSFERRED if known else Happening.REGISTERED
        yield replace(self._event(member, happening), terms=source.terms), None

    def _erase(self, member: Member) -> None:
        """Destroy what a source published; what is left of it on the disk goes with the next publication."""
        with self._apart():
            if self._is_ended():
                return
            refusal = self._roster.refusal(member)
            last = self._roster.known(member.source).last
            is_news = last is not None and last.happening is not Happening.ERASED
            self.counts[refusal or (Happening.ERASED.value if is_news else Happening.UNCHANGED.value)] += 1
            if is_news and not refusal:
                self._ledger.erase(member.source, member.reason, self._stream.space)
                self._roster = self._roster.renewed()
            self._write([])

    def _hold(self, found: Doubt) -> None:
        self.is_held = True
        told = replace(self._about(Happening.HELD), reason=self._watch.complaint(found), terms=found.terms)
        self._tell(told)

    def _tell(self, event: Event) -> None:
        """Write down something about the stream itself, unless that was said before."""
        self.told = event
        if not repeats(event, self._last):
            with self._apart():
                self._write([(event, None)])

    def _write(self, entries: list[Entry]) -> None:
        """Write entries and, where it has moved, the bookmark, all or nothing."""
        if self._bookmark != self._written:
            entries = [*entries, (replace(self._about(Happening.FETCHED), terms=self._bookmark.terms), None)]
        if entries:
            self._roster.catch_up()
            self._roster.note(entries, self._ledger.append_all(entries))
            self._written = self._bookmark

    def _event(self, member: Member, happening: Happening) -> Event:
        return Event(member.source, happening, member.address, actor=HARVEST, via=self._stream.space)

    def _about(self, happening: Happening) -> Event:
        return Event(self._stream.space, happening, self._stream.address, actor=HARVEST)


def _waves(members: Iterable[Member]) -> Iterator[list[Member]]:
    """Part members into steps: in each a source stands once, and an erasure stands alone."""
    wave: list[Member] = []
    for member in members:
        is_alone = Happening.ERASED in (member.happening, *(one.happening for one in wave[:1]))
        if wave and (is_alone or len(wave) == MOST or any(one.source == member.source for one in wave)):
            yield wave
            wave = []
        wave.append(member)
    if wave:
        yield wave
