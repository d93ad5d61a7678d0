"""One self-contained SHACL Core file per standard, with thresholds and messages filled in.

The criteria library holds every check once and leaves its thresholds open. Here a
standard and the library become plain SHACL Core that anybody's validator can run:
no SPARQL, no imports, no koepel: shape terms needed to understand it.

A check that holds only under conditions becomes
`sh:or ( [ sh:not condition ] … check )`, because SHACL Core has no conditional
target (SHACL §2.1.3 knows classes, nodes, subjects and objects only).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, SH, XSD

from registry.validation.standard import ADDITIONAL, BASIC, EVIDENCE
from registry.vocabulary import KOEPEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from registry.validation.standard import CriterionUse, Library, Standard, Threshold

__all__ = ["Check", "Composition", "Union", "compose", "fill", "months_before", "unite"]

SEVERITIES = {BASIC: SH.Violation, ADDITIONAL: SH.Warning}
"""An unmet basic criterion blocks; an additional one advises."""
TEXTS = frozenset(
    {
        DCTERMS.title,
        OWL.versionInfo,
        RDFS.comment,
        RDFS.label,
        RDFS.seeAlso,
        SH.description,
        SH.message,
        SH.name,
    }
)
"""What is in a composition for people to read."""


@dataclass(frozen=True)
class Check:
    """One composed shape, and the use of a criterion that it serves."""

    use: CriterionUse
    shape: URIRef
    """The shape in the library."""
    path: Node | None
    asks_evidence: bool
    """True when a result means: the claim is there, its document is not."""
    essence: tuple[object, ...]
    """What decides about the results: checks in which it is equal find the same."""


@dataclass(frozen=True, eq=False)
class Composition:
    """A standard as SHACL Core, with the way back from each shape to its criterion."""

    shapes: Graph
    checks: dict[URIRef, Check]
    conditions: Graph
    """Shapes that fail on things for which a condition does not hold."""
    conditional: dict[URIRef, list[CriterionUse]]
    """For each of these shapes, the uses that do not apply where it fails."""


@lru_cache(maxsize=64)
def compose(library: Library, standard: Standard, on: date) -> Composition:
    """Turn a standard into SHACL Core as it holds on a day.

    The day matters for greatest ages ("revised in the last 36 months"), which become dates, and for the
    version that counts, unless the standard was chosen at one.
    """
    standard = standard.counting(on)
    composition = Composition(_empty(standard), {}, _empty(standard), {})
    if standard.version:
        composition.shapes.add((standard.iri, OWL.versionInfo, Literal(standard.version.number)))
    for language, title in standard.titles.items():
        composition.shapes.add((standard.iri, DCTERMS.title, Literal(title, lang=language)))
    for use in standard.uses:
        for shape in use.criterion.shapes:
            _add_check(composition, library.graph, use, shape, on)
        for condition in use.conditions:
            _add_condition(composition, library.graph, use, condition)
    return composition


@dataclass(frozen=True, eq=False)
class Union:
    """Several standards in one graph, in which each check stands once."""

    shapes: Graph
    twins: dict[URIRef, URIRef]
    """For every check of the standards, the one whose results are also its own."""


@lru_cache(maxsize=64)
def unite(compositions: tuple[Composition, ...]) -> Union:
    """Put the checks and conditions of several standards into one graph, without the texts for people.

    A validator that runs it finds what it finds with each of them, in half the time.
    """
    union, first = Union(Graph(), {}), dict[tuple[object, ...], URIRef]()
    for composition in compositions:
        for graph in (composition.shapes, composition.conditions):
            for statement in graph:
                if statement[1] not in TEXTS:
                    union.shapes.add(statement)
        for name, check in composition.checks.items():
            union.twins[name] = first.setdefault(check.essence, name)
    for name, twin in union.twins.items():
        if name != twin:  # without a target it is never run
            union.shapes.remove((name, SH.targetClass, None))
            union.shapes.remove((None, SH.property, name))
    return union


def _empty(standard: Standard) -> Graph:
    graph = Graph()
    graph.bind("koepel", KOEPEL)
    graph.bind("sh", SH)
    graph.bind(standard.token, str(standard.iri).rsplit("#", 1)[0] + "#")
    return graph


def _add_check(composition: Composition, source: Graph, use: CriterionUse, shape: URIRef, on: date) -> None:
    shapes = composition.shapes
    name = URIRef(f"{use.iri}{str(shape).removeprefix(str(use.criterion.iri))}")
    is_property = (shape, RDF.type, SH.PropertyShape) in source
    inner = name if is_property and not use.conditions else URIRef(f"{name}-check")
    _transcribe(shapes, source, shape, inner)
    parameters = set(source.objects(shape, KOEPEL.parameter))
    filled = [(one.fills, _value(one, on)) for one in use.thresholds if one.parameter in parameters]
    for fills, value in filled:
        shapes.add((inner, fills, value))
    messages = {
        one.language: str(one) for one in source.objects(shape, SH.message) if isinstance(one, Literal)
    }
    shapes.remove((inner, SH.message, None))
    _place(shapes, source, use, name, inner)
    _describe(shapes, use, name, messages)
    composition.checks[name] = Check(
        use=use,
        shape=shape,
        path=source.value(shape, SH.path),
        asks_evidence=source.value(shape, KOEPEL.decisionMode) == EVIDENCE,
        essence=(shape, frozenset(filled), frozenset(use.conditions), frozenset(use.judges)),
    )


def _place(shapes: Graph, source: Graph, use: CriterionUse, name: URIRef, inner: URIRef) -> None:
    """Give a shape its target: gathered with others, alone, or guarded by its conditions.

    A node shape stands behind `sh:node`, so that each result names the check and no nested shape.
    """
    is_property = (inner, RDF.type, SH.PropertyShape) in shapes
    if not use.conditions and is_property:
        gathering = URIRef(f"{use.iri.rsplit('#', 1)[0]}#{_class_names(use)}-shape")
        shapes.add((_target(shapes, gathering, use), SH.property, name))
        return
    _target(shapes, name, use)
    if not use.conditions:
        shapes.add((name, SH.node, inner))
    else:
        choices: list[Node] = [_negation(shapes, source, condition) for condition in use.conditions]
        choices.append(_holder(shapes, inner) if is_property else inner)
        start = BNode()
        Collection(shapes, start, choices)
        shapes.add((name, SH["or"], start))


def _describe(shapes: Graph, use: CriterionUse, name: URIRef, messages: Mapping[str | None, str]) -> None:
    """Say in every language what a shape asks, what its failing means, and how to mend it."""
    is_property = (name, RDF.type, SH.PropertyShape) in shapes
    for predicate, texts in (
        (SH.message, messages),
        (SH.name if is_property else RDFS.label, use.criterion.names),
        (SH.description if is_property else RDFS.comment, use.criterion.suggestions),
    ):
        for language, text in texts.items():
            filled = fill(text, use.thresholds, language or "en")
            shapes.add((name, predicate, Literal(filled, lang=language)))
    shapes.set((name, SH.severity, SEVERITIES[use.level]))
    shapes.set((name, RDFS.seeAlso, use.criterion.iri))


def _target(shapes: Graph, node: URIRef, use: CriterionUse) -> URIRef:
    shapes.add((node, RDF.type, SH.NodeShape))
    for judged in use.judges:
        shapes.add((node, SH.targetClass, judged))
    return node


def _holder(shapes: Graph, name: URIRef) -> BNode:
    node = BNode()
    shapes.add((node, RDF.type, SH.NodeShape))
    shapes.add((node, SH.property, name))
    return node


def _negation(shapes: Graph, source: Graph, condition: URIRef) -> BNode:
    node = BNode()
    shapes.add((node, RDF.type, SH.NodeShape))
    shapes.add((node, SH["not"], condition))
    _transcribe(shapes, source, condition, condition)
    return node


def _add_condition(composition: Composition, source: Graph, use: CriterionUse, condition: URIRef) -> None:
    """Let a condition be looked at once for all the uses that share it."""
    node = _target(composition.conditions, URIRef(f"{condition}-of-{_class_names(use)}"), use)
    composition.conditions.add((node, SH.node, condition))
    _transcribe(composition.conditions, source, condition, condition)
    composition.conditional.setdefault(node, []).append(use)


def _class_names(use: CriterionUse) -> str:
    return "-".join(one.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for one in use.judges)


def _transcribe(shapes: Graph, source: Graph, subject: Node, name: Node) -> None:
    """Copy the SHACL triples of a shape, and of all shapes and lists it leans on."""
    if (name, None, None) in shapes:
        return
    for predicate, value in source.predicate_objects(subject):
        if str(predicate).startswith(str(KOEPEL)):
            continue
        shapes.add((name, predicate, value))
        if isinstance(value, BNode) or _is_shape(source, value):
            _transcribe(shapes, source, value, value)


def _is_shape(graph: Graph, node: Node) -> bool:
    return any((node, RDF.type, kind) in graph for kind in (SH.NodeShape, SH.PropertyShape))


def _value(threshold: Threshold, on: date) -> Literal | URIRef:
    if threshold.months is None:
        return threshold.value
    return Literal(months_before(on, threshold.months), datatype=XSD.date)


def months_before(day: date, months: int) -> date:
    """Count whole months back from a day; a last of the month stays inside its month.

    >>> months_before(date(2028, 2, 29), 12)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fill(text: str, thresholds: tuple[Threshold, ...], language: str) -> str:
    """Put the thresholds of a standard into a text, with numbers as the reader's language writes them."""
    for threshold in thresholds:
        gap = "{" + threshold.placeholder + "}"
        if gap in text and not isinstance(threshold.value, URIRef):  # a code is compared, not written
            text = text.replace(gap, format_decimal(Decimal(str(threshold.value)), locale=language))
    return text
