"""The entries of one family, ready to be filtered, counted and put in order."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from rdflib.namespace import DCTERMS

from registry.reading.entry import last_part
from registry.reading.facet import VALUES
from registry.reading.place import country_name
from registry.reading.text import fold
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rdflib import URIRef

    from registry.reading.entry import Entry
    from registry.reading.facet import Facet

__all__ = ["Order", "Shelf", "by_name"]

ORDERS_KEPT: Final = 16
"""So many orders are remembered; a reader's choice of languages makes an order of its own."""
LAST: Final = "\uffff"


class Order(StrEnum):
    """In which order results stand."""

    NAME = "name"
    CHANGED = "changed"
    COUNTRY = "country"


class Shelf:
    """Entries by the values of their facets, which are looked up when somebody first asks for them.

    Found entries are numbers into `entries`, because sets of numbers are quick to cut and to count.
    """

    def __init__(self, entries: Iterable[Entry], words: Mapping[URIRef, str]) -> None:
        self.entries = tuple(entries)
        self._words = tuple(words[one.iri] for one in self.entries)
        self._places: dict[Facet, dict[str, set[int]]] = {}
        self._ordered = lru_cache(maxsize=ORDERS_KEPT)(partial(_order, self.entries))

    def find(self, words: str = "", filters: Iterable[tuple[Facet, Collection[str]]] = ()) -> set[int]:
        """Find the entries in which all words occur, and which have one of the values of each facet."""
        found = self._worded(words)
        for facet, values in filters:
            places = self.values(facet)
            found &= set().union(*(places.get(value, set()) for value in values))
        return found

    def values(self, facet: Facet) -> Mapping[str, set[int]]:
        """Tell which entries have which value of a facet."""
        if facet not in self._places:
            places: dict[str, set[int]] = {}
            for number, entry in enumerate(self.entries):
                for value in VALUES[facet](entry):
                    places.setdefault(value, set()).add(number)
            self._places[facet] = places
        return self._places[facet]

    def count(self, facet: Facet, found: set[int]) -> dict[str, int]:
        """Count how many of the found entries have each value of a facet; what none has is left out."""
        counted = ((value, len(places & found)) for value, places in self.values(facet).items())
        return {value: number for value, number in counted if number}

    def arrange(self, found: set[int], order: Order, *languages: str, backwards: bool = False) -> list[Entry]:
        """Put found entries in an order that makes sense in the reader's languages."""
        ordered = self._ordered(order, languages)
        numbers = reversed(ordered) if backwards else ordered
        return [self.entries[number] for number in numbers if number in found]

    def _worded(self, words: str) -> set[int]:
        wanted = fold(words).split()
        return {number for number, text in enumerate(self._words) if all(word in text for word in wanted)}


def by_name(entries: Iterable[Entry], *languages: str) -> list[Entry]:
    """Put entries in the order of their names, as the reader's languages have them."""
    return sorted(entries, key=lambda entry: (fold(entry.title(*languages).value), entry.iri))


def _order(entries: tuple[Entry, ...], order: Order, languages: tuple[str, ...]) -> tuple[int, ...]:
    """Number entries in an order."""
    numbers = {entry.iri: number for number, entry in enumerate(entries)}
    named = by_name(entries, *languages)
    if order is Order.CHANGED:
        named.sort(key=_changed, reverse=True)
    if order is Order.COUNTRY:
        named.sort(key=lambda entry: _country(entry, *languages))
    return tuple(numbers[entry.iri] for entry in named)


def _changed(entry: Entry) -> str:
    """What says nothing of its last change stands behind what does."""
    return str(entry.record.literal(DCTERMS.modified) or "")


def _country(entry: Entry, *languages: str) -> str:
    """What lies in no country stands last."""
    names = (country_name(last_part(one), languages[0]) for one in entry.record.links(KOEPEL.country))
    return min(map(fold, names), default=LAST)
