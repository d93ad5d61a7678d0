"""Two engines beside pySHACL, in the same terms, to show that the shapes mean the same to all three."""

import pyrudof
import pyshacl_turbo
from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from registry.validation.engine import Result, results, validate

__all__ = ["pyshacl_keys", "rudof_keys", "turbo", "turbo_keys"]

Key = tuple[str, str, str, str, str]
"""Focus, path, component, shape and severity; what has no lasting name is written as an underscore."""


def turbo(data: Graph, shapes: Graph) -> tuple[Graph, tuple[Result, ...]]:
    """Validate with pyshacl-turbo (Rust), which gives its report as pySHACL does."""
    _, report, _ = pyshacl_turbo.validate(data, shacl_graph=shapes, inference="none")
    return report, results(report)


def pyshacl_keys(data: Graph, shapes: Graph) -> list[Key]:
    """Validate with pySHACL, as the registry does."""
    return sorted(_key(one) for one in validate(data, shapes)[1])


def turbo_keys(data: Graph, shapes: Graph) -> list[Key]:
    """Validate with pyshacl-turbo."""
    return sorted(_key(one) for one in turbo(data, shapes)[1])


def rudof_keys(data: Graph, shapes: Graph) -> list[Key]:
    """Validate with rudof (Rust)."""
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data.serialize(format="turtle"))
    rudof.read_shacl(shapes.serialize(format="turtle"))
    return sorted(
        (
            _plain(one.focus_node),
            _plain(one.path),
            _plain(one.constraint_component).rpartition("#")[2],
            _plain(one.source_shape),
            str(one.severity),
        )
        for one in rudof.validate_shacl().violations
    )


def _key(result: Result) -> Key:
    return (
        _name(result.focus),
        _name(result.path),
        result.component.rpartition("#")[2],
        _name(result.shape),
        result.severity.removeprefix(str(SH)),
    )


def _name(node: Node | None) -> str:
    return str(node) if isinstance(node, URIRef) else "_"


def _plain(node: object) -> str:
    """Strip the signs of SPARQL; a path of several steps has no lasting name."""
    text = str(node).removeprefix("<").removesuffix(">")
    return "_" if node is None or text.startswith(("_:", "(")) else text
