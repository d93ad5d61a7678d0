"""The visit to a list: what it names is visited too, and what it no longer names is let go."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from federation.fetch import Fetched
from federation.harvest.membership import call_roll
from federation.listing import LIMITS, read_list
from federation.loss import Loss, doubt
from federation.visit import turned_away
from registry.errors import KoepelError
from registry.ledger import Happening

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from concurrent.futures import Future
    from datetime import datetime

    from federation.harvest.call import Call
    from federation.harvest.clerk import Clerk
    from federation.harvest.means import Means
    from federation.harvest.membership import Roll
    from federation.harvest.outcome import Harvest
    from federation.listing import Listing
    from federation.source import Source
    from registry.ledger import Event

__all__ = ["Collections"]

LOG: Final = logging.getLogger(__name__)
MOST_PARTS: Final = 100
"""Of so many parts a list may consist."""


@dataclass(frozen=True)
class Collections:
    """The visits to lists."""

    means: Means
    clerk: Clerk
    members: dict[str, dict[str, Event]]
    """What each list has brought and still names, with the registrations."""
    go_on: Callable[[tuple[Source, ...]], tuple[Source, ...]]
    """Puts further sources behind the others; gives those that were not there yet."""

    def read(self, call: Call, fetched: Fetched) -> Generator[Future[Any], Any, Harvest]:
        """Read a list, take in what is new in it, and let go what it no longer names."""
        visit = self.means.visit(call)
        try:
            listing = yield from self._whole(call.source, fetched, {fetched.final_address})
        except KoepelError as error:
            return self.clerk.settle(call, [(turned_away(visit, error), None)], fetched)
        if listing.parts or not listing.complete:
            fetched = Fetched(200, fetched.final_address)  # the rest may change where this part does not
        known = self.members.get(call.source.space, {})
        roll = call_roll(listing, call.source, known, self.means.history, self._visited)
        return self._take_in(call, fetched, roll)

    def _whole(
        self, source: Source, fetched: Fetched, read: set[str]
    ) -> Generator[Future[Any], Any, Listing]:
        """Read a list and its parts; where a part is missing, the list is not complete."""
        done = yield self.means.executor.submit(read_list, fetched, source)
        listing: Listing = done.result()
        parts = []
        for place in [one for one in listing.parts if one not in read and len(read) < MOST_PARTS]:
            read.add(place)
            fetch = partial(self.means.fetcher.fetch, place, most=LIMITS.document_bytes)
            asked = yield self.means.threads.submit(fetch)
            try:
                parts.append((yield from self._whole(source, asked.result(), read)))
            except KoepelError as error:
                LOG.warning("A part of the list %s could not be read: %s", source.address, error)
        return replace(listing.joined(parts, source.space), parts=listing.parts) if parts else listing

    def _take_in(self, call: Call, fetched: Fetched, roll: Roll) -> Harvest:
        """Write down what a list names, and go on to its members."""
        care, visit, found = self.means.care, self.means.visit(call), None
        if roll.is_doubtful(care.loss_members):
            found = doubt(Loss.MEMBERS, roll.left, call.last, self.means.clock(), care.patience)
        self.clerk.await_members(call.source, self.go_on(roll.wanted))
        if found:
            held = replace(visit.event(Happening.HELD, roll.complaint), terms=found.terms)
            return self.clerk.settle(call, [(held, None)], fetched)
        accepted = visit.event(Happening.ACCEPTED, roll.account)
        return self.clerk.settle(call, [(accepted, None)], fetched, roll.farewell(call.source))

    def _visited(self, source: str) -> datetime | None:
        return self.means.books.notebook.of(source).visited
