"""Turtle as a person would write it: short names, parts inside each other, always in the same order."""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, Literal, URIRef

from federation.publishing.writing.nesting import Layout, shorten, spaces

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["write_turtle"]

PLAIN: Final = {
    XSD.boolean: re.compile(r"true|false"),
    XSD.decimal: re.compile(r"[+-]?\d*\.\d+"),
    XSD.integer: re.compile(r"[+-]?\d+"),
}
ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
PREFIX: Final = re.compile(r"(?<![\w.-])([A-Za-z][\w-]*):")
NOT_NAMES: Final = re.compile(r'<[^<>]*>|"(?:[^"\\]|\\.)*"')


def write_turtle(graph: Graph, base: str, *, header: bool = True) -> str:
    r"""Write a description down, with names relative to its own address.

    >>> from rdflib import Graph, Literal
    >>> from rdflib.namespace import DCTERMS
    >>> graph = Graph().add((URIRef("https://b.example/#p"), DCTERMS.title, Literal("Brug\n", lang="nl")))
    >>> print(write_turtle(graph, "https://b.example/"), end="")
    @base <https://b.example/> .
    @prefix dct: <http://purl.org/dc/terms/> .
    <BLANKLINE>
    <#p> dct:title "Brug\n"@nl .
    """
    writer = _Writer(graph, base)
    body = "\n".join(writer.thing(one) for one in writer.layout.subjects)
    if not header:
        return body
    used = set(PREFIX.findall(NOT_NAMES.sub(" ", body)))
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in spaces().items() if name in used)
    return f"@base <{base}> .\n{prefixes}\n{body}"


class _Writer:
    def __init__(self, graph: Graph, base: str) -> None:
        self.base = base
        self.layout = Layout(graph, base)

    def thing(self, subject: Node) -> str:
        return f"{self.term(subject)} {indent(self._lines(subject), '  ').lstrip()} .\n"

    def term(self, node: Node) -> str:
        if isinstance(node, Literal):
            return self._literal(node)
        if isinstance(node, URIRef):
            return self._iri(node)
        if node in self.layout.inside:
            return (
                f"[\n{indent(self._lines(node), '  ')}\n]"
                if (node, None, None) in self.layout.graph
                else "[]"
            )
        return f"_:{self.layout.labels[node]}"

    def _lines(self, subject: Node) -> str:
        graph = self.layout.graph
        found = []
        for one in self.layout.properties(subject):
            values = sorted(self.term(value) for value in graph.objects(subject, one))
            name = "a" if one == RDF.type else self._iri(one)
            long = len(values) > 1 and any("\n" in value or len(value) > 60 for value in values)
            joined = ",\n".join(values) if long else ", ".join(values)
            found.append(f"{name}\n{indent(joined, '  ')}" if long else f"{name} {joined}")
        return " ;\n".join(found)

    def _iri(self, iri: URIRef) -> str:
        if str(iri) == self.base or iri.startswith(self.base + "#"):
            return f"<{_escape_iri(iri.removeprefix(self.base))}>"
        return shorten(iri) or f"<{_escape_iri(iri)}>"

    def _literal(self, literal: Literal) -> str:
        plain = PLAIN.get(literal.datatype) if literal.datatype else None
        if plain and plain.fullmatch(str(literal)):
            return str(literal)
        text = f'"{"".join(_escape(one) for one in str(literal))}"'
        if literal.language:
            return f"{text}@{literal.language}"
        return f"{text}^^{self._iri(literal.datatype)}" if literal.datatype else text


def _escape(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    return (
        f"\\u{ord(character):04X}" if not character.isprintable() and ord(character) <= 0xFFFF else character
    )


def _escape_iri(iri: str) -> str:
    return "".join(f"\\u{ord(one):04X}" if one in '<>"{}|^`\\' or one <= " " else one for one in iri)
