"""How terms, codes, names, dates and numbers read in a language, and where a page links them to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal
from rdflib import RDFS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from registry.reading.catalogue import last_part
from registry.reading.place import country_name, language_name, region_name
from registry.reading.text import Text, choose
from registry.report.borrowed import borrowed_name
from registry.translation import Translator
from registry.vocabulary import CODE, KOEPEL, LANGUAGES, STANDARD, Labels
from registry.web.address import is_mail_address, is_web_address, known_path, slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    from registry.reading.catalogue import Catalogue, Entry
    from registry.reading.description import Fact, Value
    from registry.reading.record import Record

__all__ = ["Shown", "Wording"]

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
NUTS: Final = "http://data.europa.eu/nuts/code/"
#: CLDR's plain "en" writes dates the American way.
LOCALES: Final = {"en": "en_GB"}
NUMBERS: Final = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.int, XSD.nonNegativeInteger})
LARGEST_NUMBER: Final = 30
DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
MONTH: Final = re.compile(r"(\d{4})-(\d\d)")


@dataclass(frozen=True)
class Shown:
    """A value as a page shows it: its text, the language of that text, and where it leads."""

    text: str
    language: str = ""
    path: str = ""
    """An address on this site."""
    outside: str = ""
    """An address on another site."""


@dataclass(frozen=True)
class Wording:
    """Words for one language of the site."""

    language: str
    catalogue: Catalogue
    at: Callable[[str], str] = str
    """Keeps an address of this site in the state that the reader asked for."""

    def label(self, iri: str) -> str:
        """Name a term or a code."""
        return borrowed_name(URIRef(iri), self.language) or Labels().label(iri, self.language)

    def heading(self, iri: str) -> str:
        """Name a term where a line begins."""
        label = self.label(iri)
        return label[:1].upper() + label[1:]

    def name(self, iri: str) -> Text:
        """Name a thing."""
        return self.catalogue.name(URIRef(iri), self.language)

    def link(self, iri: str) -> str:
        """Give the address of the page of a thing, a term or a code; nothing, if there is none."""
        entry = self.catalogue.entries.get(URIRef(iri))
        path = f"/{entry.family}/{slug_of(iri)}" if entry else known_path(iri)
        return self.at(f"/{self.language}{path}") if path else ""

    def anchor(self, iri: str) -> str:
        """Give the place of a thing on a page that lists several."""
        return last_part(iri)

    def country(self, code: str) -> str:
        """Name a country by its code."""
        return country_name(code, self.language)

    def text_of(self, record: Record) -> Text | None:
        """What a thing or a part of it says of itself."""
        return choose(record.literals(DCTERMS.description), self.language)

    def definition(self, record: Record) -> Text | None:
        """What a term or a code means."""
        return choose(record.literals(SKOS.definition), self.language)

    def other_names(self, record: Record) -> list[Literal]:
        """What a term or a code is called in the other languages."""
        names = record.literals(RDFS.label) + record.literals(SKOS.prefLabel)
        return [one for one in names if one.language in LANGUAGES and one.language != self.language]

    def source(self, text: str) -> str:
        """Say where something comes from; a publication that the graph knows goes by its title."""
        first, _, rest = text.partition(" ")
        known = URIRef(first) in self.catalogue.names
        return f"{self.name(first)}, {rest}".removesuffix(", ") if known else text

    def values_of(self, fact: Fact) -> tuple[Value, ...]:
        """The values of a fact; of one text in several languages only the most fitting."""
        tongues = [one.node.language for one in fact.values if isinstance(one.node, Literal)]
        if len(tongues) < len(fact.values) or not all(tongues) or len(set(tongues)) < len(tongues):
            return fact.values
        best = choose((one.node for one in fact.values if isinstance(one.node, Literal)), self.language)
        return tuple(one for one in fact.values if best and str(one.node) == best.value)[:1]

    def summary(self, entry: Entry) -> list[str]:
        """A line about an entry of the catalogue: what it is and where."""
        record = entry.record
        kinds = [entry.kind] if entry.kind else list(record.links(KOEPEL.organisationType))
        places = record.links(KOEPEL.country) or record.links(DCTERMS.spatial)
        towns = [str(one) for one in record.literals(KOEPEL.municipality)]
        words = [
            *(self.heading(kind) for kind in kinds),
            ", ".join(towns),
            *(self.show(one).text for one in places),
        ]
        return [word for word in words if word]

    def show(self, node: Node) -> Shown:
        """Show a value: a text, number or date as it reads, an IRI by name."""
        if isinstance(node, Literal):
            text = self.literal(node)
            return Shown(text.value, text.language)
        if isinstance(node, URIRef):
            return self._show_iri(node)
        return Shown("")

    def _show_iri(self, iri: URIRef) -> Shown:
        place = self._place(iri)
        if place:
            return Shown(place)
        if iri in CODE or iri in KOEPEL:
            return Shown(self.label(iri), path=self.link(iri))
        path = self.link(iri)
        if iri in self.catalogue.names or path or iri in STANDARD:
            name = self.name(iri)
            return Shown(name.value, name.language, path)
        reachable = is_web_address(iri) or is_mail_address(iri)
        return Shown(iri.removeprefix("mailto:"), outside=str(iri) if reachable else "")

    def _place(self, iri: str) -> str:
        code = last_part(iri)
        if iri.startswith(NUTS):
            return region_name(code, self.language)
        kind = iri.removeprefix(AUTHORITY).partition("/")[0] if iri.startswith(AUTHORITY) else ""
        if kind == "country":
            return country_name(code, self.language)
        return language_name(code, self.language) if kind == "language" else ""

    def literal(self, literal: Literal) -> Text:
        """Write a literal as people read it."""
        if literal.language:
            return choose([literal], self.language) or Text(str(literal))
        kind = literal.datatype
        if kind == XSD.boolean:
            _ = Translator("web", self.language)
            return Text(_("yes") if str(literal) in {"true", "1"} else _("no"))
        if kind in NUMBERS:
            return Text(self.number(str(literal)))
        if kind in {XSD.date, XSD.dateTime, XSD.gYearMonth}:
            return Text(self.date(str(literal)))
        return Text(str(literal))

    def number(self, text: str) -> str:
        """Write a number with the separators of the language."""
        if len(text) > LARGEST_NUMBER:
            return text
        try:
            return format_decimal(Decimal(text), locale=self._locale)
        except ArithmeticError:
            return text

    def moment(self, time: datetime) -> str:
        """Write out a day with the time of day, in UTC."""
        return format_datetime(time, "long", tzinfo=UTC, locale=self._locale)

    def date(self, text: str) -> str:
        """Write a day or a month out; a year, and what is no date, stays as it is."""
        try:
            if day := DAY.match(text):
                return format_date(_date(day), format="long", locale=self._locale)
            if month := MONTH.match(text):
                return str(format_skeleton("yMMMM", _date(month), locale=self._locale))
        except ValueError:
            return text
        return text

    @property
    def _locale(self) -> str:
        return LOCALES.get(self.language, self.language)


def _date(found: re.Match[str]) -> datetime:
    year, month, *day = map(int, found.groups())
    return datetime(year, month, day[0] if day else 1)
