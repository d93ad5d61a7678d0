"""A registry that visits sources on this machine, with a clock that a test may turn."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from federation.fetch import Fetcher, Policy
from federation.harvest import Books, Care, Harvest, harvest
from federation.notebook import Notebook
from federation.source import Source
from registry.ledger import Ledger
from tests.federation.description import AUDIENCE, text
from tests.federation.site import Answer, Site, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from registry.ledger import Event

__all__ = ["AT_HOME", "ONE", "TURTLE", "Registry", "opened", "project", "publish", "source"]

AT_HOME = Policy(loopback=True, seconds=5, host_pause=0, host_at_once=16, respect_robots=False)
TURTLE = "text/turtle"
ONE = "https://buddy.example/one"


@dataclass
class Registry:
    """A registry without a graph."""

    ledger: Ledger
    notebook: Notebook
    executor: Executor
    moment: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)
    care: Care = field(default_factory=Care)

    def visit(self, *sources: Source, seconds: float = 5) -> list[Harvest]:
        """Visit sources once."""
        return list(self.visits(*sources, seconds=seconds))

    def visits(self, *sources: Source, seconds: float = 5) -> Iterator[Harvest]:
        """Visit sources one after the other."""
        books = Books(self.ledger, self.notebook)
        with Fetcher(replace(AT_HOME, seconds=seconds)) as fetcher:
            yield from harvest(
                sources, books, fetcher, self.executor, care=self.care, clock=lambda: self.moment
            )

    def outcomes(self, *sources: Source, seconds: float = 5) -> list[str]:
        """Visit sources once, and say in a word what came of each, in the order of the sources."""
        order = [one.space for one in sources]
        visits = self.visit(*sources, seconds=seconds)
        return [one.outcome for one in sorted(visits, key=lambda one: order.index(one.source.space))]

    def pass_hours(self, hours: float) -> None:
        """Let time pass."""
        self.moment += timedelta(hours=hours)

    def logged(self, source: str | None = None, *, after: int = 0) -> list[str]:
        """Say in words what the ledger holds after a position."""
        return [one.happening.value for one in self.ledger.events(after=after, source=source)]

    def last(self, source: str = ONE) -> Event:
        """Tell what was written down last of a source."""
        return list(self.ledger.events(source=source))[-1]

    def text(self, source: str = ONE) -> bytes:
        """Give the text that readers see."""
        return self.ledger.version(self.ledger.published()[source].digest).original


@contextmanager
def opened(folder: Path) -> Iterator[Registry]:
    """Open a registry while the block runs."""
    with (
        Ledger.open("sqlite://") as ledger,
        Notebook(folder / "visits.sqlite") as notebook,
        ThreadPoolExecutor(2) as executor,
    ):
        yield Registry(ledger, notebook, executor)


def project(name: str = "one", title: str = "One", more: str = AUDIENCE, **headers: str) -> Answer:
    """Answer with a description."""
    return status(200, text(name, title, more), Content_Type=TURTLE, **headers)


def source(site: Site, name: str = "one") -> Source:
    """Name a source on a site."""
    return Source(site.address(f"/{name}.ttl"), f"https://buddy.example/{name}")


def publish(site: Site, answer: Answer, name: str = "one") -> Source:
    """Let a site answer so, and give the source."""
    site.publish(answer, f"/{name}.ttl")
    return source(site, name)
