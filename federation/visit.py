"""One visit to one source: what is fetched, and what is to be written down about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from federation.fetch import fetch
from registry.arrival import byte_digest, receive
from registry.errors import KoepelError, PeerError
from registry.ingest.document import read_document
from registry.ingest.guard import Limits
from registry.ledger import Event, Happening
from registry.validation.standard import load_library

if TYPE_CHECKING:
    from datetime import date

    from federation.fetch import Fetched, Policy
    from federation.source import Source
    from registry.arrival import Entry, Known

__all__ = ["HARVEST", "Visit", "consider", "make_visit"]

HARVEST: Final = "harvest"
"""Who acts when nobody does."""


@dataclass(frozen=True)
class Visit:
    """A visit to make: to which source, with what knowledge of it, and under which rules.

    It holds all that is needed, so that it can be made in another process.
    """

    source: Source
    known: Known
    rules: str
    on: date
    actor: str = HARVEST
    limits: Limits = field(default_factory=Limits)

    def event(self, happening: Happening, reason: str = "") -> Event:
        """Tell what came of the visit."""
        return Event(self.source.space, happening, self.source.address, reason=reason, actor=self.actor)


def make_visit(visit: Visit, policy: Policy) -> list[Entry]:
    """Fetch what a source publishes, read it and decide; nothing is written, and nothing goes wrong aloud."""
    try:
        fetched = fetch(visit.source.address, policy=policy)
    except PeerError as error:
        return [(_missed(visit, error), None)]
    except KoepelError as error:
        return [(_turned_away(visit, error), None)]
    try:
        return consider(visit, fetched)
    except KoepelError as error:
        return [(visit.event(Happening.FETCHED), None), (_turned_away(visit, error), None)]


def consider(visit: Visit, fetched: Fetched) -> list[Entry]:
    """Read what was fetched and decide; raises `KoepelError` for what cannot be read as a description.

    The same bytes as last time are not read again, and the same statements not checked again, unless the
    rules have changed since.
    """
    source, known = visit.source, visit.known
    same = byte_digest(fetched.data) in known.bytes_digests
    if same and known.stands_under(visit.rules) and known.published:
        return [(replace(visit.event(Happening.UNCHANGED), digest=known.published.digest), None)]
    document = read_document(
        fetched.data,
        media_type=fetched.media_type,
        address=source.address,
        space=source.space,
        limits=visit.limits,
    )
    arrived = visit.event(Happening.FETCHED)
    event, version = receive(replace(arrived, rules=visit.rules), document, known, load_library(), visit.on)
    return [*([] if same else [(arrived, None)]), (event, version)]


def _turned_away(visit: Visit, error: KoepelError) -> Event:
    return replace(visit.event(Happening.REJECTED, error.message), rules=visit.rules)


def _missed(visit: Visit, error: PeerError) -> Event:
    """Tell what it means that no document came: only the publisher's own word takes it from readers."""
    if error.code != "withdrawn":
        return visit.event(Happening.UNREACHABLE, error.message)
    if visit.known.happening is Happening.WITHDRAWN:
        return visit.event(Happening.UNCHANGED)
    return visit.event(Happening.WITHDRAWN, error.message)
