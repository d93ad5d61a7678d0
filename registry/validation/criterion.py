"""Criteria, and how a requirement uses them: at which level, decided how, with which thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, SH, SKOS

from registry.errors import InvalidDataError
from registry.validation.version import FIRST, Texts, read_texts
from registry.vocabulary import CODE, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

__all__ = [
    "ADDITIONAL",
    "BASIC",
    "EVIDENCE",
    "MACHINE",
    "PERSON",
    "Criterion",
    "CriterionUse",
    "Threshold",
    "iris",
    "read_source",
    "read_uses",
]

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
    since: str = FIRST
    """The version of the standard from which on it counts."""
    until: str = ""
    """The first version in which it no longer counts; empty while it does."""


def read_uses(graph: Graph, iri: URIRef, judges: tuple[URIRef, ...]) -> Iterable[CriterionUse]:
    """Yield the use itself, or one use per intensity profile when it follows the intensity."""
    own = _thresholds(graph, iri)
    if graph.value(iri, KOEPEL.followsIntensity) != Literal(True):
        yield _use(graph, iri, iri, judges, own, ())
        return
    for profile in sorted(iris(graph.subjects(RDF.type, KOEPEL.IntensityProfile))):
        thresholds = {**_thresholds(graph, profile), **own}
        conditions = iris(graph.objects(profile, KOEPEL.appliesWhen))
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
    needed = iris({one for shape in criterion.shapes for one in graph.objects(shape, KOEPEL.parameter)})
    missing = [one for one in needed if one not in thresholds]
    if missing:
        raise InvalidDataError(
            "threshold-missing",
            "{use} leaves open {parameters}. Add a koepel:threshold for each, or "
            "koepel:followsIntensity true.",
            use=str(source),
            parameters=", ".join(missing),
        )
    own_conditions = iris(graph.objects(source, KOEPEL.appliesWhen))
    shared = (criterion.applies_when,) if criterion.applies_when else ()
    return CriterionUse(
        iri=name,
        criterion=criterion,
        level=_iri(graph.value(source, KOEPEL.level), criterion.level),
        mode=_iri(graph.value(source, KOEPEL.decisionMode), criterion.mode),
        judges=iris(graph.objects(source, KOEPEL.judges)) or judges,
        conditions=tuple(sorted({*conditions, *own_conditions, *shared})),
        thresholds=tuple(thresholds[one] for one in needed),
        source=read_source(graph, source),
    )


def _criterion(graph: Graph, iri: URIRef) -> Criterion:
    return Criterion(
        iri=iri,
        identifier=str(graph.value(iri, DCTERMS.identifier)),
        names=read_texts(graph, iri, SKOS.prefLabel),
        suggestions=read_texts(graph, iri, KOEPEL.suggestion),
        snippet=str(graph.value(iri, KOEPEL.snippet) or ""),
        level=_iri(graph.value(iri, KOEPEL.level), BASIC),
        mode=_iri(graph.value(iri, KOEPEL.decisionMode), MACHINE),
        shapes=tuple(sorted(iris(graph.objects(iri, KOEPEL.checkedByShape)))),
        applies_when=next(iter(iris(graph.objects(iri, KOEPEL.appliesWhen))), None),
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


def read_source(graph: Graph, subject: Node) -> str:
    """Name the publication that something rests on, and the place in it."""
    parts = [graph.value(subject, DCTERMS.source), graph.value(subject, KOEPEL.locator)]
    return " ".join(str(part) for part in parts if part is not None)


def iris(nodes: Iterable[Node]) -> tuple[URIRef, ...]:
    """Keep what has a name, in alphabetical order."""
    return tuple(sorted(node for node in nodes if isinstance(node, URIRef)))


def _iri(node: Node | None, default: URIRef) -> URIRef:
    return node if isinstance(node, URIRef) else default
