"""From text to statements.

pyoxigraph reads every format: it loads nothing from elsewhere, and it hands over statements one at a time, so
that reading stops at the first one too many. rdflib never sees what a stranger wrote, because it fetches
contexts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.guard import Limits
from registry.ingest.nesting import broken_syntax, triple_term

__all__ = ["NO_BASE", "Parsed", "collect", "parse", "parse_apart"]

# Stands for "this document" where a document has no address. No IRI outside it can be meant by it.
NO_BASE = "relative://document/"
NO_BASE_SCHEME = "relative:"
PARSERS = {
    Format.TURTLE: ox.RdfFormat.TURTLE,
    Format.JSON_LD: ox.RdfFormat.JSON_LD,
    Format.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    Format.N_QUADS: ox.RdfFormat.N_QUADS,
    Format.TRIG: ox.RdfFormat.TRIG,
    Format.RDF_XML: ox.RdfFormat.RDF_XML,
}
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MARKED_UP = {RDF + "HTML", RDF + "XMLLiteral"}  # rdflib would parse them when it meets them
PLACE = re.compile(r"Parser error (?:at|between) .*?: |\s*\(line \d+\)$")


@dataclass(frozen=True)
class Parsed:
    """The statements of a document, in one graph, and how many graphs they came from beside the main one."""

    dataset: ox.Dataset
    named_graphs: int


def parse(
    text: str, format_: Format, *, base: str | None, limits: Limits, own_labels: bool = False
) -> Parsed:
    """Read the statements of a document; with `own_labels`, its blank nodes share none with another text.

    >>> parse("<> a <#Project> .", Format.TURTLE, base="https://buddy.example/", limits=Limits()).named_graphs
    0
    """
    parsed = collect(_quads(text, format_, base, own_labels=own_labels), limits)
    if len(parsed.dataset) == 0:
        raise InvalidDataError(
            "no-statements",
            "The document is valid {format}, but it states nothing. In JSON-LD this is so when the @context "
            "does not explain the names. Check the file and publish it again.",
            format=format_.label,
        )
    return parsed


def parse_apart(
    text: str, format_: Format, *, base: str | None, limits: Limits
) -> tuple[ox.Dataset, dict[str, ox.Dataset]]:
    """Read the statements of a document with several graphs: the main one, and the others by name."""
    parts = {"": ox.Dataset()}
    for quad in _counted(_quads(text, format_, base, own_labels=False), limits):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        parts.setdefault(name, ox.Dataset()).add(_without_graph(quad))
    return parts.pop(""), parts


def collect(quads: Iterable[ox.Quad], limits: Limits) -> Parsed:
    """Bring statements together, as many as may be and each of which can be kept.

    A document describes one thing from one point of view, so statements in named graphs join the others.
    """
    dataset = ox.Dataset()
    graphs: set[str] = set()
    for quad in _counted(quads, limits):
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            graphs.add(quad.graph_name.value)
        dataset.add(_without_graph(quad))
    return Parsed(dataset, len(graphs))


def _without_graph(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _counted(quads: Iterable[ox.Quad], limits: Limits) -> Iterator[ox.Quad]:
    count = _Count(limits)
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            count.term(term)
        count.statement()
        yield quad


def _quads(text: str, format_: Format, base: str | None, *, own_labels: bool) -> Iterator[ox.Quad]:
    try:
        quads = ox.parse(text, PARSERS[format_], base_iri=base or NO_BASE, rename_blank_nodes=own_labels)
    except ValueError as error:
        raise InvalidDataError(
            "address-unusable",
            "The address {base} is not a valid IRI: {reason}. Give the address in full, with signs such as "
            "spaces written as %20.",
            base=str(base),
            reason=str(error),
        ) from error
    try:
        yield from quads
    except SyntaxError as error:
        raise _syntax_error(error, format_, text) from error


def _syntax_error(error: SyntaxError, format_: Format, text: str) -> InvalidDataError:
    reason = PLACE.sub("", str(error)).rstrip(".")
    # JSON-LD was rewritten after its syntax had been checked, so a place in it means nothing to its author.
    if error.lineno and format_ is not Format.JSON_LD:
        return broken_syntax(format_, text, error.lineno, error.offset or 1, reason)
    return InvalidDataError(
        "meaning-broken",
        "The document is well-formed, but not valid {format}: {reason}. Correct it and publish the file "
        "again.",
        format=format_.label,
        reason=reason,
    )


class _Count:
    """Keeps count while statements come in, and stops the reading at the first limit that is passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.statements = 0
        self._blank_nodes: set[str] = set()
        self._characters = 0

    def statement(self) -> None:
        """Count one statement."""
        self.statements += 1
        if self.statements > self.limits.statements:
            raise InvalidDataError(
                "too-many-statements",
                "The document holds more than {limit} statements, which is the most that is read. "
                "Split it into several documents and register each of them.",
                limit=self.limits.statements,
            )

    def term(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> None:
        """Count one part of a statement, and refuse what cannot be kept."""
        match term:
            case ox.NamedNode():
                self._iri(term.value)
            case ox.BlankNode():
                self._blank_node(term.value)
            case ox.Literal():
                self._literal(term)
            case _:
                raise triple_term(1, 1)

    def _blank_node(self, label: str) -> None:
        self._blank_nodes.add(label)
        if len(self._blank_nodes) > self.limits.blank_nodes:
            raise InvalidDataError(
                "too-many-blank-nodes",
                "The document holds more than {limit} things without a name (blank nodes). "
                "Give them names (IRIs) of their own.",
                limit=self.limits.blank_nodes,
            )

    def _iri(self, iri: str) -> None:
        self._weigh(iri)
        if len(iri) > self.limits.iri_characters:
            raise InvalidDataError(
                "iri-too-long",
                "The document holds an IRI of more than {limit} characters, which begins with {iri}. "
                "Shorten it.",
                limit=self.limits.iri_characters,
                iri=iri[:80],
            )
        if iri.startswith(NO_BASE_SCHEME):
            raise InvalidDataError(
                "iri-relative",
                "The document holds the relative IRI <{iri}>, and nothing says what it is relative to. "
                "State a base (@base in Turtle and JSON-LD, xml:base in RDF/XML) or write the IRI out.",
                iri=iri.removeprefix(NO_BASE),
            )

    def _literal(self, literal: ox.Literal) -> None:
        self._weigh(literal.value)
        self._iri(literal.datatype.value)
        marked_up = literal.datatype.value in MARKED_UP or literal.direction is not None
        if marked_up or "\0" in literal.value:
            raise InvalidDataError(
                "literal-not-accepted",
                "The text {text} is marked up as HTML or XML, has a base direction or holds a null "
                "character. Only plain text is accepted; write it as such, with a language tag.",
                text=literal.value[:80],
            )

    def _weigh(self, text: str) -> None:
        """Bound what short names and bases expand to: a prefix is written once and counts each time."""
        self._characters += len(text)
        if self._characters > self.limits.expanded_bytes:
            raise InvalidDataError(
                "expands-too-far",
                "Written out, the statements of the document take more than {limit} characters. "
                "Use shorter IRIs, or split the document.",
                limit=self.limits.expanded_bytes,
            )
