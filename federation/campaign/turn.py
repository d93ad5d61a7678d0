"""A whole round of a registry's harvest: whose turn it is, and that only one round runs at a time."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from federation.fetch import Fetcher, Policy
from federation.harvest.books import Blotter, Books
from federation.harvest.care import Care
from federation.harvest.crew import crew
from federation.harvest.membership import is_delisted
from federation.harvest.round import harvest
from federation.notebook import Notebook
from federation.notice.notify import send_due
from federation.source import Kind, Source
from registry.errors import NotAllowedError
from registry.home import publish
from registry.lock import TakenError, lock
from registry.storage import explained
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from concurrent.futures import Executor

    from federation.harvest.outcome import Harvest
    from registry.home import Home
    from registry.ledger import Ledger
    from registry.settings import Settings

__all__ = ["Campaign", "Choice", "campaign", "conclude", "visitable"]

LOCK: Final = "harvest.lock"


@dataclass(frozen=True)
class Choice:
    """Which sources are visited."""

    named: Collection[str] = ()
    """These, by their IRI spaces, whether it is their turn or not; all, if none is named."""
    every: bool = False
    """Also those whose turn it is not."""


@dataclass(frozen=True)
class Campaign:
    """A round that has begun."""

    sources: tuple[Source, ...]
    visits: Iterator[Harvest]
    shown: frozenset[str]
    """Of which sources readers saw something when it began."""
    fetcher: Fetcher
    executor: Executor


@contextmanager
def campaign(
    home: Home,
    chosen: Settings,
    choice: Choice = Choice(),
    *,
    dry_run: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Campaign]:
    """Begin a round, as the only one that runs in this registry.

    Args:
        home: The registry.
        chosen: Its settings.
        choice: Which sources are visited.
        dry_run: Whether nothing is written down.
        clock: Tells the time.

    Raises:
        NotAllowedError: Another round is under way.
    """
    with ExitStack() as stack:
        stack.enter_context(_alone(home))
        notebook = stack.enter_context(Notebook(home.visits))
        fetcher = stack.enter_context(Fetcher(_policy(chosen)))
        executor = stack.enter_context(crew())
        sources = _chosen(visitable(home.ledger), notebook, choice, clock())
        books = (Blotter if dry_run else Books)(home.ledger, notebook, home.writing)
        visits = harvest(sources, books, fetcher, executor, care=Care.of(chosen), clock=clock)
        yield Campaign(sources, visits, frozenset(home.ledger.published()), fetcher, executor)


def conclude(
    home: Home,
    chosen: Settings,
    begun: Campaign,
    *,
    changed: bool,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Show readers what a round has changed, and then tell publishers what is to be told.

    Args:
        home: The registry.
        chosen: Its settings.
        begun: The round, which has come to its end.
        changed: Whether it changed anything.
        tell: Takes a sentence for each long step.
    """
    if changed:
        today, keep = datetime.now(UTC).date(), chosen.keep_snapshots
        publish(home, load_library(), today, tell, begun.executor, keep=keep)
    send_due(home, begun.fetcher, chosen, datetime.now(UTC))


def visitable(ledger: Ledger) -> dict[str, Source]:
    """Find the sources that are visited at all.

    What comes inside a stream is not, nor is what the list that led to it no longer names.
    """
    status = ledger.status()
    agreed = {space: Source.of(event) for space, event in ledger.registrations().items()}
    return {
        space: source
        for space, source in agreed.items()
        if not is_delisted(status.get(space)) and _stands_alone(source, agreed)
    }


def _stands_alone(source: Source, agreed: dict[str, Source]) -> bool:
    """Tell whether a source is fetched from its own address."""
    if not source.via:
        return source.kind is not Kind.MEMBER
    collection = agreed.get(source.via)
    return collection is not None and collection.kind.lists


def _chosen(
    known: dict[str, Source], notebook: Notebook, choice: Choice, now: datetime
) -> tuple[Source, ...]:
    if choice.named:
        return tuple(known[one] for one in dict.fromkeys(choice.named) if one in known)
    resting = frozenset() if choice.every else notebook.resting(now)
    return tuple(source for space, source in known.items() if space not in resting)


def _policy(chosen: Settings) -> Policy:
    return Policy(
        bytes=chosen.document_bytes,
        seconds=chosen.fetch_seconds,
        loopback=chosen.allow_loopback,
        at_once=chosen.harvest_at_once,
        host_at_once=chosen.host_at_once,
        host_pause=chosen.host_pause,
    )


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    with ExitStack() as stack:
        with explained(home.folder):
            home.folder.mkdir(parents=True, exist_ok=True)
            try:
                stack.enter_context(lock(home.folder / LOCK))
            except TakenError:
                raise NotAllowedError(
                    "harvest-under-way",
                    "A harvest of the registry in {folder} is under way already. Wait until it has ended.",
                    folder=str(home.folder),
                ) from None
        yield
