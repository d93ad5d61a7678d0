"""The way through a stream: from its view to its pages, in the order of its members.

Of all pages that are still to be read, the one that begins first comes first. A member is taken as soon as no
page that is left can hold an earlier one. So the order holds for a list of pages, as a registry publishes it,
and for a tree of them, as others do.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from federation.follow.bookmark import find_bookmark
from federation.follow.frontier import Frontier
from federation.follow.intake import Intake
from federation.follow.page import ACCEPT, LIMITS, read_page
from federation.follow.roster import Roster
from federation.follow.watch import Watch
from federation.source import Kind
from registry.errors import InvalidDataError, KoepelError, PeerError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Generator
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager
    from datetime import datetime

    from federation.fetch import Fetcher
    from federation.follow.page import Page
    from federation.follow.profile import Profile
    from federation.source import Source
    from registry.ledger import Event, Ledger

__all__ = ["Followed", "Follower"]

FEED: Final = "/feed"
"""Where a registry has its stream."""
MOST_PAGES: Final = 10_000
"""So many pages are read in one visit …"""
MOST_SECONDS: Final = 1800.0
"""… which takes no longer than this; the next one goes on."""


@dataclass(frozen=True)
class Followed:
    """What a visit to a stream brought."""

    source: Source
    counts: Counter[str]
    """How many members were taken, by what became of them, and how many were not, by the reason."""
    event: Event | None = None
    """What was written about the stream itself, when there was something to tell."""
    error: KoepelError | None = None
    """Why the visit ended before the end of the stream; it goes on there next time."""
    requests: int = 0
    is_unfinished: bool = False
    """Whether the visit ended because it took long, and not because the stream did."""


@dataclass(frozen=True)
class Follower:
    """Follows streams into one ledger.

    What it waits for, it hands over as a future and gets it back when it is done: threads fetch, the executor
    reads and checks.
    """

    ledger: Ledger
    fetcher: Fetcher
    threads: Executor
    executor: Executor
    clock: Callable[[], datetime]
    rules: str
    """The digest of the rules under which everything is decided on."""
    own: str = ""
    """The address of this registry; what went out from here does not come in again."""
    apart: Callable[[], AbstractContextManager[object]] = nullcontext
    """Keeps other writers out of the ledger while the block runs."""
    share: float = 0.3
    """How much of what it has brought a stream may take away at once …"""
    patience: timedelta = field(default=timedelta(hours=12))
    """… unless this has passed since."""

    def follow(self, source: Source, heard: datetime | None = None) -> Generator[Future[Any], Any, Followed]:
        """Read on in a stream from where it was left, and write down what its members bring.

        Nothing that the stream says stops it; only a page that does not come ends the visit early.

        Args:
            source: The stream.
            heard: When it was last read to its end.
        """
        bookmark = find_bookmark(self.ledger, source.space)
        way = Frontier(bookmark, in_a_row=source.kind is Kind.REGISTRY)
        intake = self._intake(source, heard)
        try:
            page = yield from self._page(view_of(source), None)
        except KoepelError as error:
            return Followed(source, intake.counts, error=error, requests=1)
        intake.begin(way.begin(page))
        intake.hear(page)
        requests, failure, end = 1, None, time.monotonic() + MOST_SECONDS
        while not failure:
            yield from intake.take(way.ready(), way.floor)
            is_over = requests >= MOST_PAGES or time.monotonic() > end
            if intake.is_held or way.is_at_end or is_over:
                break
            failure = (
                _too_wide(source) if way.is_too_wide else (yield from self._go_on(way, intake, page.profile))
            )
            requests += 1
        is_unfinished = not (failure or intake.is_held or way.is_at_end)
        intake.conclude(whole=failure is None and not is_unfinished)
        return Followed(source, intake.counts, intake.told, failure, requests, is_unfinished)

    def _go_on(
        self, way: Frontier, intake: Intake, profile: Profile
    ) -> Generator[Future[Any], Any, PeerError | None]:
        """Read the next page; one that comes and cannot be read is told, and tried again next time."""
        lead = way.next()
        try:
            page = yield from self._page(lead.address, profile)
        except PeerError as error:
            return error
        except KoepelError as error:
            intake.miss(lead, error)
        else:
            intake.hear(page, lead)
            way.add(page, lead)
        return None

    def _page(self, address: str, profile: Profile | None) -> Generator[Future[Any], Any, Page]:
        fetch = partial(self.fetcher.fetch, address, accept=ACCEPT, most=LIMITS.document_bytes)
        asked = yield self.threads.submit(fetch)
        read = yield self.executor.submit(read_page, asked.result(), address, profile)
        page: Page = read.result()
        return page

    def _intake(self, source: Source, heard: datetime | None) -> Intake:
        roster, moment = Roster(self.ledger, source, self.own), self.clock()
        gone = roster.lately_ended(moment - self.patience)
        watch = Watch(roster.shown() | gone, self.share, self.patience, moment, heard, set(gone))
        return Intake(source, self.ledger, self.executor, self.apart, roster, watch, self.rules)


def _too_wide(source: Source) -> InvalidDataError:
    return InvalidDataError(
        "stream-too-wide",
        "The stream {address} names too many pages, or does not say in which order they come, so it does not "
        "fit in memory. Its publisher has to say between which moments the members of each page lie "
        "(tree:relation).",
        address=source.address,
    )


def view_of(source: Source) -> str:
    """Tell where the view of a stream is; that of a registry lies at its /feed.

    >>> from federation.source import Source
    >>> view_of(Source("https://koepel.example/", "https://koepel.example", Kind.REGISTRY))
    'https://koepel.example/feed'
    """
    if source.kind is not Kind.REGISTRY or source.address.rstrip("/").endswith(FEED):
        return source.address
    return source.address.rstrip("/") + FEED
