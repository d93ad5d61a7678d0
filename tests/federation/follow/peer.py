"""A registry among others: what it publishes, what others get from it, and what it gets from them."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from federation.fetch import Fetcher, Policy
from federation.follow import Followed, Follower
from federation.harvest.weave import weave
from federation.source import Kind, Source
from federation.web.stream import router
from registry.errors import PeerError
from registry.graph.rules import rules_digest
from registry.home import Home, publish
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Version
from registry.settings import Settings
from registry.validation.standard import load_library
from registry.web.problem import answer_with_problems
from tests.federation.description import text
from tests.registry.web.server import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from federation.fetch import Fetched
    from registry.ingest.document import Document

__all__ = ["AT_HOME", "DAY", "SITE", "Peer", "UnluckyFetcher", "opened", "stated"]

AT_HOME = Policy(loopback=True, seconds=10, host_pause=0, respect_robots=False, bytes=20_000_000)
SITE = "https://buddy.example"
SIZE = 4
"""So many events of the ledger are on a page in these tests."""
DAY = date(2026, 11, 21)


class UnluckyFetcher(Fetcher):
    """Fetches as ever, but one of its requests fails."""

    def __init__(self, failing: int) -> None:
        super().__init__(AT_HOME)
        self._left = failing

    def fetch(self, address: str, **more: Any) -> Fetched:
        """Fetch a document, unless it is the turn of the failure."""
        self._left -= 1
        if self._left == 0:
            raise PeerError("fetch-failed", "{address} is out of reach.", address=address)
        return super().fetch(address, **more)


@dataclass
class Peer:
    """A registry that is served on a port of this machine."""

    home: Home
    address: str
    executor: Executor
    clock: datetime = field(default_factory=lambda: datetime.now(UTC))

    def accept(self, space: str, document: bytes, happening: Happening = Happening.ACCEPTED) -> None:
        """Publish a description that came from its publisher."""
        address = f"{space}.ttl"
        read = _read(document, address, space)
        version = Version(read.digest, read.canonical, read.data, read.media_type)
        entries: list[tuple[Event, Version | None]] = [
            (Event(space, happening, address, version.digest), version)
        ]
        if space not in self.home.ledger.registered():
            entries.insert(0, (Event(space, Happening.REGISTERED, address), None))
        self.home.ledger.append_all(entries)

    def describe(self, *names: str, title: str = "One") -> None:
        """Publish small descriptions of fictitious projects."""
        for name in names:
            self.accept(f"{SITE}/{name}", text(name, title))

    def end(self, name: str, happening: Happening, reason: str = "The project has ended.") -> None:
        """Let one of them go."""
        self.end_source(f"{SITE}/{name}", happening, reason)

    def end_source(self, space: str, happening: Happening = Happening.REMOVED, reason: str = "") -> None:
        """Let a source go."""
        self.home.ledger.append(Event(space, happening, reason=reason))

    def follow(self, other: Peer, fetcher: Fetcher | None = None) -> Followed:
        """Follow another registry once."""
        return self.read(Source(other.address, other.address, Kind.REGISTRY), fetcher)

    def read(self, stream: Source, fetcher: Fetcher | None = None, heard: datetime | None = None) -> Followed:
        """Follow a stream once."""
        if stream.space not in self.home.ledger.registered():
            event = Event(stream.space, Happening.REGISTERED, stream.address, terms=stream.terms)
            self.home.ledger.append(event)
        with ThreadPoolExecutor(1) as threads, fetcher or Fetcher(AT_HOME) as fetching:
            follower = Follower(
                self.home.ledger,
                fetching,
                threads,
                self.executor,
                lambda: self.clock,
                rules_digest(),
                self.address,
                self.home.writing,
            )
            (followed,) = weave(deque([stream]), lambda one: follower.follow(one, heard), 1)
        return followed

    def pass_hours(self, hours: float) -> None:
        """Let time go by."""
        self.clock += timedelta(hours=hours)

    def publish(self) -> None:
        """Show readers what the ledger says."""
        publish(self.home, load_library(), DAY)


@contextmanager
def opened(folder: Path, *names: str) -> Iterator[list[Peer]]:
    """Open registries, each on a port of its own; of their sites there is only the stream."""
    with ThreadPoolExecutor(2) as executor, ExitStack() as stack:
        peers = []
        for name in names:
            home = Home(folder / name)
            address = stack.enter_context(served(_stream_of(home)))
            peers.append(Peer(home, address, executor))
        yield peers


def _stream_of(home: Home) -> FastAPI:
    """Make an application that has the stream of a registry and nothing else."""
    app = FastAPI()
    app.state.premises = SimpleNamespace(home=home, settings=Settings(home=home.folder, feed_page=SIZE))
    app.include_router(router)
    answer_with_problems(app)
    return app


@cache
def _read(document: bytes, address: str, space: str) -> Document:
    return read_document(document, media_type="text/turtle", address=address, space=space)


def stated(peer: Peer) -> dict[str, str]:
    """Tell by source which text readers of a registry see, by its canonical hash."""
    return {source: shown.digest for source, shown in peer.home.ledger.published().items()}
