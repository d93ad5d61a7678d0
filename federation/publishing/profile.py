"""A description made from answers, and the answers found in a description.

The description is what a coordinator would write: a document about one project and the organisation behind
it, with the parts of the project inside. What is answered about one part stands in one part, but for
screening steps, support, policies, funds and matching rules: there each choice is a thing of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG

from federation.publishing.asking.field import STEP, Field, fields, node_class, term_name
from registry.check import PROFILE
from registry.validation.standard import load_library
from registry.vocabulary import CODE, KOEPEL, Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rdflib.term import Node

__all__ = ["Loss", "document_of", "initiatives", "read_profile", "what_is_lost", "write_profile"]

PROJECT, ORGANISATION = "#project", "#organisation"
#: Each choice here is a thing of its own, with a date or a document that can be added to it.
APART: Final = {
    KOEPEL.funding,
    KOEPEL.matchingRule,
    KOEPEL.policy,
    KOEPEL.screening,
    KOEPEL.supportOffer,
}


@dataclass(frozen=True)
class Loss:
    """Something in a description that answers cannot hold: the way to it, and the value there."""

    path: tuple[str, ...]
    value: str

    @property
    def is_told(self) -> bool:
        """Whether it tells readers something; that there is a part, and of which kind, its values say."""
        return bool(self.value) and self.path[-1] != str(RDF.type)

    def tell(self, language: str) -> str:
        """Name it for a reader."""
        way = STEP.join(term_name(URIRef(one), language) for one in self.path)
        value = Labels().label(self.value, language) if self.value in CODE else self.value
        return f"{way}: {value}"


def write_profile(address: str, answers: Mapping[Field, Sequence[Node]]) -> Graph:
    """Make the description of one project, to be published at an address.

    >>> graph = write_profile(
    ...     "https://buddy.example/bridge", {fields()["title"]: [Literal("Brug", lang="nl")]}
    ... )
    >>> str(next(graph.subjects(RDF.type, KOEPEL.Project)))
    'https://buddy.example/bridge#project'
    """
    graph = Graph()
    document, project = URIRef(address), URIRef(address + PROJECT)
    graph.add((document, RDF.type, FOAF.Document))
    graph.add((document, FOAF.primaryTopic, project))
    graph.add((project, RDF.type, KOEPEL.Project))
    nodes: dict[tuple[URIRef, ...], list[Node]] = {}
    for field in sorted(answers, key=_publisher_first):
        for value in answers[field]:
            _place(graph, address, field, value, nodes)
    for shared in (DCTERMS.title, DCTERMS.publisher, DCTERMS.modified):
        for value in graph.objects(project, shared):
            graph.add((document, shared, value))
    return graph


def read_profile(graph: Graph, project: Node) -> dict[Field, list[Node]]:
    """Find the answers in a description, in the order of the questions."""
    found: dict[Field, list[Node]] = {}
    for field in fields().values():
        values = {value for value in _follow(graph, project, field.path) if _fits(field, value)}
        if values:
            found[field] = sorted(values, key=lambda one: (str(getattr(one, "language", "")), str(one)))
    return found


def initiatives(graph: Graph) -> tuple[URIRef, ...]:
    """List the projects and programmes that a description is about, its main subject first."""
    judged = load_library().standard(PROFILE).judges
    found = {one for kind in judged for one in graph.subjects(RDF.type, kind) if isinstance(one, URIRef)}
    main = set(graph.objects(None, FOAF.primaryTopic))
    return tuple(sorted(found, key=lambda one: (one not in main, one)))


def document_of(graph: Graph, default: str) -> str:
    """Tell at which address a description stands: the one that it gives itself."""
    own = {str(one) for one in graph.subjects(FOAF.primaryTopic) if isinstance(one, URIRef)}
    return own.pop().partition("#")[0] if len(own) == 1 else default


def what_is_lost(original: Graph, kept: Graph, address: str) -> list[Loss]:
    """List what a description says that another, made from its answers, does not; one line for each value.

    Things without a name are compared by the way that leads to them, numbers by what they are worth.
    """
    lost = Counter(_signatures(original)) - Counter(_signatures(kept))
    return sorted(
        (Loss(path, value.removeprefix(address)) for _, path, value in lost.elements()),
        key=lambda one: (one.path, one.value),
    )


def _publisher_first(field: Field) -> tuple[bool, int]:
    """A named publisher decides whether there is an organisation to describe here."""
    return (field.path != (DCTERMS.publisher,), list(fields().values()).index(field))


def _place(
    graph: Graph, address: str, field: Field, value: Node, nodes: dict[tuple[URIRef, ...], list[Node]]
) -> None:
    here: Node = URIRef(address + PROJECT)
    for depth, step in enumerate(field.path[:-1], start=1):
        way = field.path[:depth]
        known = nodes.setdefault(way, [])
        if not known or (step in APART and depth == len(field.path) - 1):
            known.append(_part(graph, address, here, step))
        here = known[-1]
    if not (field.path[0] == DCTERMS.publisher and len(field.path) > 1 and not _own(here, address)):
        graph.add((here, field.path[-1], value))


def _part(graph: Graph, address: str, owner: Node, step: URIRef) -> Node:
    """Make the thing to which a step leads; an organisation has a name, other parts need none."""
    named = next(iter(graph.objects(owner, step)), None) if step == DCTERMS.publisher else None
    if named is not None and not _own(named, address):
        return named
    part: Node = URIRef(address + ORGANISATION) if step == DCTERMS.publisher else BNode()
    graph.add((owner, step, part))
    if (kind := node_class(step)) is not None:
        graph.add((part, RDF.type, kind))
    return part


def _own(node: Node, address: str) -> bool:
    return str(node).startswith(address + "#")


def _follow(graph: Graph, start: Node, path: Iterable[URIRef]) -> set[Node]:
    reached = {start}
    for step in path:
        reached = {value for node in reached for value in graph.objects(node, step)}
    return reached


def _fits(field: Field, value: Node) -> bool:
    """Tell whether a value is one that an answer could be."""
    if field.path == (DCTERMS.publisher,):
        return isinstance(value, URIRef) and not value.endswith(ORGANISATION)
    texts = {ORG.Organization}
    return value not in texts and isinstance(value, Literal | URIRef)


def _signatures(graph: Graph) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Describe each statement without the names that parts do not have."""
    for subject in set(graph.subjects()):
        if isinstance(subject, URIRef) or not any(True for _ in graph.subjects(None, subject)):
            yield from _below(
                graph, subject, str(subject) if isinstance(subject, URIRef) else "", (), frozenset()
            )


def _below(
    graph: Graph, node: Node, root: str, way: tuple[str, ...], passed: frozenset[Node]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for predicate, value in graph.predicate_objects(node):
        path = (*way, str(predicate))
        if isinstance(value, BNode) and value not in passed:
            yield root, path, ""
            yield from _below(graph, value, root, path, passed | {value})
        else:
            yield root, path, _worth(value)


def _worth(value: Node) -> str:
    if isinstance(value, Literal) and value.datatype in {XSD.decimal, XSD.integer}:
        try:
            return f"{Decimal(str(value)).normalize():f}"
        except InvalidOperation:
            return str(value)
    tag = getattr(value, "language", None)
    return f"{value} ({tag})" if tag else str(value)
