"""Descriptions that nobody has written: any statements, in any format, with any change to their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import strategies as st

from registry.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OWN_TYPE", "XML_TEXT", "damaged", "renamed", "same_twice", "statements", "written"]

SPACE = "https://buddy.example/"
NAMES = ("a", "b", "c#d", "é", "%20", "e?f=1&g=2", "h/.i")
IRIS = st.sampled_from([ox.NamedNode(SPACE + name) for name in NAMES] + [ox.NamedNode("urn:uuid:1")])
#: RDF/XML writes a property as the name of an element.
PROPERTIES = st.sampled_from([ox.NamedNode(SPACE + name) for name in ("a", "b", "é", "h-i")])
#: Few enough that any of them can look alike: the canonical form of more may take minutes.
BLANK_NODES = st.sampled_from([ox.BlankNode(f"n{number}") for number in range(5)])
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
#: XML has no sign for most control characters, and reads a carriage return as the end of a line.
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)
#: rdflib complains about a value that is none of its datatype, so it gets only one that it does not know.
OWN_TYPE = st.just(ox.NamedNode(SPACE + "type"))
DATATYPES = OWN_TYPE | st.sampled_from(
    [ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}") for name in ("integer", "date", "decimal")]
)
LANGUAGES = st.sampled_from(["nl", "nl-BE", "ca-valencia", "EN"])
FORMATS = {
    Format.TURTLE: ox.RdfFormat.TURTLE,
    Format.JSON_LD: ox.RdfFormat.JSON_LD,
    Format.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    Format.N_QUADS: ox.RdfFormat.N_QUADS,
    Format.TRIG: ox.RdfFormat.TRIG,
    Format.RDF_XML: ox.RdfFormat.RDF_XML,
}


def statements(
    text: st.SearchStrategy[str] = TEXT, datatypes: st.SearchStrategy[ox.NamedNode] = DATATYPES
) -> st.SearchStrategy[list[ox.Quad]]:
    """Make any few statements, with things that have no name and look alike."""
    literals = st.one_of(
        st.builds(ox.Literal, text),
        st.builds(lambda value, tag: ox.Literal(value, language=tag), text, LANGUAGES),
        st.builds(lambda value, kind: ox.Literal(value, datatype=kind), text, datatypes),
    )
    one = st.builds(ox.Quad, IRIS | BLANK_NODES, PROPERTIES, IRIS | BLANK_NODES | literals)
    return st.lists(one, min_size=1, max_size=12)


@st.composite
def same_twice(draw: st.DrawFn) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Make statements twice: the second time in another order, under other labels, and with repetitions."""
    first = draw(statements())
    labels = draw(st.permutations(["x", "y", "z0", "c14n1", "c14n0"]))
    return first, renamed(draw(st.permutations(first)) + draw(st.lists(st.sampled_from(first))), labels)


def renamed(found: Iterable[ox.Quad], labels: list[str]) -> list[ox.Quad]:
    """Give the things without a name other labels."""

    def other(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
        return ox.BlankNode(labels[int(term.value[1:])]) if isinstance(term, ox.BlankNode) else term

    return [ox.Quad(other(one.subject), one.predicate, other(one.object)) for one in found]  # type: ignore[arg-type]


def written(found: Iterable[ox.Quad], format_: Format) -> bytes:
    """Write statements down as somebody's software would."""
    return ox.serialize((one.triple for one in found), format=FORMATS[format_]) or b""


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Damage a document as disks, editors and wires do: something is lost, doubled, moved or turned over."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        target = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["lose", "double", "cut", "turn"])):
            case "lose":
                del data[start:end]
            case "double":
                data[target:target] = data[start:end]
            case "cut":
                del data[start:]
            case _:
                data[start:end] = bytes(
                    byte ^ draw(st.sampled_from([1, 32, 128])) for byte in data[start:end]
                )
    return bytes(data)
