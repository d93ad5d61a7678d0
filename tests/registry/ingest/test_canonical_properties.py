"""The canonical form of statements that nobody thought of."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from rdflib.compare import isomorphic

from registry.formats import Format
from registry.graph.embedded import EmbeddedStore
from registry.graph.label import relabel
from registry.ingest.canonical import canonicalise, to_graph
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from tests.registry.ingest.strategies import OWN_TYPE, XML_TEXT, same_twice, statements, written

ADDRESS = "https://buddy.example/profile"
GRAPH = "https://buddy.example/"


def canonical(found: list[ox.Quad]) -> bytes:
    """Give the canonical form of statements."""
    return canonicalise(ox.Dataset(found))


def ingested(data: bytes, format_: Format) -> bytes:
    """Give the canonical form of a document as ingest reads it."""
    return read(data, media_type=format_.media_type, address=ADDRESS, limits=Limits()).canonical


@given(same_twice())
@settings(deadline=None)
def test_neither_order_nor_labels_nor_repetition_change_the_form(
    twice: tuple[list[ox.Quad], list[ox.Quad]],
) -> None:
    first, second = twice

    assert canonical(first) == canonical(second)


@given(statements())
@settings(deadline=None)
def test_the_form_of_the_form_is_itself(found: list[ox.Quad]) -> None:
    form = canonical(found)

    assert canonical(list(ox.parse(form, ox.RdfFormat.N_QUADS))) == form


@given(statements(datatypes=OWN_TYPE), statements(datatypes=OWN_TYPE))
@settings(deadline=None)
def test_two_descriptions_share_a_form_only_when_they_say_the_same(
    first: list[ox.Quad], second: list[ox.Quad]
) -> None:
    one, other = canonical(first), canonical(second[:2] + first[2:])

    same = isomorphic(to_graph(one, blank_prefix="a"), to_graph(other, blank_prefix="b"))

    assert same == (one == other)


@pytest.mark.parametrize("format_", [one for one in Format if one is not Format.RDF_XML])
@given(found=statements())
@settings(deadline=None)
def test_whatever_the_format_the_same_is_read(format_: Format, found: list[ox.Quad]) -> None:
    assert ingested(written(found, format_), format_) == canonical(found)


@given(statements(XML_TEXT))
@settings(deadline=None)
def test_rdf_xml_says_the_same_as_far_as_xml_has_the_characters(found: list[ox.Quad]) -> None:
    assert ingested(written(found, Format.RDF_XML), Format.RDF_XML) == canonical(found)


@given(statements(datatypes=OWN_TYPE))
@settings(deadline=None)
def test_what_other_software_writes_says_the_same(found: list[ox.Quad]) -> None:
    form = canonical(found)
    turtle = to_graph(form, blank_prefix="b").serialize(format="turtle", encoding="utf-8")

    assert ingested(turtle, Format.TURTLE) == form


@given(statements(), statements())
@settings(deadline=None)
def test_a_graph_keeps_what_it_was_given_beside_another_document(
    first: list[ox.Quad], second: list[ox.Quad]
) -> None:
    store = EmbeddedStore.in_memory()
    for graph, found in ((GRAPH, first), (f"{GRAPH}other", second)):
        store.replace(graph, relabel(graph, canonical(found)))
    kept = store.contents(GRAPH)

    store.replace(GRAPH, relabel(GRAPH, canonical(second)))
    store.replace(GRAPH, relabel(GRAPH, canonical(first)))

    assert store.contents(GRAPH) == kept
    assert len(kept.splitlines()) <= len(set(first))
