"""Reads a label scheme from the Turtle in which its owner wrote it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from registry.errors import InvalidDataError
from registry.ingest.document import read_document
from registry.scheme.scheme import Authority, Level, Scheme
from registry.vocabulary import KOEPEL, STANDARD

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["read_scheme", "scheme_of"]

MOST_MONTHS: Final = 1_200
"""A label that is to hold longer than a century is a slip of the pen."""
MOST: Final = 10_000
"""More than any number of days, sessions, people or criteria that a scheme asks for."""
REMINDERS: Final = (12, 6, 3)


def read_scheme(text: str) -> Scheme:
    """Read a scheme as it stands in a file.

    Raises:
        InvalidDataError: The text cannot be read, or something in it is missing or contradicts itself.
    """
    return scheme_of(read_document(text.encode(), media_type="text/turtle", address="scheme.ttl").graph)


def scheme_of(graph: Graph) -> Scheme:
    """Read the one scheme that a graph describes.

    Raises:
        InvalidDataError: There is none, or several; or something is missing or contradicts itself.
    """
    found = sorted(one for one in graph.subjects(RDF.type, KOEPEL.LabelScheme) if isinstance(one, URIRef))
    if len(found) != 1:
        raise InvalidDataError(
            "scheme-not-one",
            "The document describes {count} label schemes. Describe exactly one thing that is a "
            "koepel:LabelScheme and has a name (IRI) of its own.",
            count=len(found),
        )
    return _Reader(graph, found[0]).scheme()


class _Reader:
    """Reads the properties of one scheme, and says of which it cannot make sense."""

    def __init__(self, graph: Graph, iri: URIRef) -> None:
        self.graph = graph
        self.iri = iri

    def scheme(self) -> Scheme:
        return Scheme(
            iri=str(self.iri),
            titles=self._titles(self.iri),
            descriptions=self._texts(self.iri, DCTERMS.description),
            owner=self._link(self.iri, KOEPEL.schemeOwner),
            standard=self._standard(),
            levels=self._levels(),
            authorities=self._authorities(),
            validity_months=self._needed(KOEPEL.validityMonths),
            from_first=self._yes(KOEPEL.countsFromFirstAward),
            sessions=self._number(self.iri, KOEPEL.minimumSessions) or 0,
            mentors=self._number(self.iri, KOEPEL.minimumMentorsHeard) or 0,
            mentees=self._number(self.iri, KOEPEL.minimumMenteesHeard) or 0,
            appeal_days=self._number(self.iri, KOEPEL.appealDays) or 0,
            evidence_months=self._number(self.iri, KOEPEL.evidenceMonths, least=1, most=MOST_MONTHS),
            reminder_months=self._reminders(),
            conditions=self._yes(KOEPEL.allowsConditions),
            fictitious=self._yes(KOEPEL.fictitious),
            names=self._names(),
        )

    def _names(self) -> dict[str, dict[str, str]]:
        """Read what the owner and the bodies are called, where the text says so."""
        bodies = (one.body for one in self._authorities())
        called = sorted({self._link(self.iri, KOEPEL.schemeOwner), *bodies})
        return {one: texts for one in called if (texts := self._texts(URIRef(one), FOAF.name))}

    def _standard(self) -> str:
        iri = self._link(self.iri, KOEPEL.usesStandard)
        token = iri.removeprefix(STANDARD).partition("#")[0]
        if iri == token or not token:
            raise InvalidDataError(
                "scheme-standard-foreign",
                "The scheme {scheme} uses the standard {standard}, which is none of this registry's. Name "
                "one as in {example}.",
                scheme=str(self.iri),
                standard=iri,
                example=STANDARD["cms#standard"],
            )
        return token

    def _levels(self) -> tuple[Level, ...]:
        nodes = self._named(KOEPEL.hasLevel)
        found = sorted(map(self._level, nodes), key=lambda one: one.position)
        if [one.position for one in found] != [*range(1, len(found) + 1)]:
            raise InvalidDataError(
                "scheme-levels-uncounted",
                "The levels of the scheme {scheme} have the positions {positions}. Count them 1, 2, 3 from "
                "the lowest to the highest, with koepel:position.",
                scheme=str(self.iri),
                positions=", ".join(str(one.position) for one in found),
            )
        for lower, higher in pairwise(found):
            if higher.additional < lower.additional or not lower.mandatory <= higher.mandatory:
                raise InvalidDataError(
                    "scheme-levels-reversed",
                    "In the scheme {scheme} the level {higher} asks for less than {lower}, which stands "
                    "below it. Let each level ask for what the one below it asks, or for more.",
                    scheme=str(self.iri),
                    higher=higher.iri,
                    lower=lower.iri,
                )
        return tuple(found)

    def _level(self, node: URIRef) -> Level:
        position = self._number(node, KOEPEL.position, least=1)
        if position is None:
            raise self._missing(node, KOEPEL.position)
        return Level(
            iri=str(node),
            titles=self._titles(node),
            position=position,
            additional=self._number(node, KOEPEL.minimumAdditional) or 0,
            mandatory=frozenset(map(str, self.graph.objects(node, KOEPEL.mandatoryAdditional))),
        )

    def _authorities(self) -> tuple[Authority, ...]:
        found = [self._authority(one) for one in self.graph.objects(self.iri, KOEPEL.authority)]
        if not found:
            raise self._missing(self.iri, KOEPEL.authority)
        return tuple(sorted(found, key=lambda one: (one.body, one.start or date.min)))

    def _authority(self, node: Node) -> Authority:
        body = self._link(node, KOEPEL.body)
        start, end = self._date(node, KOEPEL.authorisedFrom), self._date(node, KOEPEL.authorisedUntil)
        if start and end and end < start:
            raise InvalidDataError(
                "scheme-mandate-reversed",
                "The scheme {scheme} lets {body} decide from {start} until {end}, which lies before it. "
                "Correct one of the two days.",
                scheme=str(self.iri),
                body=body,
                start=start.isoformat(),
                end=end.isoformat(),
            )
        return Authority(body, start, end)

    def _reminders(self) -> tuple[int, ...]:
        told = self.graph.objects(self.iri, KOEPEL.reminderMonths)
        found = {self._as_number(one, KOEPEL.reminderMonths, 1, MOST_MONTHS) for one in told}
        return tuple(sorted(found, reverse=True)) or REMINDERS

    def _needed(self, predicate: URIRef) -> int:
        number = self._number(self.iri, predicate, least=1, most=MOST_MONTHS)
        if number is None:
            raise self._missing(self.iri, predicate)
        return number

    def _number(self, subject: Node, predicate: URIRef, *, least: int = 0, most: int = MOST) -> int | None:
        value = self._only(subject, predicate)
        return None if value is None else self._as_number(value, predicate, least, most)

    def _as_number(self, value: Node, predicate: URIRef, least: int, most: int) -> int:
        number = value.toPython() if isinstance(value, Literal) else None
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
            raise InvalidDataError(
                "scheme-number",
                "The scheme {scheme} gives {value} as {property}. Give a whole number from {least} to "
                "{most}.",
                scheme=str(self.iri),
                value=str(value),
                property=_short(predicate),
                least=least,
                most=most,
            )
        return number

    def _yes(self, predicate: URIRef) -> bool:
        value = self._only(self.iri, predicate)
        told = value.toPython() if isinstance(value, Literal) else value
        if not (told is None or isinstance(told, bool)):
            raise InvalidDataError(
                "scheme-truth",
                "The scheme {scheme} gives {value} as {property}. Write true or false, without quotation "
                "marks.",
                scheme=str(self.iri),
                value=str(value),
                property=_short(predicate),
            )
        return bool(told)

    def _date(self, subject: Node, predicate: URIRef) -> date | None:
        value = self._only(subject, predicate)
        day = value.toPython() if isinstance(value, Literal) else value
        if day is None or type(day) is date:
            return day
        raise InvalidDataError(
            "scheme-day",
            "The scheme {scheme} gives {value} as {property}. Write a day as in {example}.",
            scheme=str(self.iri),
            value=str(value),
            property=_short(predicate),
            example='"2026-01-31"^^xsd:date',
        )

    def _titles(self, subject: Node) -> dict[str, str]:
        found = self._texts(subject, DCTERMS.title)
        if not found:
            raise self._missing(subject, DCTERMS.title)
        return found

    def _texts(self, subject: Node, predicate: URIRef) -> dict[str, str]:
        literals = self.graph.objects(subject, predicate)
        found = {one.language: str(one) for one in literals if isinstance(one, Literal) and one.language}
        return dict(sorted(found.items()))

    def _link(self, subject: Node, predicate: URIRef) -> str:
        value = self._only(subject, predicate)
        if value is None:
            raise self._missing(subject, predicate)
        return str(self._name(value, predicate))

    def _named(self, predicate: URIRef) -> list[URIRef]:
        found = [self._name(one, predicate) for one in self.graph.objects(self.iri, predicate)]
        if not found:
            raise self._missing(self.iri, predicate)
        return found

    def _name(self, value: Node, predicate: URIRef) -> URIRef:
        if isinstance(value, URIRef):
            return value
        raise InvalidDataError(
            "scheme-nameless",
            "The scheme {scheme} gives {value} as {property}. Give the name (IRI) of a thing.",
            scheme=str(self.iri),
            value=str(value) if isinstance(value, Literal) else "[ ]",
            property=_short(predicate),
        )

    def _only(self, subject: Node, predicate: URIRef) -> Node | None:
        found = sorted(self.graph.objects(subject, predicate), key=str)
        if len(found) > 1:
            raise InvalidDataError(
                "scheme-twice",
                "The scheme {scheme} gives {property} more than once on the same thing: {values}. Leave one.",
                scheme=str(self.iri),
                property=_short(predicate),
                values=", ".join(map(str, found)),
            )
        return found[0] if found else None

    def _missing(self, subject: Node, predicate: URIRef) -> InvalidDataError:
        return InvalidDataError(
            "scheme-lacks",
            "The scheme {scheme} lacks {property} on {thing}. Add it and try again.",
            scheme=str(self.iri),
            property=_short(predicate),
            thing=str(subject) if isinstance(subject, URIRef) else _short(KOEPEL.authority),
        )


def _short(predicate: URIRef) -> str:
    """Write a property the way people write it in a file."""
    return predicate.replace(str(KOEPEL), "koepel:").replace(str(DCTERMS), "dct:")
