"""Brings the registry up to date with its sources: fetch, read, check, then swap.

The last good version of a description stays until a better one has passed, and one bad
source never stops the others. What happened to each source is written in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from federation.fetch import Policy, fetch
from registry.admission import Verdict, admit
from registry.errors import KoepelError, PeerError
from registry.ingest.document import Document, read_document
from registry.ledger import Event, Happening, Ledger, Version
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor
    from datetime import date

    from federation.source import Source

__all__ = ["Harvest", "harvest"]


@dataclass(frozen=True)
class Harvest:
    """What one visit to one source brought."""

    source: Source
    event: Event
    document: Document | None = None


def harvest(
    sources: Iterable[Source], ledger: Ledger, executor: Executor, policy: Policy, on: date
) -> Iterator[Harvest]:
    """Visit every source once and write down what came of it, in the order of the sources.

    Work runs in the executor; the ledger is written here, one source at a time.
    """
    known = ledger.latest()
    visits = [(source, executor.submit(visit, source, policy, _digest(known, source), on)) for source in sources]
    for source, visited in visits:
        event, version, document = visited.result()
        ledger.append(event, version)
        yield Harvest(source, event, document)


def _digest(known: dict[str, Event], source: Source) -> str | None:
    event = known.get(source.space)
    return event.digest if event else None


def visit(
    source: Source, policy: Policy, known: str | None, on: date
) -> tuple[Event, Version | None, Document | None]:
    """Fetch one source, read it and decide; nothing is written."""
    try:
        fetched = fetch(source.address, policy=policy)
        document = read_document(
            fetched.data, media_type=fetched.media_type, address=source.address, space=source.space
        )
    except PeerError as error:
        return Event(source.space, Happening.UNREACHABLE, source.address, reason=error.message), None, None
    except KoepelError as error:
        return Event(source.space, Happening.REJECTED, source.address, reason=error.message), None, None
    if document.digest == known:
        return Event(source.space, Happening.UNCHANGED, source.address, document.digest), None, document
    verdict = admit(document, load_library(), on)
    return _event(source, document, verdict), _version(document), document


def _event(source: Source, document: Document, verdict: Verdict) -> Event:
    reason = "\n".join(verdict.reasons)
    return Event(source.space, verdict.happening, source.address, document.digest, reason)


def _version(document: Document) -> Version:
    return Version(document.digest, document.canonical, document.data, document.media_type)
