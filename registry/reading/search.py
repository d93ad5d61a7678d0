"""Finds entries of the catalogue by words and filters, and counts what each further filter would leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF
from rdflib.namespace import DCTERMS

from registry.reading.catalogue import KINDS, Entry, Family, last_part
from registry.reading.text import fold
from registry.vocabulary import KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rdflib import URIRef

    from registry.reading.catalogue import Catalogue

__all__ = ["FACETS", "PAGE_LENGTH", "Facet", "Order", "Results", "Wish", "find", "search"]

PAGE_LENGTH: Final = 20
COUNTRY_CODE_LENGTH: Final = 2


class Facet(StrEnum):
    """What entries can be filtered by; the value is the name of the parameter in an address."""

    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    AUDIENCE = "audience"
    FORMAT = "format"
    TRAJECTORY = "trajectory"
    KIND = "kind"
    ORGANISATION_TYPE = "type"
    LEVEL = "level"
    READINESS = "readiness"


class Order(StrEnum):
    """In which order results stand."""

    NAME = "name"
    CHANGED = "changed"


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
    worded = _worded(catalogue, family, wish.words)
    found = find(catalogue, family, wish, language)
    counts = {facet: _counts(worded, wish.without(facet).filters, facet) for facet in FACETS[family]}
    page = min(max(wish.page, 1), max(1, -(-len(found) // PAGE_LENGTH)))
    start = (page - 1) * PAGE_LENGTH
    return Results(tuple(found[start : start + PAGE_LENGTH]), len(found), page, counts)


def find(catalogue: Catalogue, family: Family, wish: Wish, language: str) -> list[Entry]:
    """Find all entries of a family that meet a wish, without pages and counts."""
    met = [one for one in _worded(catalogue, family, wish.words) if _passes(one, wish.filters)]
    return _sorted(met, wish.order, language)


def _worded(catalogue: Catalogue, family: Family, words: str) -> list[Entry]:
    wanted = fold(words).split()
    return [one for one in catalogue.of(family) if all(word in catalogue.words[one.iri] for word in wanted)]


def _passes(entry: Entry, filters: Mapping[Facet, str]) -> bool:
    return all(value in VALUES[facet](entry) for facet, value in filters.items())


def _counts(entries: list[Entry], filters: Mapping[Facet, str], facet: Facet) -> dict[str, int]:
    passing = (entry for entry in entries if _passes(entry, filters))
    return dict(Counter(value for entry in passing for value in set(VALUES[facet](entry))))


def _sorted(entries: list[Entry], order: Order, language: str) -> list[Entry]:
    by_name = sorted(entries, key=lambda entry: (fold(entry.title(language).value), entry.iri))
    if order is Order.CHANGED:
        return sorted(by_name, key=lambda entry: str(entry.record.literal(DCTERMS.modified)), reverse=True)
    return by_name


def _codes(predicate: URIRef) -> Callable[[Entry], Iterable[str]]:
    return lambda entry: {last_part(value) for value in entry.record.links(predicate)}


def _regions(entry: Entry) -> Iterable[str]:
    """A region lies in the larger regions with whose codes its own begins (NUTS)."""
    codes = [last_part(value) for value in entry.record.links(KOEPEL.region)]
    return {code[:length] for code in codes for length in range(COUNTRY_CODE_LENGTH + 1, len(code) + 1)}


def _municipalities(entry: Entry) -> Iterable[str]:
    return {str(value) for value in entry.record.literals(KOEPEL.municipality)}


def _kinds(entry: Entry) -> Iterable[str]:
    return {last_part(kind) for kind in entry.record.links(RDF.type) if kind in KINDS}


def _readiness(entry: Entry) -> Iterable[str]:
    """One value per standard, such as `cms:met`."""
    return {
        f"{standard.removeprefix(STANDARD).partition('#')[0]}:{outcome}"
        for standard, outcome in entry.readiness.items()
    }


VALUES: Final[Mapping[Facet, Callable[[Entry], Iterable[str]]]] = {
    Facet.COUNTRY: _codes(KOEPEL.country),
    Facet.REGION: _regions,
    Facet.MUNICIPALITY: _municipalities,
    Facet.AUDIENCE: _codes(DCTERMS.audience),
    Facet.FORMAT: _codes(KOEPEL.unitFormat),
    Facet.TRAJECTORY: _codes(KOEPEL.trajectoryType),
    Facet.KIND: _kinds,
    Facet.ORGANISATION_TYPE: _codes(KOEPEL.organisationType),
    Facet.LEVEL: _codes(KOEPEL.governmentLevel),
    Facet.READINESS: _readiness,
}
FACETS: Final = {
    Family.PROJECTS: (
        Facet.COUNTRY,
        Facet.REGION,
        Facet.MUNICIPALITY,
        Facet.AUDIENCE,
        Facet.FORMAT,
        Facet.TRAJECTORY,
        Facet.READINESS,
        Facet.KIND,
    ),
    Family.PROGRAMMES: (
        Facet.COUNTRY,
        Facet.REGION,
        Facet.AUDIENCE,
        Facet.FORMAT,
        Facet.READINESS,
        Facet.KIND,
    ),
    Family.ORGANISATIONS: (Facet.ORGANISATION_TYPE, Facet.LEVEL),
}
