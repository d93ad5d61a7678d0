"""What the graph says of a label scheme that the registry has adopted."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from registry.vocabulary import KOEPEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from registry.graph.store import Statement
    from registry.scheme.scheme import Authority, Level, Scheme

    Facts = Iterator[tuple[URIRef, URIRef | Literal]]

__all__ = ["scheme_statements"]

LABEL_DIGITS: Final = 31  # with a letter before them Oxigraph keeps a label as a number


def scheme_statements(scheme: Scheme) -> Iterator[Statement]:
    """Tell the rules of a scheme: whose it is, by which standard, at which levels, and who may decide when.

    >>> from registry.scheme.scheme import Scheme
    >>> lantern = Scheme("urn:l", {"en": "Lantern"}, {}, "urn:o", "cms", (), (), 36)
    >>> sorted(str(value).rpartition("#")[2] for _, _, value in scheme_statements(lantern))
    ['36', 'LabelScheme', 'Lantern', 'standard', 'urn:o']
    """
    iri = URIRef(scheme.iri)
    yield iri, RDF.type, KOEPEL.LabelScheme
    yield iri, KOEPEL.schemeOwner, URIRef(scheme.owner)
    yield iri, KOEPEL.usesStandard, STANDARD[f"{scheme.standard}#standard"]
    yield from ((iri, name, value) for name, value in _texts(DCTERMS.title, scheme.titles))
    yield from ((iri, name, value) for name, value in _texts(DCTERMS.description, scheme.descriptions))
    yield from ((iri, name, value) for name, value in _rules(scheme))
    for organisation, names in scheme.names.items():
        yield from ((URIRef(organisation), name, value) for name, value in _texts(FOAF.name, names))
    for level in scheme.levels:
        yield iri, KOEPEL.hasLevel, URIRef(level.iri)
        yield from ((URIRef(level.iri), name, value) for name, value in _level(level))
    for authority in scheme.authorities:
        node = _named(scheme, authority)
        yield iri, KOEPEL.authority, node
        yield from ((node, name, value) for name, value in _authority(authority))


def _rules(scheme: Scheme) -> Facts:
    """Tell the numbers that the owner chose; what is not asked for is left out."""
    numbers = (
        (KOEPEL.validityMonths, scheme.validity_months),
        (KOEPEL.minimumSessions, scheme.sessions),
        (KOEPEL.minimumMentorsHeard, scheme.mentors),
        (KOEPEL.minimumMenteesHeard, scheme.mentees),
        (KOEPEL.appealDays, scheme.appeal_days),
        (KOEPEL.evidenceMonths, scheme.evidence_months),
    )
    yield from ((name, Literal(number)) for name, number in numbers if number)
    marks = (
        (KOEPEL.countsFromFirstAward, scheme.from_first),
        (KOEPEL.allowsConditions, scheme.conditions),
        (KOEPEL.fictitious, scheme.fictitious),
    )
    yield from ((name, Literal(True)) for name, holds in marks if holds)


def _level(level: Level) -> Facts:
    yield RDF.type, KOEPEL.LabelLevel
    yield KOEPEL.position, Literal(level.position)
    yield KOEPEL.minimumAdditional, Literal(level.additional)
    yield from _texts(DCTERMS.title, level.titles)
    yield from ((KOEPEL.mandatoryAdditional, URIRef(one)) for one in sorted(level.mandatory))


def _authority(authority: Authority) -> Facts:
    yield RDF.type, KOEPEL.Authority
    yield KOEPEL.body, URIRef(authority.body)
    if authority.start:
        yield KOEPEL.authorisedFrom, Literal(authority.start)
    if authority.end:
        yield KOEPEL.authorisedUntil, Literal(authority.end)


def _texts(name: URIRef, texts: Mapping[str, str]) -> Facts:
    return ((name, Literal(text, lang=language)) for language, text in texts.items())


def _named(scheme: Scheme, authority: Authority) -> BNode:
    """Call a mandate the same whenever it is told again."""
    told = f"{scheme.iri} {authority.body} {authority.start} {authority.end}"
    return BNode(f"a{hashlib.sha256(told.encode()).hexdigest()[:LABEL_DIGITS]}")
