"""Runs SHACL shapes over a description; the only place that knows pySHACL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH

from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["Result", "validate"]


@dataclass(frozen=True)
class Result:
    """One finding of a validator, in the terms of SHACL §3.6."""

    focus: Node
    path: Node | None
    value: Node | None
    component: URIRef
    shape: Node
    severity: URIRef


def validate(data: Graph, shapes: Graph) -> tuple[Graph, tuple[Result, ...]]:
    """Check a description against shapes: the `sh:ValidationReport` and its results.

    Nothing is inferred, nothing imported, and the description stays as it is.
    """
    from pyshacl import validate as run  # 0.4 s to import: only when something is checked

    try:
        _, report, _ = run(
            data, shacl_graph=_own(shapes), inference="none", do_owl_imports=False, inplace=False
        )
    except ArithmeticError as error:  # it compares with Python's decimals, which refuse NaN
        raise InvalidDataError(
            "number-not-comparable",
            "The description holds NaN where a number belongs. Write numbers in figures, such as 2.5.",
        ) from error
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report graph: {report!r}")
    return report, results(report)


@lru_cache(maxsize=64)
def _own(shapes: Graph) -> Graph:
    """Copy shapes once, for pySHACL adds statements of its own to those that it is given.

    It looks at them more often than at the description, and this kind of memory answers faster.
    """
    own = Graph(store="SimpleMemory")
    for prefix, namespace in shapes.namespaces():
        own.bind(prefix, namespace)
    own += shapes
    return own


def results(report: Graph) -> tuple[Result, ...]:
    """Read the top-level results of a report graph; details of nested shapes are left out."""
    nodes = report.objects(report.value(None, RDF.type, SH.ValidationReport), SH.result)
    found = [_result(report, node) for node in nodes]
    return tuple(sorted(found, key=lambda one: (str(one.focus), str(one.shape), str(one.value))))


def _result(report: Graph, node: Node) -> Result:
    return Result(
        focus=_required(report, node, SH.focusNode),
        path=report.value(node, SH.resultPath),
        value=report.value(node, SH.value),
        component=URIRef(str(_required(report, node, SH.sourceConstraintComponent))),
        shape=_required(report, node, SH.sourceShape),
        severity=URIRef(str(_required(report, node, SH.resultSeverity))),
    )


def _required(report: Graph, node: Node, predicate: URIRef) -> Node:
    value = report.value(node, predicate)
    if value is None:
        raise ValueError(f"A validation result lacks {predicate}.")
    return value
