"""A page of a list, as clients see it (GraphQL Cursor Connections Specification, sections 2 to 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from strawberry import Private

from registry.errors import InvalidDataError
from registry.graphql_api.field import PAGE, field
from registry.graphql_api.paging.cursor import Cursor, fingerprint
from registry.graphql_api.session import Frame

__all__ = ["After", "Before", "Connection", "Edge", "First", "Last", "Listing", "PageInfo", "Range"]

Item = TypeVar("Item")
Value = TypeVar("Value")

First = Annotated[
    int | None,
    strawberry.argument(description=f"How many to give from the start; {PAGE} where nothing is said."),
]
After = Annotated[str | None, strawberry.argument(description="Give those behind this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="How many to give from the end.")]
Before = Annotated[str | None, strawberry.argument(description="Give those in front of this cursor.")]


@dataclass(frozen=True)
class Range:
    """Which part of a list a client asks for."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True)
class Listing(Generic[Value]):
    """A whole list, of which a client gets one page."""

    frame: Frame
    name: str
    """Tells the list from all others."""
    values: Sequence[Value]

    def cut(self, asked: Range) -> range:
        """Find the places of a page (section 4.4 of the specification)."""
        for count in (asked.first, asked.last):
            if count is not None and not 0 <= count <= self.frame.bounds.page:
                raise InvalidDataError(
                    "page-too-long", "Ask for 0 to {most} at a time.", most=self.frame.bounds.page
                )
        start = self._place(asked.after) + 1 if asked.after else 0
        end = self._place(asked.before) if asked.before else len(self.values)
        first = PAGE if asked.first is None and asked.last is None else asked.first
        if first is not None:
            end = min(end, start + first)
        if asked.last is not None:
            start = max(start, end - asked.last)
        return range(start, max(start, end))

    def cursor(self, place: int) -> str:
        """Write the cursor of an item."""
        return Cursor(self.frame.edition.snapshot.name, self._fingerprint, place).written

    def _place(self, written: str) -> int:
        cursor = Cursor.read(written)
        if cursor.list != self._fingerprint or cursor.place >= len(self.values):
            raise InvalidDataError(
                "cursor-of-other-list",
                "The cursor belongs to another list. Use it with the arguments of its own page.",
            )
        return cursor.place

    @property
    def _fingerprint(self) -> str:
        return fingerprint(self.name, self.frame.languages, self.frame.moment)


@strawberry.federation.type(shareable=True, description="Where a page stands in its list.")
class PageInfo:
    """Where a page stands."""

    has_next_page: bool = strawberry.field(description="Whether something follows.")
    has_previous_page: bool = strawberry.field(description="Whether something comes before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item on the page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item on the page.")


@strawberry.type(description="An item in a list.")
class Edge(Generic[Item]):
    """An item and its place."""

    cursor: str = strawberry.field(description="Its place in the list.")
    node: Item = strawberry.field(description="The item itself.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Item]):
    """A page of a list."""

    listing: Private[Listing[Any]]
    places: Private[range]
    show: Private[Callable[[Any], Item]]

    @classmethod
    def of(cls, listing: Listing[Value], asked: Range, show: Callable[[Value], Item]) -> Connection[Item]:
        """Take the page that is asked for; `show` turns a value into what clients see."""
        return cls(listing=listing, places=listing.cut(asked), show=show)

    @field
    def edges(self) -> list[Edge[Item]]:
        """The items on this page, with their places."""
        return [
            Edge(cursor=self.listing.cursor(place), node=self.show(self.listing.values[place]))
            for place in self.places
        ]

    @field
    def nodes(self) -> list[Item]:
        """The items on this page."""
        return [self.show(self.listing.values[place]) for place in self.places]

    @field
    def page_info(self) -> PageInfo:
        """Where this page stands."""
        return PageInfo(
            has_next_page=self.places.stop < len(self.listing.values),
            has_previous_page=self.places.start > 0,
            start_cursor=self.listing.cursor(self.places[0]) if self.places else None,
            end_cursor=self.listing.cursor(self.places[-1]) if self.places else None,
        )

    @field
    def total_count(self) -> int:
        """How many there are on all pages."""
        return len(self.listing.values)
