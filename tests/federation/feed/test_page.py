"""The pages of the stream: what they say, that they fit their shape, and how they are written."""

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, SH

from federation.feed.outline import outline_of
from federation.feed.page import find_page
from federation.feed.stream import AS, LDES, TREE, Stream, view
from registry.formats import Format
from registry.home import Home
from registry.ledger import Happening, Ledger
from registry.vocabulary import SCHEMA
from tests.federation.feed.history import FIRST, ORIGIN, REASON, SECOND, end, make_home, publish

ADDRESS = "https://koepel.example"
SHAPE = Path(__file__).parents[3] / "federation" / "feed" / "shape.ttl"
ERASED = "They asked for it."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """The ledger of a registry with a small history."""
    return make_home(tmp_path).ledger


def stream_of(ledger: Ledger, size: int = 4) -> Stream:
    """The stream of a ledger."""
    return Stream(ADDRESS, ledger.lineage, size, "Fictitious registry")


def written(ledger: Ledger, number: int, form: Format = Format.TRIG, size: int = 4) -> bytes:
    """Write a page down."""
    page = find_page(ledger, stream_of(ledger, size), number)
    return b"".join(page.write(ledger, form)) if page else b""


def read(ledger: Ledger, number: int, size: int = 4) -> Dataset:
    """Read a page back."""
    return Dataset(default_union=True).parse(data=written(ledger, number, size=size), format="trig")


def member(ledger: Ledger, position: int) -> URIRef:
    """Name a member."""
    return URIRef(stream_of(ledger).member(position))


@pytest.mark.parametrize(
    ("position", "kind", "happening"),
    [(2, AS.Create, "accepted"), (6, AS.Update, "accepted"), (11, AS.Delete, "withdrawn"),
     (12, AS.Delete, "removed")],
)  # fmt: skip
def test_a_member_says_what_happened(ledger: Ledger, position: int, kind: URIRef, happening: str) -> None:
    page, here = read(ledger, 1, size=100), member(ledger, position)

    assert page.value(here, RDF.type) == kind
    assert str(page.value(here, DCTERMS.type)) == f"https://w3id.org/koepel/code/happening/{happening}"
    assert page.value(here, SCHEMA.position) == Literal(position)
    assert (URIRef(stream_of(ledger).iri), TREE.member, here) in page


def test_a_member_names_the_registry_that_got_it_from_its_publisher(ledger: Ledger) -> None:
    page = read(ledger, 1, size=100)

    assert page.value(member(ledger, 2), PROV.wasAttributedTo) == URIRef(ADDRESS)
    assert page.value(member(ledger, 8), PROV.wasAttributedTo) == URIRef(ORIGIN)


def test_only_what_ends_a_source_gives_a_reason(ledger: Ledger) -> None:
    page = read(ledger, 1, size=100)

    reasons = {int(str(name).rpartition("/")[2]) for name in page.subjects(DCTERMS.description)}
    assert reasons == {11, 12}
    assert page.value(member(ledger, 11), DCTERMS.description) == Literal(REASON, lang="en")


def test_a_text_is_a_graph_of_its_own_whose_nameless_things_are_its_own(ledger: Ledger) -> None:
    quads = list(ox.parse(written(ledger, 1, size=100), ox.RdfFormat.TRIG))

    nameless: dict[str, set[str]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode):
            nameless.setdefault(quad.subject.value, set()).add(str(quad.graph_name))
    assert len(nameless) == 4
    assert all(len(graphs) == 1 for graphs in nameless.values())


def test_both_formats_say_the_same(ledger: Ledger) -> None:
    trig = ox.Dataset(ox.parse(written(ledger, 1, size=100), ox.RdfFormat.TRIG))
    quads = ox.Dataset(ox.parse(written(ledger, 1, Format.N_QUADS, size=100), ox.RdfFormat.N_QUADS))

    for one in (trig, quads):
        one.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert trig == quads


def test_the_statements_of_a_member_stand_together(ledger: Ledger) -> None:
    lines = written(ledger, 1, Format.N_QUADS, size=100).decode().splitlines()

    starts = [number for number, line in enumerate(lines) if f"<{TREE.member}>" in line]
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        name = lines[start].split()[2]
        assert all(line.startswith(name) or f"{name} ." in line for line in lines[start:following])


def test_what_was_erased_stays_as_a_bare_line_with_a_tombstone(ledger: Ledger) -> None:
    ledger.erase(FIRST, ERASED, "operator")
    publish(ledger, FIRST, "One, once more")
    page, text = read(ledger, 1, size=100), written(ledger, 1, size=100)

    for position in (2, 6):
        said = set(page.predicates(member(ledger, position)))
        assert not said & {DCTERMS.identifier, DCTERMS.source}
    assert b'"One' in text
    assert b'"One"' not in text
    assert b'"One, changed"' not in text
    assert page.value(member(ledger, 14), DCTERMS.description) == Literal(ERASED, lang="en")


@pytest.mark.parametrize("erased", [FIRST, SECOND])
def test_every_page_on_which_an_erasure_changes_something_gets_another_address(
    ledger: Ledger, erased: str
) -> None:
    before = {number: written(ledger, number) for number in (1, 2, 3)}
    ledger.erase(erased, ERASED, "operator")

    for number, page in before.items():
        same = find_page(ledger, stream_of(ledger), number)
        assert same
        assert same.touched == (written(ledger, number).split(b"\n")[2:] != page.split(b"\n")[2:])


def test_every_member_fits_the_shape(ledger: Ledger) -> None:
    ledger.erase(FIRST, ERASED, "operator")
    page, stream = read(ledger, 1, size=100), stream_of(ledger)
    shapes = Graph().parse(SHAPE, format="turtle", publicID=stream.shape)
    shapes.add((URIRef(stream.shape), SH.targetObjectsOf, TREE.member))
    plain = Graph()
    plain += page.default_graph

    assert pyshacl.validate(plain, shacl_graph=shapes)[0]
    plain.remove((member(ledger, 11), PROV.wasAttributedTo, None))
    assert not pyshacl.validate(plain, shacl_graph=shapes)[0]


def shown(ledger: Ledger, size: int = 4) -> Graph:
    """Read the view."""
    sheets, until = outline_of(ledger, size).read()
    lines = view(stream_of(ledger, size), sheets, ledger.retouched(size), until)
    return Graph().parse(data="".join(lines), format="nt")


def test_the_view_leads_to_every_page_that_holds_something(ledger: Ledger) -> None:
    graph, stream = shown(ledger), stream_of(ledger)

    assert set(graph.objects(None, TREE.node)) == {URIRef(stream.page(number)) for number in (1, 2, 3)}
    assert graph.value(URIRef(stream.page(2)), SCHEMA.position) == Literal(6)
    assert graph.value(predicate=TREE.view, object=URIRef(stream.root)) == URIRef(stream.iri)


def test_a_page_has_an_end_in_time_only_when_it_is_full(ledger: Ledger) -> None:
    publish(ledger, SECOND, "Two, back again")

    ends = set(shown(ledger).subjects(RDF.type, TREE.LessThanOrEqualToRelation))
    assert {str(one)[-1] for one in ends} == {"1", "2", "3"}
    assert len(set(shown(ledger).objects(None, TREE.node))) == 4


def test_the_view_promises_everything_since_the_first_change(ledger: Ledger) -> None:
    graph = shown(ledger)
    first = ledger.changes(1, 2)[0].event.time

    (promised,) = graph.objects(None, LDES.startingFrom)
    assert isinstance(promised, Literal)
    assert promised.value == first


def test_a_stream_without_changes_promises_nothing(tmp_path: Path) -> None:
    graph = shown(Home(tmp_path / "empty").ledger)

    assert not list(graph.objects(None, LDES.retentionPolicy))
    assert not list(graph.objects(None, TREE.relation))


def test_the_outline_is_the_same_however_often_it_is_read(ledger: Ledger) -> None:
    outline = outline_of(ledger, 4)
    for number in range(9):
        publish(ledger, f"{SECOND}-{number}", f"Number {number}")
        assert outline.read() == (ledger.sheets(4), ledger.position())
    end(ledger, SECOND, Happening.WITHDRAWN)
    assert outline.read() == (ledger.sheets(4), ledger.position())


def test_an_outline_begins_anew_with_another_history(tmp_path: Path, ledger: Ledger) -> None:
    outline = outline_of(ledger, 4)
    assert len(outline.read()[0]) == 3
    other = Home(tmp_path / "other").ledger
    publish(other, FIRST, "Other")
    other.copy_to(tmp_path / "copy.sqlite")
    ledger.take_over(tmp_path / "copy.sqlite")

    assert outline.read() == (other.sheets(4), 2)
