"""Brings the registry up to date with its sources: fetch, read, check, then swap.

The last good version of a description stays until a better one has passed, and one bad source never stops
the others. What happened to each source is written in the ledger, all of one visit in one step.
"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from federation.visit import HARVEST, Visit, make_visit
from registry.arrival import History
from registry.graph.rules import rules_digest
from registry.ingest.guard import Limits
from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager
    from datetime import date

    from federation.fetch import Policy
    from federation.source import Source
    from registry.arrival import Entry
    from registry.ledger import Ledger

__all__ = ["Harvest", "harvest"]

LOG: Final = logging.getLogger(__name__)
AHEAD: Final = 64
"""How many visits may be under way or wait to be written down, so that their texts fit in memory."""


@dataclass(frozen=True)
class Harvest:
    """What one visit to one source brought, in the end."""

    source: Source
    event: Event


def harvest(
    sources: Iterable[Source],
    ledger: Ledger,
    executor: Executor,
    policy: Policy,
    on: date,
    apart: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Iterator[Harvest]:
    """Visit every source once and write down what came of it, in the order of the sources.

    Work runs in the executor; the ledger is written here, one source at a time, and within `apart`, which
    keeps other writers out. What was removed or erased is not visited.
    """
    history, rules, limits = History(ledger), rules_digest(), Limits(document_bytes=policy.bytes)

    def start(source: Source) -> Future[list[Entry]]:
        visit = Visit(source, history.of(source.space), rules, on, limits=limits)
        return executor.submit(make_visit, visit, policy)

    for source, visited in _ahead((one for one in sources if not history.ended(one.space)), start):
        entries = [*_registration(source, history), *_outcome(source, visited)]
        with apart():
            if any(ledger.events(after=history.position, source=source.space)):
                LOG.warning("%s was changed by somebody else meanwhile: this visit is void", source.space)
                continue
            ledger.append_all(entries)
        yield Harvest(source, entries[-1][0])


def _ahead(
    sources: Iterable[Source], start: Callable[[Source], Future[list[Entry]]]
) -> Iterator[tuple[Source, Future[list[Entry]]]]:
    """Start visits a little ahead of those whose outcome is written down."""
    waiting = iter(sources)
    under_way = deque((one, start(one)) for one in islice(waiting, AHEAD))
    while under_way:
        yield under_way.popleft()
        under_way.extend((one, start(one)) for one in islice(waiting, 1))


def _registration(source: Source, history: History) -> list[Entry]:
    """Register a source that is new, or that has moved to another address."""
    if history.registered.get(source.space) == source.address:
        return []
    return [(Event(source.space, Happening.REGISTERED, source.address, actor=HARVEST), None)]


def _outcome(source: Source, visited: Future[list[Entry]]) -> list[Entry]:
    """Wait for a visit; what nobody foresaw is left to a person, and the other sources go on."""
    try:
        return visited.result()
    except Exception as error:
        LOG.exception("The visit to %s broke off", source.address)
        reason = f"The registry stumbled over this document ({type(error).__name__}); a person has to look."
        return [(Event(source.space, Happening.HELD, source.address, reason=reason, actor=HARVEST), None)]
