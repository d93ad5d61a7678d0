"""Finds entries of the catalogue by words and filters, and counts what each further filter would leave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from registry.reading.facet import FACETS, Facet
from registry.reading.shelf import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from registry.reading.catalogue import Catalogue, Entry, Family

__all__ = ["FACETS", "PAGE_LENGTH", "Facet", "Order", "Results", "Wish", "search"]

PAGE_LENGTH: Final = 20


@dataclass(frozen=True)
class Wish:
    """What a reader looks for: words that must all occur, and at most one value for each facet."""

    words: str = ""
    filters: Mapping[Facet, str] = field(default_factory=dict)
    order: Order = Order.NAME
    page: int = 1

    def without(self, facet: Facet) -> Wish:
        """The same wish with one filter less."""
        return replace(self, filters={one: value for one, value in self.filters.items() if one is not facet})

    @property
    def choices(self) -> list[tuple[Facet, tuple[str]]]:
        """The values that pass, for each facet that is filtered by."""
        return [(facet, (value,)) for facet, value in self.filters.items()]


@dataclass(frozen=True)
class Results:
    """One page of what was found, how much there is, and what each filter would leave of it."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    counts: Mapping[Facet, Mapping[str, int]]

    @property
    def pages(self) -> int:
        """How many pages there are; an empty result has one."""
        return max(1, -(-self.total // PAGE_LENGTH))


def search(catalogue: Catalogue, family: Family, wish: Wish, language: str) -> Results:
    """Find the entries of a family that meet a wish, in an order that makes sense in the reader's language.

    The counts of a facet are those under all other filters, so that a reader sees what another choice brings.
    """
    shelf = catalogue.shelf(family)
    found = shelf.find(wish.words, wish.choices)
    entries = shelf.arrange(found, wish.order, language)
    counts = {
        facet: shelf.count(
            facet, shelf.find(wish.words, wish.without(facet).choices) if facet in wish.filters else found
        )
        for facet in FACETS[family]
    }
    page = min(max(wish.page, 1), max(1, -(-len(found) // PAGE_LENGTH)))
    start = (page - 1) * PAGE_LENGTH
    return Results(tuple(entries[start : start + PAGE_LENGTH]), len(found), page, counts)
