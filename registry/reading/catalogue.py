"""Everything that readers can find, read once from a finished graph, which never changes.

Filters and counts need all initiatives at once, so they are kept in memory in a small form; what a page shows
of one thing is asked from the graph when the page is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS

from registry.graph.question import ask
from registry.reading.entry import KINDS, Entry, Family, last_part
from registry.reading.record import Record, gather
from registry.reading.shelf import Shelf
from registry.reading.text import Text, choose, fold
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

    from registry.graph.store import GraphStore, Row

__all__ = ["KINDS", "Catalogue", "Entry", "Family", "last_part"]

Links = dict[URIRef, tuple[URIRef, ...]]

PROGRAMMES: Final = frozenset(
    {KOEPEL.Programme, KOEPEL.CivicIntegrationProgramme, KOEPEL.MentoringNetwork, KOEPEL.PublicProgramme}
)
SEARCHED: Final = (
    DCTERMS.title,
    DCTERMS.alternative,
    DCTERMS.description,
    FOAF.name,
    SKOS.altLabel,
    KOEPEL.municipality,
)
#: An entry is also found by the names of the things that these point to.
NAMED: Final = (DCTERMS.publisher, KOEPEL.partOfProgramme)
POINTERS: Final = (DCTERMS.publisher, KOEPEL.partOfProgramme, ORG.memberOf)


@dataclass(frozen=True)
class Catalogue:
    """All initiatives and organisations of one graph, and the names of everything that has one."""

    entries: Mapping[URIRef, Entry]
    names: Mapping[Node, tuple[Literal, ...]] = field(repr=False)
    words: Mapping[URIRef, str] = field(repr=False)
    """What a search looks through: the texts of each entry, and the names of who speaks for it."""

    @classmethod
    def read(cls, store: GraphStore) -> Catalogue:
        """Read the catalogue of a graph."""
        organisations = _records(store, "organisations")
        initiatives = _records(store, "initiatives")
        readiness, labels = _readiness(store), _labels(store)
        carriers = _carriers(store, organisations, initiatives)
        entries = {iri: Entry(iri, Family.ORGANISATIONS, record) for iri, record in organisations.items()}
        for iri, record in initiatives.items():
            family = Family.PROGRAMMES if PROGRAMMES & set(record.links(RDF.type)) else Family.PROJECTS
            extras = readiness.get(iri, {}), carriers.get(iri, ()), labels.get(iri, ())
            entries[iri] = Entry(iri, family, record, *extras)
        names = _names(store)
        return cls(entries, names, {iri: _words(entry, names) for iri, entry in entries.items()})

    def shelf(self, family: Family) -> Shelf:
        """Give the entries of one family, ready to be filtered and counted."""
        return self._shelves[family]

    def of(self, family: Family) -> list[Entry]:
        """List the entries of one family."""
        return list(self.shelf(family).entries)

    def name(self, iri: Node, *languages: str) -> Text:
        """Name anything that has a name; what has none is called by the last part of its IRI."""
        return choose(self.names.get(iri, ()), *languages) or Text(last_part(str(iri)))

    def within(self, iri: URIRef) -> list[Entry]:
        """List the initiatives that are part of another."""
        return self._pointing[KOEPEL.partOfProgramme].get(iri, [])

    def members_of(self, iri: URIRef) -> list[Entry]:
        """List the organisations that belong to a group or network."""
        return self._pointing[ORG.memberOf].get(iri, [])

    def published_by(self, iri: URIRef) -> list[Entry]:
        """List the initiatives that an organisation publishes."""
        return self._pointing[DCTERMS.publisher].get(iri, [])

    @cached_property
    def _shelves(self) -> dict[Family, Shelf]:
        return {
            family: Shelf((one for one in self.entries.values() if one.family is family), self.words)
            for family in Family
        }

    @cached_property
    def _pointing(self) -> dict[URIRef, dict[URIRef, list[Entry]]]:
        found: dict[URIRef, dict[URIRef, list[Entry]]] = {predicate: {} for predicate in POINTERS}
        for entry in self.entries.values():
            for predicate in POINTERS:
                for target in entry.record.links(predicate):
                    found[predicate].setdefault(target, []).append(entry)
        return found


def _records(store: GraphStore, question: str) -> dict[URIRef, Record]:
    found = gather(ask(store, question), "thing")
    return {iri: record for iri, record in found.items() if isinstance(iri, URIRef)}


def _words(entry: Entry, names: Mapping[Node, tuple[Literal, ...]]) -> str:
    texts = [text for predicate in SEARCHED for text in entry.record.literals(predicate)]
    texts += [name for link in NAMED for one in entry.record.links(link) for name in names.get(one, ())]
    return fold(" ".join(dict.fromkeys(map(str, texts))))


def _readiness(store: GraphStore) -> dict[Node, dict[URIRef, str]]:
    standards = [row["standard"] for row in ask(store, "standards").rows]
    found: dict[Node, dict[URIRef, str]] = {}
    for row in ask(store, "readiness", standard=standards).rows:
        found.setdefault(row["thing"], {})[cast("URIRef", row["standard"])] = last_part(row["outcome"])
    return found


def _carriers(
    store: GraphStore, organisations: Mapping[URIRef, Record], initiatives: Mapping[URIRef, Record]
) -> Links:
    """Find who carries each initiative; one that names nobody is carried as the programme around it is."""
    members = _links((group, iri) for iri, one in organisations.items() for group in one.links(ORG.memberOf))
    named = _pairs(ask(store, "carriers").rows, "thing", "carrier")
    own = _links((thing, one) for thing, who in named for one in (who, *members.get(who, ())))
    inherited = _links(
        (iri, carrier)
        for iri, record in initiatives.items()
        if iri not in own
        for programme in record.links(KOEPEL.partOfProgramme)
        for carrier in own.get(programme, ())
    )
    return {**own, **inherited}


def _labels(store: GraphStore) -> Links:
    """Find the schemes under which labels of initiatives are in force."""
    return _links(_pairs(ask(store, "labels").rows, "thing", "scheme"))


def _pairs(rows: Iterable[Row], first: str, second: str) -> Iterable[tuple[URIRef, URIRef]]:
    """Take two columns of a table, as far as they hold IRIs."""
    pairs = ((row[first], row[second]) for row in rows)
    return ((one, other) for one, other in pairs if isinstance(one, URIRef) and isinstance(other, URIRef))


def _links(pairs: Iterable[tuple[URIRef, URIRef]]) -> Links:
    """Gather pairs by what stands first in them, each pair once and in a steady order."""
    found: dict[URIRef, set[URIRef]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {one: tuple(sorted(others)) for one, others in found.items()}


def _names(store: GraphStore) -> dict[Node, tuple[Literal, ...]]:
    names: dict[Node, tuple[Literal, ...]] = {}
    for row in ask(store, "names").rows:
        if isinstance(row["name"], Literal):
            names[row["thing"]] = (*names.get(row["thing"], ()), row["name"])
    return names
