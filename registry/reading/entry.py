"""One thing that can be found, and the groups in which things are found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF
from rdflib.namespace import DCTERMS, FOAF

from registry.reading.text import Text, choose
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import URIRef

    from registry.reading.record import Record

__all__ = ["KINDS", "Entry", "Family", "last_part"]


class Family(StrEnum):
    """The three groups in which things are found."""

    PROJECTS = "projects"
    PROGRAMMES = "programmes"
    ORGANISATIONS = "organisations"


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


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: what it is called, and what it is found by."""

    iri: URIRef
    family: Family
    record: Record = field(repr=False, compare=False)
    readiness: Mapping[URIRef, str] = field(default_factory=dict, repr=False, compare=False)
    """The outcome against each standard as a whole, at the basic level."""
    carriers: tuple[URIRef, ...] = field(default=(), repr=False, compare=False)
    """Who carries it: organisations, and groups with their members."""
    labels: tuple[URIRef, ...] = field(default=(), repr=False, compare=False)
    """The schemes of its labels that are in force; a certifying body awarded them here."""

    def title(self, *languages: str) -> Text:
        """What it is called."""
        titles = self.record.literals(DCTERMS.title) + self.record.literals(FOAF.name)
        return choose(titles, *languages) or Text(last_part(self.iri))

    def description(self, *languages: str) -> Text | None:
        """What it says of itself."""
        return choose(self.record.literals(DCTERMS.description), *languages)

    @property
    def kind(self) -> URIRef | None:
        """The most telling of its kinds."""
        kinds = set(self.record.links(RDF.type))
        return next((kind for kind in KINDS if kind in kinds), None)


def last_part(iri: str) -> str:
    """Take the part of an IRI after which its owner called the thing.

    >>> last_part("https://w3id.org/koepel/example/germany/bagfa#organisation")
    'organisation'
    >>> last_part("https://buddy.example/")
    'buddy.example'
    """
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
