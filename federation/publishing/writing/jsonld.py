"""JSON-LD that explains itself: every prefix that it uses stands in it, so no context has to be fetched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rdflib import RDF, Literal, URIRef

from federation.publishing.writing.nesting import Layout, shorten, spaces

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["embed", "write_json_ld"]

#: A page ends a script at `</script` and changes its mind at `<!--`, whatever stands around them; some
#: programs take the last two for line ends (HTML, section 4.12.1.3).
UNSAFE_IN_PAGES: Final = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def write_json_ld(graph: Graph, first: str) -> str:
    """Write a description as JSON-LD, in names with prefixes, the document first.

    >>> from rdflib import Graph
    >>> from rdflib.namespace import DCTERMS
    >>> graph = Graph().add((URIRef("https://b.example/"), DCTERMS.title, Literal("Brug", lang="nl")))
    >>> json.loads(write_json_ld(graph, "https://b.example/"))["@graph"][0]["dct:title"]
    {'@value': 'Brug', '@language': 'nl'}
    """
    writer = _Writer(graph, first)
    things = [writer.thing(one) for one in writer.layout.subjects]
    used = {name.partition(":")[0] for name in _names(things)}
    context = {prefix: space for prefix, space in spaces().items() if prefix in used} if writer.short else {}
    return json.dumps({"@context": context, "@graph": things}, ensure_ascii=False, indent=2) + "\n"


def embed(json_ld: str) -> str:
    r"""Write JSON so that it can stand inside a script element of a page and cannot end it.

    >>> embed('{"name": "</script>"}')
    '{"name": "\\u003c/script\\u003e"}'
    """
    return "".join(UNSAFE_IN_PAGES.get(one, one) for one in json_ld)


class _Writer:
    def __init__(self, graph: Graph, first: str) -> None:
        self.layout = Layout(graph, first)
        schemes = {
            str(one).partition(":")[0] for triple in graph for one in triple if isinstance(one, URIRef)
        }
        self.short = schemes.isdisjoint(spaces())  # else `schema:x` could be a name of its own

    def thing(self, subject: Node) -> dict[str, Any]:
        written: dict[str, Any] = {} if subject in self.layout.inside else {"@id": self.name(subject)}
        for one in self.layout.properties(subject):
            values = [self._value(one, value) for value in self.layout.graph.objects(subject, one)]
            ordered = sorted(values, key=lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True))
            name = "@type" if one == RDF.type else self.name(one)
            written[name] = ordered[0] if len(ordered) == 1 else ordered
        return written

    def name(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return (shorten(node) if self.short else "") or str(node)
        return f"_:{self.layout.labels[node]}"

    def _value(self, property_: URIRef, value: Node) -> Any:
        if isinstance(value, Literal):
            typed = {"@type": self.name(value.datatype)} if value.datatype else {}
            tongue = {"@language": value.language} if value.language else {}
            return {"@value": str(value), **typed, **tongue} if typed or tongue else str(value)
        if property_ == RDF.type:
            return self.name(value)
        return self.thing(value) if value in self.layout.inside else {"@id": self.name(value)}


def _names(part: Any) -> set[str]:
    """Gather all names with a prefix; too many do no harm, too few would change the meaning."""
    if isinstance(part, dict):
        return set(part) | {name for one in part.values() for name in _names(one)}
    if isinstance(part, list):
        return {name for one in part for name in _names(one)}
    return {part} if isinstance(part, str) else set()
