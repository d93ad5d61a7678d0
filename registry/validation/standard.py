"""Quality standards as they are written in `shapes/`: requirements, criteria, thresholds.

A standard never repeats a check. It lists requirements, and for each the uses of
criteria from the shared library: at which level, decided how, with which threshold.
The values here hold no rule of their own; every rule stays in Turtle.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS

from registry.errors import NotFoundError
from registry.validation.criterion import (
    ADDITIONAL,
    BASIC,
    EVIDENCE,
    MACHINE,
    PERSON,
    Criterion,
    CriterionUse,
    Threshold,
    iris,
    read_source,
    read_uses,
)
from registry.validation.version import FIRST, Texts, Version, read_span, read_texts, read_versions
from registry.vocabulary import KOEPEL
from shapes import FOLDER, shape_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path


__all__ = [
    "ADDITIONAL",
    "BASIC",
    "EVIDENCE",
    "MACHINE",
    "PERSON",
    "Criterion",
    "CriterionUse",
    "Library",
    "Requirement",
    "Standard",
    "Threshold",
    "Version",
    "load_library",
    "with_draft",
]


@dataclass(frozen=True)
class Requirement:
    """One demand of a standard, with the criteria that show it."""

    iri: URIRef
    identifier: str
    position: int
    titles: Texts
    uses: tuple[CriterionUse, ...]


@dataclass(frozen=True, eq=False)
class Standard:
    """A quality standard: what it is called, whom it judges and what it asks.

    As it is read, it holds what it asks in any of its versions. What counts is asked of `at` and `on`.
    """

    iri: URIRef
    token: str
    titles: Texts
    descriptions: Texts
    source: str
    judges: tuple[URIRef, ...]
    requirements: tuple[Requirement, ...]
    versions: tuple[Version, ...] = (Version(FIRST),)
    """In the order in which they count."""
    version: Version | None = None
    """The version at which it is looked at; None for all of them together."""
    whole: Standard | None = field(default=None, repr=False)
    """The standard in all its versions, of which this is one."""

    @property
    def uses(self) -> tuple[CriterionUse, ...]:
        """All uses of criteria, in the order of the requirements."""
        return tuple(use for requirement in self.requirements for use in requirement.uses)

    def version_on(self, day: date) -> Version:
        """Tell which version counts on a day; before all of them the first does."""
        begun = [one for one in self.versions if one.counts_from <= day]
        return begun[-1] if begun else self.versions[0]

    def announced(self, day: date) -> tuple[Version, ...]:
        """Tell which versions are known on a day and do not count yet, in the order in which they will."""
        return tuple(one for one in self.versions if one.is_announced(day))

    def at(self, number: str) -> Standard:
        """Give what the standard asks in one version, and nothing else.

        Raises `NotFoundError` that lists the versions when there is none with this number.
        """
        return _at(self.whole or self, number)

    def on(self, day: date) -> Standard:
        """Give what the standard asks on a day."""
        return self.at(self.version_on(day).number)

    def beyond(self, other: Standard) -> Standard:
        """Give what this version of the standard asks and another does not."""
        return _beyond(self, other)

    def visible(self, day: date) -> Standard:
        """Give what counts on a day together with what is announced by then, for people to see."""
        numbers = (one.number for one in (self.version_on(day), *self.announced(day)))
        shown = {use.iri for number in numbers for use in self.at(number).uses}
        return self.narrowed(lambda use: use.iri in shown)

    def narrowed(self, wanted: Callable[[CriterionUse], bool]) -> Standard:
        """Leave out the uses that are not wanted, and the requirements of which none is left."""
        shorter = (replace(one, uses=tuple(filter(wanted, one.uses))) for one in self.requirements)
        return replace(self, requirements=tuple(one for one in shorter if one.uses))

    def begins(self, use: CriterionUse, day: date) -> Version | None:
        """Tell with which version something begins to count, where that is announced and still to come."""
        return next((one for one in self.announced(day) if one.number == use.since), None)

    def ends(self, use: CriterionUse, day: date) -> Version | None:
        """Tell with which version something ends to count, where that is announced and still to come."""
        return next((one for one in self.announced(day) if one.number == use.until), None)

    def counting(self, day: date) -> Standard:
        """Give what counts in a check on a day; a standard that was chosen at a version stays at it."""
        return self if self.version else self.on(day)


@dataclass(frozen=True, eq=False)
class Library:
    """All standards that are installed, with the graph they were read from."""

    graph: Graph = field(repr=False)
    standards: dict[str, Standard]

    def standard(self, token: str) -> Standard:
        """Find a standard by its short name.

        Raises `NotFoundError` that lists close names when there is none.
        """
        if token in self.standards:
            return self.standards[token]
        close = get_close_matches(token, self.standards, n=3) or sorted(self.standards)
        raise NotFoundError(
            "unknown-standard",
            "There is no quality standard '{token}'. Choose from: {choices}.",
            token=token,
            choices=", ".join(close),
        )

    def claimed_by(self, iri: URIRef) -> Standard | None:
        """Find the standard with this IRI, as named by `koepel:meets` in a description."""
        return next((one for one in self.standards.values() if one.iri == iri), None)


@lru_cache(maxsize=256)  # the same answer each time, because compositions are kept by the standard they serve
def _at(whole: Standard, number: str) -> Standard:
    places = {one.number: place for place, one in enumerate(whole.versions)}
    if number not in places:
        raise NotFoundError(
            "unknown-version",
            "The standard '{token}' has no version {version}. Choose from: {choices}.",
            token=whole.token,
            version=number,
            choices=", ".join(places),
        )
    place = places[number]

    def counts(use: CriterionUse) -> bool:
        return places[use.since] <= place and (not use.until or place < places[use.until])

    return replace(whole.narrowed(counts), version=whole.versions[place], whole=whole)


@lru_cache(maxsize=256)
def _beyond(standard: Standard, other: Standard) -> Standard:
    shared = {use.iri for use in other.uses}
    return standard.narrowed(lambda use: use.iri not in shared)


@cache
def load_library(folder: Path = FOLDER) -> Library:
    """Read every criterion and standard below a folder; once per process and folder."""
    graph = Graph()
    for path in shape_files(folder):
        graph.parse(path, format="turtle")
    return _library(graph)


def with_draft(draft: Graph, folder: Path = FOLDER) -> Library:
    """Read the same, with the standards of a draft in the place of those of the same name."""
    drafted = set(draft.subjects(RDF.type, KOEPEL.QualityStandard))
    graph = Graph() + draft
    for path in shape_files(folder):
        read = Graph().parse(path, format="turtle")
        if drafted.isdisjoint(read.subjects(RDF.type, KOEPEL.QualityStandard)):
            graph += read
    return _library(graph)


def _library(graph: Graph) -> Library:
    found = graph.subjects(RDF.type, KOEPEL.QualityStandard)
    standards = [_standard(graph, iri) for iri in found if isinstance(iri, URIRef)]
    return Library(graph, {one.token: one for one in sorted(standards, key=lambda one: one.token)})


def _standard(graph: Graph, iri: URIRef) -> Standard:
    judges = iris(graph.objects(iri, KOEPEL.judges))
    versions = read_versions(graph, iri)
    requirements = [
        _requirement(graph, requirement, judges, versions)
        for requirement in iris(graph.objects(iri, KOEPEL.hasRequirement))
    ]
    return Standard(
        iri=iri,
        token=str(graph.value(iri, KOEPEL.token)),
        titles=read_texts(graph, iri, DCTERMS.title),
        descriptions=read_texts(graph, iri, DCTERMS.description),
        source=read_source(graph, iri),
        judges=judges,
        requirements=tuple(sorted(requirements, key=lambda one: one.position)),
        versions=versions,
    )


def _requirement(
    graph: Graph, iri: URIRef, judges: tuple[URIRef, ...], versions: tuple[Version, ...]
) -> Requirement:
    whole = read_span(graph, iri, versions)
    uses = []
    for use in iris(graph.objects(iri, KOEPEL.usesCriterion)):
        span = read_span(graph, use, versions, whole)
        uses += [replace(one, since=span.since, until=span.until) for one in read_uses(graph, use, judges)]
    return Requirement(
        iri=iri,
        identifier=str(graph.value(iri, DCTERMS.identifier)),
        position=int(str(graph.value(iri, KOEPEL.position))),
        titles=read_texts(graph, iri, DCTERMS.title),
        uses=tuple(sorted(uses, key=lambda one: (one.criterion.identifier, one.iri))),
    )
