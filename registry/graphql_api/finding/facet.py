"""How many of the things that were found have which value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import strawberry

from registry.graphql_api.session import Frame
from registry.reading.facet import Facet as Found
from registry.reading.naming import value_name
from registry.reading.shelf import Shelf
from registry.reading.text import fold

__all__ = ["Facet", "FacetValue", "Search", "facets"]

LONGEST: Final = 200
"""So much of what somebody looks for is read, in characters."""


@strawberry.type(description="A value, and how many of the things that were found have it.")
class FacetValue:
    """A value and its count."""

    value: str = strawberry.field(description="The value, as filters take it.")
    label: str = strawberry.field(description="What it is called.")
    count: int = strawberry.field(description="How many would be left if this filter had this value alone.")


@strawberry.type(description="One way to narrow a list down, with what each choice would leave.")
class Facet:
    """A facet."""

    name: str = strawberry.field(description="The name of the filter.")
    values: list[FacetValue] = strawberry.field(description="The values, the most frequent first.")


@dataclass(frozen=True)
class Search:
    """A search in one shelf of the catalogue."""

    shelf: Shelf
    words: str
    filters: tuple[tuple[Found, Collection[str]], ...]

    @classmethod
    def of(cls, shelf: Shelf, text: str | None, filters: Iterable[tuple[Found, Collection[str]]]) -> Search:
        """Prepare a search for what a client asks for."""
        return cls(shelf, (text or "")[:LONGEST], tuple(filters))

    @cached_property
    def found(self) -> set[int]:
        """What passes all filters, as the shelf numbers it."""
        return self.shelf.find(self.words, self.filters)

    def count(self, facet: Found) -> dict[str, int]:
        """Count under all other filters, so that a reader sees what another choice brings."""
        others = [one for one in self.filters if one[0] is not facet]
        is_free = len(others) == len(self.filters)
        return self.shelf.count(facet, self.found if is_free else self.shelf.find(self.words, others))


def facets(frame: Frame, search: Search, names: Iterable[tuple[str, Found]], most: int) -> list[Facet]:
    """Tell a client how many of the things that were found have which value."""
    return [Facet(name=name, values=_values(frame, search, facet)[: max(0, most)]) for name, facet in names]


def _values(frame: Frame, search: Search, facet: Found) -> list[FacetValue]:
    values = [
        FacetValue(value=value, label=value_name(frame.edition, facet, value, *frame.languages), count=count)
        for value, count in search.count(facet).items()
    ]
    return sorted(values, key=lambda one: (-one.count, fold(one.label), one.value))
