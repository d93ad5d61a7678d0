"""Quality standards as they are written in `shapes/`: requirements, criteria, thresholds.

A standard never repeats a check. It lists requirements, and for each the uses of
criteria from the shared library: at which level, decided how, with which threshold.
The values here hold no rule of their own; every rule stays in Turtle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SH, SKOS

from registry.errors import InvalidDataError, NotFoundError
from registry.vocabulary import CODE, KOEPEL
from shapes import FOLDER, shape_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

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
    "load_library",
]

Texts = dict[str, str]
"""One text per language tag."""

BASIC, ADDITIONAL = CODE["requirement-level/basic"], CODE["requirement-level/additional"]
MACHINE, EVIDENCE, PERSON = (CODE[f"decision-mode/{mode}"] for mode in ("machine", "evidence", "person"))


@dataclass(frozen=True)
class Threshold:
    """The value that a standard fills in for one parameter of a criterion."""

    parameter: URIRef
    fills: URIRef
    placeholder: str
    value: Literal | URIRef
    months: int | None = None
    """For a greatest age: the months counted back from the day of the check."""


@dataclass(frozen=True)
class Criterion:
    """One thing that can be looked at in a description, shared by all standards."""

    iri: URIRef
    identifier: str
    names: Texts
    suggestions: Texts
    snippet: str
    level: URIRef
    mode: URIRef
    shapes: tuple[URIRef, ...]
    applies_when: URIRef | None


@dataclass(frozen=True)
class CriterionUse:
    """How one requirement applies one criterion."""

    iri: URIRef
    criterion: Criterion
    level: URIRef
    mode: URIRef
    judges: tuple[URIRef, ...]
    conditions: tuple[URIRef, ...]
    thresholds: tuple[Threshold, ...]
    source: str


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
    """A quality standard: what it is called, whom it judges and what it asks."""

    iri: URIRef
    token: str
    titles: Texts
    descriptions: Texts
    source: str
    judges: tuple[URIRef, ...]
    requirements: tuple[Requirement, ...]

    @property
    def uses(self) -> tuple[CriterionUse, ...]:
        """All uses of criteria, in the order of the requirements."""
        return tuple(use for requirement in self.requirements for use in requirement.uses)


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


@cache
def load_library(folder: Path = FOLDER) -> Library:
    """Read every criterion and standard below a folder; once per process and folder."""
    graph = Graph()
    for path in shape_files(folder):
        graph.parse(path, format="turtle")
    found = graph.subjects(RDF.type, KOEPEL.QualityStandard)
    standards = [_standard(graph, iri) for iri in found if isinstance(iri, URIRef)]
    return Library(graph, {one.token: one for one in sorted(standards, key=lambda one: one.token)})


def _standard(graph: Graph, iri: URIRef) -> Standard:
    judges = _iris(graph.objects(iri, KOEPEL.judges))
    requirements = [
        _requirement(graph, requirement, judges)
        for requirement in _iris(graph.objects(iri, KOEPEL.hasRequirement))
    ]
    return Standard(
        iri=iri,
        token=str(graph.value(iri, KOEPEL.token)),
        titles=_texts(graph, iri, DCTERMS.title),
        descriptions=_texts(graph, iri, DCTERMS.description),
        source=_source(graph, iri),
        judges=judges,
        requirements=tuple(sorted(requirements, key=lambda one: one.position)),
    )


def _requirement(graph: Graph, iri: URIRef, judges: tuple[URIRef, ...]) -> Requirement:
    uses = [
        expanded
        for use in _iris(graph.objects(iri, KOEPEL.usesCriterion))
        for expanded in _uses(graph, use, judges)
    ]
    return Requirement(
        iri=iri,
        identifier=str(graph.value(iri, DCTERMS.identifier)),
        position=int(str(graph.value(iri, KOEPEL.position))),
        titles=_texts(graph, iri, DCTERMS.title),
        uses=tuple(sorted(uses, key=lambda one: (one.criterion.identifier, one.iri))),
    )


def _uses(graph: Graph, iri: URIRef, judges: tuple[URIRef, ...]) -> Iterable[CriterionUse]:
    """Yield the use itself, or one use per intensity profile when it follows the intensity."""
    own = _thresholds(graph, iri)
    if graph.value(iri, KOEPEL.followsIntensity) != Literal(True):
        yield _use(graph, iri, iri, judges, own, ())
        return
    for profile in sorted(_iris(graph.subjects(RDF.type, KOEPEL.IntensityProfile))):
        thresholds = {**_thresholds(graph, profile), **own}
        conditions = _iris(graph.objects(profile, KOEPEL.appliesWhen))
        suffix = str(profile).rsplit("#", 1)[1]
        yield _use(graph, iri, URIRef(f"{iri}-{suffix}"), judges, thresholds, conditions)


def _use(
    graph: Graph,
    source: URIRef,
    name: URIRef,
    judges: tuple[URIRef, ...],
    thresholds: dict[URIRef, Threshold],
    conditions: tuple[URIRef, ...],
) -> CriterionUse:
    criterion = _criterion(graph, URIRef(str(graph.value(source, KOEPEL.criterion))))
    needed = _iris({one for shape in criterion.shapes for one in graph.objects(shape, KOEPEL.parameter)})
    missing = [one for one in needed if one not in thresholds]
    if missing:
        raise InvalidDataError(
            "threshold-missing",
            "{use} leaves open {parameters}. Add a koepel:threshold for each, or "
            "koepel:followsIntensity true.",
            use=str(source),
            parameters=", ".join(missing),
        )
    own_conditions = _iris(graph.objects(source, KOEPEL.appliesWhen))
    shared = (criterion.applies_when,) if criterion.applies_when else ()
    return CriterionUse(
        iri=name,
        criterion=criterion,
        level=_iri(graph.value(source, KOEPEL.level), criterion.level),
        mode=_iri(graph.value(source, KOEPEL.decisionMode), criterion.mode),
        judges=_iris(graph.objects(source, KOEPEL.judges)) or judges,
        conditions=tuple(sorted({*conditions, *own_conditions, *shared})),
        thresholds=tuple(thresholds[one] for one in needed),
        source=_source(graph, source),
    )


def _criterion(graph: Graph, iri: URIRef) -> Criterion:
    return Criterion(
        iri=iri,
        identifier=str(graph.value(iri, DCTERMS.identifier)),
        names=_texts(graph, iri, SKOS.prefLabel),
        suggestions=_texts(graph, iri, KOEPEL.suggestion),
        snippet=str(graph.value(iri, KOEPEL.snippet) or ""),
        level=_iri(graph.value(iri, KOEPEL.level), BASIC),
        mode=_iri(graph.value(iri, KOEPEL.decisionMode), MACHINE),
        shapes=tuple(sorted(_iris(graph.objects(iri, KOEPEL.checkedByShape)))),
        applies_when=next(iter(_iris(graph.objects(iri, KOEPEL.appliesWhen))), None),
    )


def _thresholds(graph: Graph, owner: URIRef) -> dict[URIRef, Threshold]:
    found = {}
    for node in graph.objects(owner, KOEPEL.threshold):
        parameter = graph.value(node, KOEPEL.parameter)
        if isinstance(parameter, URIRef):
            found[parameter] = _threshold(graph, node, parameter)
    return found


def _threshold(graph: Graph, node: Node, parameter: URIRef) -> Threshold:
    months = graph.value(node, KOEPEL.maximumAgeMonths)
    value = graph.value(node, KOEPEL.thresholdValue, default=months)
    if not isinstance(value, Literal | URIRef):
        raise InvalidDataError(
            "threshold-without-value",
            "The threshold for {parameter} has no value. Give it koepel:thresholdValue or "
            "koepel:maximumAgeMonths.",
            parameter=str(parameter),
        )
    return Threshold(
        parameter=parameter,
        fills=_iri(graph.value(parameter, KOEPEL.fills), SH.minInclusive),
        placeholder=str(graph.value(parameter, KOEPEL.placeholder)),
        value=value,
        months=None if months is None else int(str(months)),
    )


def _texts(graph: Graph, subject: Node, predicate: URIRef) -> Texts:
    literals = graph.objects(subject, predicate)
    return {one.language: str(one) for one in literals if isinstance(one, Literal) and one.language}


def _source(graph: Graph, subject: Node) -> str:
    parts = [graph.value(subject, DCTERMS.source), graph.value(subject, KOEPEL.locator)]
    return " ".join(str(part) for part in parts if part is not None)


def _iris(nodes: Iterable[Node]) -> tuple[URIRef, ...]:
    return tuple(sorted(node for node in nodes if isinstance(node, URIRef)))


def _iri(node: Node | None, default: URIRef) -> URIRef:
    return node if isinstance(node, URIRef) else default
