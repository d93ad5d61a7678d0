"""What entries can be filtered by, and counted by."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import RDF
from rdflib.namespace import DCTERMS

from registry.reading.entry import KINDS, Family, last_part
from registry.reading.place import language_tag
from registry.vocabulary import KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rdflib import URIRef

    from registry.reading.entry import Entry

__all__ = ["FACETS", "VALUES", "Facet"]

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
    STATUS = "status"
    LANGUAGE = "language"
    PROGRAMME = "programme"
    CARRIER = "carrier"
    PUBLISHER = "publisher"
    STANDARD = "standard"
    LABEL = "label"
    LABELLED = "labelled"


def _codes(predicate: URIRef) -> Callable[[Entry], Iterable[str]]:
    return lambda entry: {last_part(value) for value in entry.record.links(predicate)}


def _iris(predicate: URIRef) -> Callable[[Entry], Iterable[str]]:
    return lambda entry: map(str, entry.record.links(predicate))


def _regions(entry: Entry) -> Iterable[str]:
    """A region lies in the larger regions with whose codes its own begins (NUTS)."""
    codes = [last_part(value) for value in entry.record.links(KOEPEL.region)]
    return {code[:length] for code in codes for length in range(COUNTRY_CODE_LENGTH + 1, len(code) + 1)}


def _municipalities(entry: Entry) -> Iterable[str]:
    return {str(value) for value in entry.record.literals(KOEPEL.municipality)}


def _kinds(entry: Entry) -> Iterable[str]:
    return {last_part(kind) for kind in entry.record.links(RDF.type) if kind in KINDS}


def _languages(entry: Entry) -> Iterable[str]:
    return {language_tag(last_part(value)) for value in entry.record.links(DCTERMS.language)}


def _token(standard: str) -> str:
    return standard.removeprefix(STANDARD).partition("#")[0]


def _readiness(entry: Entry) -> Iterable[str]:
    """One value per standard, such as `cms:met`."""
    return {f"{_token(standard)}:{outcome}" for standard, outcome in entry.readiness.items()}


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
    Facet.STATUS: _codes(KOEPEL.status),
    Facet.LANGUAGE: _languages,
    Facet.PROGRAMME: _iris(KOEPEL.partOfProgramme),
    Facet.CARRIER: lambda entry: map(str, entry.carriers),
    Facet.PUBLISHER: _iris(DCTERMS.publisher),
    Facet.STANDARD: lambda entry: {_token(one) for one in entry.record.links(KOEPEL.meets)},
    Facet.LABEL: lambda entry: map(str, entry.labels),
    Facet.LABELLED: lambda entry: ["yes" if entry.labels else "no"],
}
#: What the pages of lists offer; programs may use all that a family has.
FACETS: Final = {
    Family.PROJECTS: (
        Facet.COUNTRY,
        Facet.REGION,
        Facet.MUNICIPALITY,
        Facet.AUDIENCE,
        Facet.FORMAT,
        Facet.TRAJECTORY,
        Facet.READINESS,
        Facet.LABEL,
        Facet.KIND,
    ),
    Family.PROGRAMMES: (
        Facet.COUNTRY,
        Facet.REGION,
        Facet.AUDIENCE,
        Facet.FORMAT,
        Facet.READINESS,
        Facet.LABEL,
        Facet.KIND,
    ),
    Family.ORGANISATIONS: (Facet.ORGANISATION_TYPE, Facet.LEVEL),
}
