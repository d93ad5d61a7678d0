"""What a page shows of a description: facts under their names, in the words of one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from federation.publishing.asking.field import term_name
from federation.publishing.asking.value import yes_and_no
from federation.publishing.writing.nesting import Layout
from registry.reading.place import country_name, language_name, region_name
from registry.reading.text import choose
from registry.report.naming import Names
from registry.vocabulary import CODE, LANGUAGES, Labels
from registry.web.address import is_mail_address, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["Fact", "Shown", "Thing", "languages_of", "things"]

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
PLACES: Final = {
    f"{AUTHORITY}country/": country_name,
    f"{AUTHORITY}language/": language_name,
    "http://data.europa.eu/nuts/code/": region_name,
}
NUMBERS: Final = {XSD.integer, XSD.decimal}
LONGEST_NUMBER: Final = 30
DATES: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
#: A page says these in its heading, or needs no reader's eyes.
UNSAID: Final = {RDF.type, DCTERMS.title, DCTERMS.description, FOAF.name, FOAF.primaryTopic}


@dataclass(frozen=True)
class Shown:
    """A value as a page shows it: a text, its language if it is another, where it leads, or facts inside."""

    text: str
    language: str = ""
    link: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A line of a page: the name of a property and its values."""

    name: str
    values: tuple[Shown, ...]


@dataclass(frozen=True)
class Thing:
    """A part of a page: something with a name of its own, and what is said of it."""

    anchor: str
    name: Shown
    kind: str
    texts: tuple[Shown, ...]
    facts: tuple[Fact, ...] = field(default=())


def languages_of(graph: Graph, subject: Node) -> tuple[str, ...]:
    """List in which of the six languages a thing is named."""
    tags = {(one.language or "").partition("-")[0] for one in _texts(graph, subject, DCTERMS.title)}
    return tuple(one for one in LANGUAGES if one in tags)


def things(graph: Graph, document: str, language: str) -> tuple[Thing, ...]:
    """List what a document is about, its main subject first; the document itself has the page."""
    layout = Layout(graph, document)
    writer = _Writer(graph, layout, document, language)
    return tuple(writer.thing(one) for one in layout.subjects if str(one) != document)


class _Writer:
    def __init__(self, graph: Graph, layout: Layout, document: str, language: str) -> None:
        self.graph = graph
        self.layout = layout
        self.document = document
        self.language = language
        self.names = Names(graph, language)

    def thing(self, subject: Node) -> Thing:
        kinds = [one for one in self.graph.objects(subject, RDF.type) if isinstance(one, URIRef)]
        described = choose(_texts(self.graph, subject, DCTERMS.description), self.language)
        texts = (self._text(described.value, described.language),) if described else ()
        kind = " · ".join(sorted(term_name(one, self.language) for one in kinds))
        return Thing(self._anchor(subject), self._name(subject), kind, texts, self._facts(subject))

    def _facts(self, subject: Node) -> tuple[Fact, ...]:
        return tuple(
            Fact(_capital(term_name(one, self.language)), self._values(subject, one))
            for one in self.layout.properties(subject)
            if one not in UNSAID or (subject in self.layout.inside and one != RDF.type)
        )

    def _values(self, subject: Node, property_: URIRef) -> tuple[Shown, ...]:
        values = list(self.graph.objects(subject, property_))
        tagged = [one for one in values if isinstance(one, Literal) and one.language]
        mine = [one for one in tagged if (one.language or "").partition("-")[0] == self.language]
        kept = [one for one in values if one not in tagged or not mine or one in mine]
        return tuple(sorted((self._shown(one) for one in kept), key=lambda one: (one.text, repr(one.facts))))

    def _shown(self, value: Node) -> Shown:
        if isinstance(value, Literal):
            return self._literal(value)
        if isinstance(value, BNode):
            if value in self.layout.inside:
                return Shown("", facts=self._facts(value))
            return Shown(str(self._name(value).text), link=f"#{self._anchor(value)}")
        if (value, None, None) in self.graph and str(value) != self.document:
            return Shown(self._name(value).text, self._name(value).language, f"#{self._anchor(value)}")
        return self._link(str(value))

    def _link(self, iri: str) -> Shown:
        """Show where an IRI leads; only web and mail addresses can be followed, and no script ever."""
        for space, name in PLACES.items():
            if iri.startswith(space):
                return Shown(name(iri.removeprefix(space), self.language))
        if iri in CODE:
            return Shown(Labels().label(iri, self.language))
        if is_mail_address(iri):
            return Shown(iri.removeprefix("mailto:"), link=iri)
        return Shown(iri, link=iri if is_web_address(iri) else "")

    def _literal(self, literal: Literal) -> Shown:
        text = str(literal)
        if literal.language:
            return self._text(text, literal.language)
        if literal.datatype == XSD.boolean:
            return Shown(yes_and_no(self.language)[0 if text in {"true", "1"} else 1])
        locale = {"en": "en_GB"}.get(self.language, self.language)
        if (
            literal.datatype in NUMBERS
            and len(text) < LONGEST_NUMBER
            and re.fullmatch(r"-?\d+(\.\d+)?", text)
        ):
            return Shown(format_decimal(Decimal(text), "#,##0.##########", locale=locale))
        if literal.datatype in {XSD.date, XSD.gYear, XSD.gYearMonth} and (found := DATES.fullmatch(text)):
            return Shown(_day(text, found, locale))
        return Shown(text)

    def _name(self, subject: Node) -> Shown:
        for one in (DCTERMS.title, FOAF.name):
            if (found := choose(_texts(self.graph, subject, one), self.language)) is not None:
                return self._text(found.value, found.language)
        return Shown(self.names.thing(subject))

    def _text(self, text: str, language: str) -> Shown:
        return Shown(text, language if language.partition("-")[0] != self.language else "")

    def _anchor(self, subject: Node) -> str:
        _, hash_sign, fragment = str(subject).partition("#")
        return (
            fragment
            if isinstance(subject, URIRef) and hash_sign
            else self.layout.labels.get(subject, str(subject))
        )


def _texts(graph: Graph, subject: Node, property_: URIRef) -> Iterable[Literal]:
    return [one for one in graph.objects(subject, property_) if isinstance(one, Literal)]


def _day(text: str, found: re.Match[str], locale: str) -> str:
    try:
        whole = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return text
    if not found[2]:
        return found[1]
    return (
        format_date(whole, "long", locale=locale)
        if found[3]
        else format_skeleton("yMMMM", whole, locale=locale)
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
