"""Whatever a publisher says, everybody who asks for it gets the same, in whichever format."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from registry.formats import Format
from registry.graph.embedded import EmbeddedStore
from registry.graph.label import relabel
from registry.ingest.canonical import canonicalise, to_graph
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.web.problem import NotAcceptableError
from registry.web.resource import FORMATS, write
from tests.registry.ingest.strategies import statements

GRAPH = "https://buddy.example/"


def kept(canonical: bytes) -> bytes:
    """Give what the graph holds of a document, which writes each number in one way."""
    store = EmbeddedStore.in_memory()
    store.replace(GRAPH, relabel(GRAPH, canonical))
    return canonicalise(ox.Dataset(ox.parse(store.contents(GRAPH), ox.RdfFormat.N_TRIPLES)))


def read_again(data: bytes, format_: Format) -> bytes:
    """Read an answer as if somebody had published it."""
    return read(data, media_type=format_.media_type, address=GRAPH, limits=Limits()).canonical


@pytest.mark.filterwarnings("ignore:Serializing weird numerical")
@pytest.mark.parametrize("format_", FORMATS)
@given(found=statements())
@settings(deadline=None)
def test_what_is_kept_is_given_unaltered(format_: Format, found: list[ox.Quad]) -> None:
    held = kept(canonicalise(ox.Dataset(found)))

    try:
        answer = bytes(write(to_graph(held, blank_prefix=""), format_).body)
    except NotAcceptableError:
        assert format_ is Format.RDF_XML  # XML has no way to write some characters
    else:
        assert kept(read_again(answer, format_)) == held


RARE = {
    "a property that ends in no name": '<#a> </> "" .',
    "a property that ends in a number": '<#a> </1> "" .',
    "things without a name that hold each other": "_:a <#b> _:c . _:c <#b> _:a .",
    "more than any number": '<#a> <#b> "INF"^^xsd:double .',
    "a kind that is a text": '<#a> a "" .',
    "a moment in Greenwich": '<#a> <#b> "2026-01-01T00:00:00Z"^^xsd:dateTime .',
}


@pytest.mark.parametrize("statement", RARE.values(), ids=RARE.keys())
@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_rarely_said_is_not_lost(format_: Format, statement: str) -> None:
    prefix = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    said = ox.Dataset(ox.parse(prefix + statement, ox.RdfFormat.TURTLE, base_iri=GRAPH))
    held = kept(canonicalise(said))

    answer = bytes(write(to_graph(held, blank_prefix=""), format_).body)

    assert kept(read_again(answer, format_)) == held


@pytest.mark.parametrize("property_", ["about", "ID", "Description"])
def test_what_a_format_cannot_say_is_told(property_: str) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    graph = to_graph(f'<a:b> <{rdf}{property_}> "" .'.encode(), blank_prefix="")

    with pytest.raises(NotAcceptableError, match="Take another format: text/turtle"):
        write(graph, Format.RDF_XML)
