"""The choices that a question offers: the codes of a list, countries, regions and languages, by name."""

from __future__ import annotations

import csv
import re
from difflib import get_close_matches
from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global
from rdflib import RDF, SKOS, Graph, URIRef

import ontology
from federation.publishing.asking.field import Field, Kind
from registry.errors import InvalidDataError
from registry.reading.place import REGIONS, country_name, language_name
from registry.reading.text import fold
from registry.vocabulary import CODE, LANGUAGES, Labels

__all__ = ["choices", "code_of", "find_choice"]

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
SPACES: Final = {
    Kind.COUNTRY: f"{AUTHORITY}country/",
    Kind.LANGUAGE: f"{AUTHORITY}language/",
    Kind.REGION: "http://data.europa.eu/nuts/code/",
}
PATTERNS: Final = {
    Kind.COUNTRY: re.compile(r"[A-Z]{3}"),
    Kind.LANGUAGE: re.compile(r"[A-Z]{3}"),
    Kind.REGION: re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}"),
}
ALPHA_2, ALPHA_3 = 2, 3
#: What people of our countries and newcomers speak, by the codes of ISO 639-2/T that the European list uses.
SPOKEN: Final = frozenset(
    re.findall(
        r"[A-Z]{3}",
        "AMH ARA BUL CAT CES CKB DAN DEU ELL ENG EST EUS FAS FIN FRA GLE GLG HIN HRV HUN HYE ITA KAT KUR "
        "LAV LIT MKD MLT NLD NOR PAN POL POR PRS PUS RON RUS SLK SLV SOM SPA SQI SRP SWA SWE TIR "
        "TUR UKR URD VIE ZHO",
    )
)
#: Codes that ISO 3166-1 has withdrawn, or that never stood for a country.
FORMER: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})


def choices(field: Field, language: str) -> dict[URIRef, str]:
    """List what can be chosen, by name; in the order of the alphabet of the names.

    >>> from federation.publishing.asking.field import fields
    >>> list(choices(fields()["status"], "fr").values())[:2]
    ['En cours', 'Prévu']
    """
    return _choices(field.kind, field.scheme, language)


def code_of(iri: str) -> str:
    """Give the last part of the name of a code.

    >>> code_of("https://w3id.org/koepel/code/status/active")
    'active'
    """
    return iri.rpartition("/")[2]


def find_choice(field: Field, text: str, language: str) -> URIRef:
    """Find what a text chooses: a name in any of the six languages, the code, or the whole IRI.

    Raises `InvalidDataError` with the nearest name when there is none.
    """
    if found := _known(field.kind, field.scheme, language).get(fold(text)):
        return found
    if (iri := _by_code(field.kind, text)) is not None:
        return iri
    names = {fold(name): name for name in choices(field, language).values()}
    close = get_close_matches(fold(text), names, n=1, cutoff=0.6)
    if close:
        raise InvalidDataError(
            "value-nearly-in-list",
            "“{text}” is not in the list. Did you mean “{suggestion}”?",
            text=text,
            suggestion=names[close[0]],
        )
    raise InvalidDataError(
        "value-not-in-list", "“{text}” is not in the list. Choose one of its entries.", text=text
    )


def _by_code(kind: Kind, text: str) -> URIRef | None:
    """Take a code that has no name here, such as a region of another country."""
    pattern = PATTERNS.get(kind)
    code = text.strip().upper().removeprefix(SPACES.get(kind, "").upper())
    if pattern is None or not pattern.fullmatch(code):
        return None
    if kind is Kind.COUNTRY and country_name(code, "en") == code:
        return None
    if kind is Kind.LANGUAGE and language_name(code, "en") == code:
        return None
    if kind is Kind.REGION and country_name(code[:ALPHA_2], "en") == code[:ALPHA_2]:
        return None
    return URIRef(SPACES[kind] + code)


@cache
def _known(kind: Kind, scheme: str, language: str) -> dict[str, URIRef]:
    """Gather every name of every choice; the reader's own language comes last and so wins."""
    known = dict[str, URIRef]()
    for tongue in (*(one for one in LANGUAGES if one != language), language):
        for iri, name in _choices(kind, scheme, tongue).items():
            known |= {fold(str(iri)): iri, fold(code_of(iri)): iri}
            known[fold(name)] = iri
    if kind is Kind.COUNTRY:
        known |= {short.lower(): URIRef(SPACES[kind] + code) for code, short in _countries().items()}
    return known


@cache
def _choices(kind: Kind, scheme: str, language: str) -> dict[URIRef, str]:
    match kind:
        case Kind.COUNTRY:
            named = {code: country_name(code, language) for code in _countries()}
        case Kind.LANGUAGE:
            named = {code: _tongue(code, language) for code in SPOKEN}
        case Kind.REGION:
            named = {code: f"{code} {name}" for code, name in _regions().items()}
        case _:
            return _codes(scheme, language)
    space = SPACES[kind]
    return {URIRef(space + code): named[code] for code in sorted(named, key=lambda one: fold(named[one]))}


@cache
def _codes(scheme: str, language: str) -> dict[URIRef, str]:
    path = next(one for one in ontology.codelist_files() if one.stem == scheme)
    found = Graph().parse(path, format="turtle").subjects(RDF.type, SKOS.Concept)
    named = {iri: Labels().label(iri, language) for iri in found if isinstance(iri, URIRef) and iri in CODE}
    return {iri: named[iri] for iri in sorted(named, key=lambda one: (fold(named[one]), one))}


@cache
def _countries() -> dict[str, str]:
    """List the countries by their codes of three letters, with those of two."""
    found = get_global("territory_aliases").items()
    known = Locale("en").territories
    return {
        code: short[0]
        for code, short in found
        if len(code) == ALPHA_3
        and code.isalpha()
        and len(short) == 1
        and short[0] in known
        and code not in FORMER
    }


def _tongue(code: str, language: str) -> str:
    name = language_name(code, language)
    return name[:1].upper() + name[1:]


@cache
def _regions() -> dict[str, str]:
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}
