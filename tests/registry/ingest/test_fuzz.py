"""Whatever is published, the answer is a document or a refusal, and never a crash."""

import json
import zlib

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.errors import InvalidDataError, KoepelError, printable
from registry.formats import Format
from registry.ingest.canonical import to_graph
from registry.ingest.document import read_document
from registry.ingest.guard import Limits, expand
from registry.ingest.privacy import check_privacy
from registry.ingest.reader import read
from registry.ingest.space import refuse_foreign_subjects
from tests.registry.ingest.strategies import damaged, written

ADDRESS = "https://buddy.example/profile"
# A small cap on look-alikes keeps the canonical form quick: here it runs without a process to end.
LIMITS = Limits(blank_nodes=5)
SYNTAX = r"""
    @prefix @base < > <#a> a:b a . ; , [ ] ( ) { } ' " \ \u0000 \ud800 ^^ @nl _:b << >> 1e9 true # <!-- -->
    @context @id @graph @list @value @type : null https://schema.org http://schema.org/email an@gmail.com
    <rdf:RDF </rdf:RDF> <rdf:Description rdf:about=' xml:lang=' /> &lt; &#0; <![CDATA[ ]]>
"""
PIECES = [
    *SYNTAX.split(),
    *('"' * 3, "\n", "\t", "\x85", "\ufeff"),
    "@prefix a: <https://buddy.example/> .",
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
]
DESCRIPTION = """
@prefix koepel: <https://w3id.org/koepel/def#> . @prefix schema: <https://schema.org/> .
<https://buddy.example/#bridge> a koepel:Project ; schema:name "De Brug"@nl, "The Bridge"@en ;
  koepel:mentorTrainingHours 20 ; schema:contactPoint [ schema:email "info@buddy.example" ] ;
  schema:description '''Samen "op weg",
elke week.'''@nl ; koepel:document [ schema:dateModified "2026-10-01"^^schema:Date ] .
"""
STATEMENTS = list(ox.parse(DESCRIPTION, ox.RdfFormat.TURTLE))
WHOLE = {format_: written(STATEMENTS, format_) for format_ in Format} | {Format.TURTLE: DESCRIPTION.encode()}
texts = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(PIECES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PIECES), inner, max_size=4),
    max_leaves=15,
)
media_types = st.sampled_from(
    [None, "text/plain", "text/html", *(item.media_type for item in Format)]
) | st.text(max_size=20)


def refusal(data: bytes, media_type: str | None) -> KoepelError | None:
    """Do what `read_document` does, in this process, and give the refusal if there is one."""
    try:
        reading = read(data, media_type=media_type, address=ADDRESS, limits=LIMITS)
        graph = to_graph(reading.canonical, blank_prefix="b")
        refuse_foreign_subjects(graph, "https://buddy.example")
        check_privacy(graph)
    except KoepelError as error:
        return error
    return None


def is_readable(error: KoepelError | None) -> bool:
    """Tell whether a refusal can be shown as it is."""
    return error is None or printable(str(error), longest=10_000) == str(error)


@given(st.binary(max_size=200), media_types)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_document_or_a_refusal(data: bytes, media_type: str | None) -> None:
    assert is_readable(refusal(data, media_type))


@given(texts, media_types)
@settings(max_examples=400, deadline=None)
def test_any_heap_of_syntax_gives_a_document_or_a_refusal(text: str, media_type: str | None) -> None:
    assert is_readable(refusal(text.encode(), media_type))


@given(json_values)
@settings(max_examples=300, deadline=None)
def test_any_json_gives_a_document_or_a_refusal(value: object) -> None:
    assert is_readable(refusal(json.dumps(value).encode(), "application/ld+json"))


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_unpack_to_a_bearable_size_or_are_refused(data: bytes, coding: str) -> None:
    try:
        size = len(expand(data, coding, 100))
    except InvalidDataError:
        size = 0

    assert size <= 100


@given(st.binary(max_size=100), st.text(max_size=20), media_types)
@settings(max_examples=15, deadline=None)
def test_the_whole_way_gives_a_document_or_a_refusal(
    data: bytes, address: str, media_type: str | None
) -> None:
    try:
        told = read_document(data, media_type=media_type, address=address).address
    except KoepelError as error:
        told = str(error.address)

    assert told == address


@pytest.mark.parametrize("format_", Format)
@given(st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_description_gives_a_document_or_a_refusal(format_: Format, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([WHOLE[format_], zlib.compress(WHOLE[format_], wbits=31)]))

    assert is_readable(refusal(data.draw(damaged(whole)), format_.media_type))
