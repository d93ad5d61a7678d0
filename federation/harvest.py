"""Brings the registry up to date with its sources: fetch, read, check, then swap.

The last good version of a description stays until a better one has passed, and one bad
source never stops the others. What happened to each source is written in the ledger.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from federation.fetch import Policy, fetch
from registry.admission import admit
from registry.errors import KoepelError, PeerError
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Ledger, Version
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor, Future
    from datetime import date

    from federation.source import Source
    from registry.admission import Verdict
    from registry.ingest.document import Document

__all__ = ["Harvest", "harvest"]

LOG: Final = logging.getLogger(__name__)
Outcome = tuple[Event, Version | None]


@dataclass(frozen=True)
class Harvest:
    """What one visit to one source brought."""

    source: Source
    event: Event


def harvest(
    sources: Iterable[Source], ledger: Ledger, executor: Executor, policy: Policy, on: date
) -> Iterator[Harvest]:
    """Visit every source once and write down what came of it, in the order of the sources.

    Work runs in the executor; the ledger is written here, one source at a time.
    """
    known = _accepted(ledger)
    visits = [(one, executor.submit(visit, one, policy, known.get(one.space), on)) for one in sources]
    for source, visited in visits:
        event, version = _outcome(source, visited)
        ledger.append(event, version)
        yield Harvest(source, event)


def _outcome(source: Source, visited: Future[Outcome]) -> Outcome:
    """Wait for a visit; what nobody foresaw is left to a person, and the other sources go on."""
    try:
        return visited.result()
    except Exception as error:
        LOG.exception("The visit to %s broke off", source.address)
        reason = f"The registry stumbled over this document ({type(error).__name__}); a person has to look."
        return Event(source.space, Happening.HELD, source.address, reason=reason), None


@dataclass(frozen=True)
class Known:
    """What the registry has of a source: the statements' hash and the hash of the bytes as they came."""

    digest: str
    bytes_digest: str


def visit(source: Source, policy: Policy, known: Known | None, on: date) -> Outcome:
    """Fetch one source, read it and decide; nothing is written.

    The same bytes as last time are not read again, and the same statements not checked again.
    """
    try:
        fetched = fetch(source.address, policy=policy)
        if known and _hash(fetched.data) == known.bytes_digest:
            return Event(source.space, Happening.UNCHANGED, source.address, known.digest), None
        document = read_document(
            fetched.data, media_type=fetched.media_type, address=source.address, space=source.space
        )
        if known and document.digest == known.digest:
            return Event(source.space, Happening.UNCHANGED, source.address, document.digest), None
        verdict = admit(document, load_library(), on)
    except PeerError as error:
        return Event(source.space, Happening.UNREACHABLE, source.address, reason=error.message), None
    except KoepelError as error:
        return Event(source.space, Happening.REJECTED, source.address, reason=error.message), None
    return _event(source, document, verdict), _version(document)


def _accepted(ledger: Ledger) -> dict[str, Known]:
    """Find what is known of each source; what was held or rejected is looked at again every time."""
    return {
        one.source: Known(one.digest, _hash(ledger.version(one.digest).original))
        for one in ledger.latest().values()
        if one.happening is Happening.ACCEPTED and one.digest
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _event(source: Source, document: Document, verdict: Verdict) -> Event:
    reason = "\n".join(verdict.reasons)
    return Event(source.space, verdict.happening, source.address, document.digest, reason)


def _version(document: Document) -> Version:
    return Version(document.digest, document.canonical, document.data, document.media_type)
