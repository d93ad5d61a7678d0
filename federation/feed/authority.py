"""The codes of the European Union that data portals look for, each with its class and its name.

They are named here because a portal checks a catalogue without looking anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, SKOS, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF

from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = [
    "AVAILABLE",
    "CATEGORIES",
    "CONTINUOUS",
    "COUNTRY",
    "FILE_TYPE",
    "LANGUAGE",
    "MEDIA",
    "OPEN",
    "PUBLIC",
    "SOCIETY",
    "TONGUES",
    "declare",
    "document",
]

AUTHORITY: Final = Namespace("http://publications.europa.eu/resource/authority/")
COUNTRY: Final = Namespace(f"{AUTHORITY}country/")
FILE_TYPE: Final = Namespace(f"{AUTHORITY}file-type/")
LANGUAGE: Final = Namespace(f"{AUTHORITY}language/")
MEDIA: Final = Namespace("https://www.iana.org/assignments/media-types/")
CATEGORIES: Final = AUTHORITY["data-theme"]
SOCIETY: Final = AUTHORITY["data-theme/SOCI"]
AVAILABLE: Final = AUTHORITY["planned-availability/AVAILABLE"]
CONTINUOUS: Final = AUTHORITY["frequency/CONT"]
PUBLIC: Final = AUTHORITY["access-right/PUBLIC"]
OPEN: Final = AUTHORITY["licence/CC_BY_4_0"]
"""Creative Commons Attribution 4.0."""
TONGUES: Final = {"nl": "NLD", "de": "DEU", "ca": "CAT", "es": "SPA", "fr": "FRA", "en": "ENG"}
"""The languages of the registry, as the authority table calls them."""

KINDS: Final = (
    (str(COUNTRY), DCTERMS.Location),
    (str(FILE_TYPE), DCTERMS.MediaTypeOrExtent),
    (str(LANGUAGE), DCTERMS.LinguisticSystem),
    (str(MEDIA), DCTERMS.MediaType),
    (str(OPEN), DCTERMS.LicenseDocument),
    (str(PUBLIC), DCTERMS.RightsStatement),
    (str(CONTINUOUS), DCTERMS.Frequency),
)
NAMED: Final = (
    (CATEGORIES, SKOS.ConceptScheme, DCTERMS.title, "Data theme"),
    (SOCIETY, SKOS.Concept, SKOS.prefLabel, "Population and society"),
    (AVAILABLE, SKOS.Concept, SKOS.prefLabel, "available"),
)


def declare(graph: Graph) -> None:
    """Say of each code that a graph uses what it is: its class, its list, and its name where asked."""
    used = {URIRef(str(term)) for term in graph.objects() if isinstance(term, URIRef)}
    for term in used:
        kind = next((kind for start, kind in KINDS if str(term).startswith(start)), None)
        if kind is not None:
            graph.add((term, RDF.type, kind))
        if str(term).startswith(str(AUTHORITY)) and term != CATEGORIES:
            graph.add((term, SKOS.inScheme, URIRef(str(term).rpartition("/")[0])))
    for term, kind, called, name in NAMED:
        if term in used:
            graph.add((term, RDF.type, kind))
            graph.add((term, called, Literal(name, lang=ENGLISH)))


def document(graph: Graph, address: URIRef) -> URIRef:
    """Say of an address that it is a page for people."""
    graph.add((address, RDF.type, FOAF.Document))
    return address
