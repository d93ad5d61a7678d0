"""Brings the registry up to date with its sources: fetch, read, check, then swap.

The last good version of a description stays until a better one has passed, and one bad
source never stops the others. What happened to each source is written in the ledger.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from federation.fetch import Policy, fetch
from registry.admission import admit
from registry.errors import KoepelError, PeerError
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Ledger, Version
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor
    from datetime import date

    from federation.source import Source
    from registry.admission import Verdict
    from registry.ingest.document import Document

__all__ = ["Harvest", "harvest"]


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
        event, version = visited.result()
        ledger.append(event, version)
        yield Harvest(source, event)


@dataclass(frozen=True)
class Known:
    """What the registry has of a source: the statements' hash and the hash of the bytes as they came."""

    digest: str
    bytes_digest: str


def visit(source: Source, policy: Policy, known: Known | None, on: date) -> tuple[Event, Version | None]:
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
    except PeerError as error:
        return Event(source.space, Happening.UNREACHABLE, source.address, reason=error.message), None
    except KoepelError as error:
        return Event(source.space, Happening.REJECTED, source.address, reason=error.message), None
    if known and document.digest == known.digest:
        return Event(source.space, Happening.UNCHANGED, source.address, document.digest), None
    verdict = admit(document, load_library(), on)
    return _event(source, document, verdict), _version(document)


def _accepted(ledger: Ledger) -> dict[str, Known]:
    """Find what is known of each source; what was held or rejected is looked at again every time."""
    accepted = ((one.source, one.digest) for one in ledger.latest().values() if one.happening is Happening.ACCEPTED)
    return {
        source: Known(digest, _hash(ledger.version(digest).original)) for source, digest in accepted if digest
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _event(source: Source, document: Document, verdict: Verdict) -> Event:
    reason = "\n".join(verdict.reasons)
    return Event(source.space, verdict.happening, source.address, document.digest, reason)


def _version(document: Document) -> Version:
    return Version(document.digest, document.canonical, document.data, document.media_type)
