"""Everything that readers can find, read once from a finished graph, which never changes.

Filters and counts need all initiatives at once, so they are kept in memory in a small form; what a page shows
of one thing is asked from the graph when the page is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS

from registry.graph.question import ask
from registry.reading.record import Record, gather
from registry.reading.text import Text, choose, fold
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from registry.graph.store import GraphStore

__all__ = ["Catalogue", "Entry", "Family", "last_part"]


class Family(StrEnum):
    """The three groups in which things are found."""

    PROJECTS = "projects"
    PROGRAMMES = "programmes"
    ORGANISATIONS = "organisations"


PROGRAMMES: Final = frozenset(
    {KOEPEL.Programme, KOEPEL.CivicIntegrationProgramme, KOEPEL.MentoringNetwork, KOEPEL.PublicProgramme}
)
#: Kinds that readers are shown for an initiative, the most telling first.
KINDS: Final = (
    KOEPEL.Pilot,
    KOEPEL.Project,
    KOEPEL.Programme,
    KOEPEL.CivicIntegrationProgramme,
    KOEPEL.MentoringNetwork,
    KOEPEL.Platform,
    KOEPEL.Activity,
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


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: what it is called, and what it is found by."""

    iri: URIRef
    family: Family
    record: Record = field(repr=False, compare=False)
    readiness: Mapping[URIRef, str] = field(default_factory=dict, repr=False, compare=False)
    """The outcome against each standard as a whole, at the basic level."""

    def title(self, language: str) -> Text:
        """What it is called."""
        titles = self.record.literals(DCTERMS.title) + self.record.literals(FOAF.name)
        return choose(titles, language) or Text(last_part(self.iri))

    def description(self, language: str) -> Text | None:
        """What it says of itself."""
        return choose(self.record.literals(DCTERMS.description), language)

    @property
    def kind(self) -> URIRef | None:
        """The most telling of its kinds."""
        kinds = set(self.record.links(RDF.type))
        return next((kind for kind in KINDS if kind in kinds), None)


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
        readiness = _readiness(store)
        entries = {}
        for question in ("organisations", "initiatives"):
            for iri, record in gather(ask(store, question), "thing").items():
                if isinstance(iri, URIRef):
                    entries[iri] = Entry(iri, _family(record, question), record, readiness.get(iri, {}))
        names = _names(store)
        return cls(entries, names, {iri: _words(entry, names) for iri, entry in entries.items()})

    def of(self, family: Family) -> list[Entry]:
        """List the entries of one family."""
        return [entry for entry in self.entries.values() if entry.family is family]

    def name(self, iri: Node, language: str) -> Text:
        """Name anything that has a name; what has none is called by the last part of its IRI."""
        return choose(self.names.get(iri, ()), language) or Text(last_part(str(iri)))

    def within(self, iri: URIRef) -> list[Entry]:
        """List the initiatives that are part of another."""
        return [one for one in self.entries.values() if iri in one.record.links(KOEPEL.partOfProgramme)]

    def members_of(self, iri: URIRef) -> list[Entry]:
        """List the organisations that belong to a group or network."""
        return [one for one in self.entries.values() if iri in one.record.links(ORG.memberOf)]

    def published_by(self, iri: URIRef) -> list[Entry]:
        """List the initiatives that an organisation publishes."""
        return [one for one in self.entries.values() if iri in one.record.links(DCTERMS.publisher)]


def last_part(iri: str) -> str:
    """Take the part of an IRI after which its owner called the thing.

    >>> last_part("https://w3id.org/koepel/example/germany/bagfa#organisation")
    'organisation'
    >>> last_part("https://buddy.example/")
    'buddy.example'
    """
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def _family(record: Record, question: str) -> Family:
    if question == "organisations":
        return Family.ORGANISATIONS
    return Family.PROGRAMMES if PROGRAMMES & set(record.links(RDF.type)) else Family.PROJECTS


def _words(entry: Entry, names: Mapping[Node, tuple[Literal, ...]]) -> str:
    texts = [text for predicate in SEARCHED for text in entry.record.literals(predicate)]
    texts += [name for link in NAMED for one in entry.record.links(link) for name in names.get(one, ())]
    return fold(" ".join(dict.fromkeys(map(str, texts))))


def _readiness(store: GraphStore) -> dict[Node, dict[URIRef, str]]:
    found: dict[Node, dict[URIRef, str]] = {}
    for row in ask(store, "readiness").rows:
        found.setdefault(row["thing"], {})[URIRef(row["standard"])] = last_part(row["outcome"])
    return found


def _names(store: GraphStore) -> dict[Node, tuple[Literal, ...]]:
    names: dict[Node, tuple[Literal, ...]] = {}
    for row in ask(store, "names").rows:
        if isinstance(row["name"], Literal):
            names[row["thing"]] = (*names.get(row["thing"], ()), row["name"])
    return names
