"""Which sources a list brings, and which it no longer names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from federation.loss import loses_members
from federation.source import Kind, Source
from federation.territory import Territory
from federation.visit import HARVEST
from registry.ingest.space import is_inside
from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from federation.listing import Item, Listing
    from registry.arrival import History

__all__ = ["Roll", "call_roll", "is_delisted", "memberships"]


def is_delisted(last: Event | None) -> bool:
    """Tell whether a source is out because the list that led to it no longer names it."""
    return last is not None and last.happening is Happening.WITHDRAWN and bool(last.via)


def memberships(history: History) -> dict[str, dict[str, Event]]:
    """Find the sources that each list has brought and still names, with their registrations."""
    found: dict[str, dict[str, Event]] = {}
    for source, event in history.registrations.items():
        if event.via and not is_delisted(history.last(source)):
            found.setdefault(event.via, {})[source] = event
    return found


@dataclass(frozen=True)
class Roll:
    """What a list names now, beside what it named before."""

    listed: int
    known: int
    """How many members it had before."""
    wanted: tuple[Source, ...]
    """Which are visited because of it: those that are new, and those that it says have changed."""
    gone: tuple[str, ...]
    """Which it names no longer."""
    elsewhere: int
    """How many are registered in another way already: a source comes one way only."""

    @property
    def left(self) -> int:
        """How many of the members that it had before it still names."""
        return self.known - len(self.gone)

    def is_doubtful(self, share: float) -> bool:
        """Tell whether it has lost too many members to believe it at once."""
        return loses_members(self.known, len(self.gone), share)

    @property
    def account(self) -> str:
        """What it lists, in words."""
        return f"It lists {self.listed} descriptions."

    @property
    def complaint(self) -> str:
        """Why its loss is not believed."""
        return (
            f"It lists {self.left} of the {self.known} descriptions that it listed before. The others stay "
            "until it is still so at a later visit, or a person decides."
        )

    def farewell(self, collection: Source) -> list[tuple[Event, None]]:
        """Write down for each member that is gone why it is."""
        reason = f"It is no longer listed by {collection.address}."
        return [
            (Event(one, Happening.WITHDRAWN, reason=reason, actor=HARVEST, via=collection.space), None)
            for one in self.gone
        ]


def call_roll(
    listing: Listing,
    collection: Source,
    known: Mapping[str, Event],
    history: History,
    seen: Callable[[str], datetime | None],
) -> Roll:
    """Compare what a list names with what it named before.

    Of a list that could not be read to its end nothing is missed.

    Args:
        listing: What it names.
        collection: The source that the list is.
        known: The members that it has brought, and named last time.
        history: What the ledger tells.
        seen: Tells when a member was visited last.
    """
    items = {item.space: item for item in listing.items}
    taken = _taken(collection, history)
    own = [one for one in items.values() if not (taken.meets(one.space) or history.ended(one.space))]
    wanted = [item for item in own if _is_wanted(item, known.get(item.space), seen)]
    return Roll(
        listed=len(items),
        known=len(known),
        wanted=tuple(_member(item, collection) for item in wanted),
        gone=tuple(source for source in known if source not in items) if listing.complete else (),
        elsewhere=len(items) - len(own),
    )


def _taken(collection: Source, history: History) -> Territory:
    """Tell of which sources a list may not speak: somebody else does, or they were erased.

    A list says nothing itself, and what another list no longer names is free. Where the list itself lies in
    such a space, the registry's own people have let it.
    """
    spoken = (
        space
        for space, event in history.registrations.items()
        if is_inside(space, collection.space)
        and event.via != collection.space
        and not is_delisted(history.last(space))
        and not (Source.of(event).kind.lists or Source.of(event).kind.streams)
    )
    erased = (
        space for space in history.all_ended() if history.erased(space) and is_inside(space, collection.space)
    )
    return Territory(space for space in (*spoken, *erased) if space != collection.space)


def _is_wanted(item: Item, known: Event | None, seen: Callable[[str], datetime | None]) -> bool:
    """Tell whether a member is visited because of its list: it is new, has moved, or has changed."""
    return known is None or known.address != item.address or _is_newer(item, seen(item.space))


def _is_newer(item: Item, seen: datetime | None) -> bool:
    """Tell whether a list says that a member has changed since it was visited."""
    if not item.modified or seen is None:
        return False
    try:
        modified = datetime.fromisoformat(item.modified)
    except ValueError:
        return False
    if modified.tzinfo is None:
        modified = modified.replace(tzinfo=seen.tzinfo)
    return modified > seen


def _member(item: Item, collection: Source) -> Source:
    return Source(
        item.address, item.space, Kind.MEMBER, collection.owner, collection.hours, via=collection.space
    )
