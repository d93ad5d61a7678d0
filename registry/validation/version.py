"""Versions of a quality standard: what changes, when that was announced, and from which day it counts.

A standard is written once, with all its versions. What came later says since which version it counts, and
what was retired says until which one. Nothing is ever taken out, so that an old label can be checked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rdflib import OWL, Literal
from rdflib.namespace import DCTERMS

from registry.errors import InvalidDataError
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["ALWAYS", "FIRST", "Span", "Texts", "Version", "read_span", "read_texts", "read_versions"]

Texts = dict[str, str]
"""One text per language tag."""

ALWAYS: Final = date.min
"""The day from which a first version counts: it never began."""
FIRST: Final = "1.0.0"
"""The version of a standard that names none."""


@dataclass(frozen=True)
class Version:
    """One version of a standard; it counts until the next one does.

    >>> coming = Version("1.1.0", announced=date(2026, 11, 22), counts_from=date(2027, 7, 1))
    >>> coming.is_announced(date(2027, 6, 30)), coming.is_announced(date(2027, 7, 1))
    (True, False)
    """

    number: str
    announced: date = ALWAYS
    counts_from: date = ALWAYS
    notes: Texts = field(default_factory=dict)
    """What changes with it, in each language."""

    def is_announced(self, day: date) -> bool:
        """Tell whether people know of it on a day on which it doesn't count yet."""
        return self.announced <= day < self.counts_from


@dataclass(frozen=True)
class Span:
    """From which version on something counts, and the first version in which it no longer does."""

    since: str
    until: str = ""
    """Empty where it counts still."""


def read_versions(graph: Graph, standard: Node) -> tuple[Version, ...]:
    """Read the versions of a standard in the order in which they count.

    The version that the standard itself names with `owl:versionInfo` counts from the beginning, unless it is
    among those that `koepel:hasVersion` describes. Raises `InvalidDataError` for versions that contradict
    each other.
    """
    described = [_version(graph, standard, node) for node in graph.objects(standard, KOEPEL.hasVersion)]
    own = str(graph.value(standard, OWL.versionInfo) or FIRST)
    if own not in {one.number for one in described}:
        described.append(Version(own))
    versions = sorted(described, key=lambda one: one.counts_from)
    for earlier, later in combinations(versions, 2):
        if earlier.counts_from == later.counts_from or earlier.number == later.number:
            raise InvalidDataError(
                "versions-at-odds",
                "{standard} has two versions where there can be one: {first} and {second}. Give each a "
                "number and a koepel:countsFrom of its own.",
                standard=str(standard),
                first=earlier.number,
                second=later.number,
            )
    return tuple(versions)


def read_span(graph: Graph, node: Node, versions: Sequence[Version], within: Span | None = None) -> Span:
    """Read from which version to which a requirement or a use counts; a use may follow its requirement.

    Raises `InvalidDataError` for a version that the standard does not have, and for an end before the
    beginning.
    """
    numbers = [one.number for one in versions]
    around = within or Span(numbers[0])
    since = str(graph.value(node, KOEPEL.sinceVersion) or around.since)
    until = str(graph.value(node, KOEPEL.untilVersion) or around.until)
    for number in filter(None, (since, until)):
        if number not in numbers:
            raise InvalidDataError(
                "unknown-version-named",
                "{thing} names the version {version}, which its standard does not have. Choose from: "
                "{choices}.",
                thing=str(node),
                version=number,
                choices=", ".join(numbers),
            )
    if until and numbers.index(until) <= numbers.index(since):
        raise InvalidDataError(
            "version-ends-before-it-begins",
            "{thing} counts since version {since} and no longer in version {until}. Let it end in a later "
            "version than the one in which it begins.",
            thing=str(node),
            since=since,
            until=until,
        )
    return Span(since, until)


def _version(graph: Graph, standard: Node, node: Node) -> Version:
    number = graph.value(node, OWL.versionInfo)
    counts_from = _day(graph, node, KOEPEL.countsFrom)
    announced = _day(graph, node, DCTERMS.issued, counts_from)
    if number is None or counts_from is None or announced is None or announced > counts_from > ALWAYS:
        raise InvalidDataError(
            "version-incomplete",
            "A version of {standard} is not whole: {version}. Give it a number with owl:versionInfo, and the "
            "dates on which it is announced (dct:issued) and later counts (koepel:countsFrom).",
            standard=str(standard),
            version=str(number or node),
        )
    return Version(str(number), announced, counts_from, read_texts(graph, node, DCTERMS.description))


def read_texts(graph: Graph, subject: Node, predicate: Node) -> Texts:
    """Read a text in each language in which it is there."""
    literals = graph.objects(subject, predicate)
    return {one.language: str(one) for one in literals if isinstance(one, Literal) and one.language}


def _day(graph: Graph, node: Node, predicate: Node, default: date | None = ALWAYS) -> date | None:
    """Read a date; the default stands where none is given, nothing where something else is."""
    value = graph.value(node, predicate)
    if value is None:
        return default
    read = value.toPython() if isinstance(value, Literal) else None
    return read if type(read) is date else None
