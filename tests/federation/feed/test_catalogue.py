"""The catalogue for data portals is as DCAT-AP wants it, and says where everything is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, XSD

from federation.feed.authority import COUNTRY
from federation.feed.catalogue import Edition, Registry, catalogue
from federation.feed.manifest import File, Manifest
from registry.vocabulary import LANGUAGES

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADDRESS = "https://koepel.example"
MOMENT = datetime(2026, 11, 22, 3, tzinfo=UTC)
NAME, OLDER, GONE = "412-c0ffee00", "300-c0ffee01", "200-c0ffee02"
SHAPES = Path(__file__).parent / "dcat-ap.ttl"


def manifest(name: str) -> Manifest:
    """The account of a dump."""
    kinds = {"nq": "application/n-quads", "ttl": "text/turtle"}
    files = tuple(File(f"koepel-{name}.{end}.zst", kind, 10, 90, "ab" * 32) for end, kind in kinds.items())
    return Manifest(name, MOMENT, MOMENT, 412, date(2026, 11, 22), "5eed", 9000, files)


@pytest.fixture(scope="module")
def graph() -> Graph:
    """A catalogue of three states: one dumped, one with a label, one of which only the dump is left."""
    editions = (
        Edition(NAME, MOMENT, (), manifest(NAME)),
        Edition(OLDER, MOMENT, ("2026-paper",)),
        Edition(GONE, MOMENT, (), manifest(GONE), is_kept=False),
    )
    return catalogue(Registry(ADDRESS, "Fictitious registry", MOMENT, (COUNTRY.BEL,), editions))


def state(name: str) -> URIRef:
    """Name a state."""
    return URIRef(f"{ADDRESS}/?snapshot={name}")


def accesses(graph: Graph, dataset: URIRef) -> set[str]:
    """List where a dataset can be had."""
    found = graph.objects(dataset, DCAT.distribution / DCAT.accessURL)
    return {str(address).removeprefix(ADDRESS) for address in found}


def test_the_catalogue_is_as_the_profile_wants_it(graph: Graph) -> None:
    valid, _, report = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))

    assert valid, report


@pytest.mark.parametrize(
    "said", [DCTERMS.publisher, DCAT.endpointURL, DCAT.accessURL, FOAF.name, SPDX.checksumValue, DCAT.theme]
)
def test_the_shapes_notice_what_is_missing(graph: Graph, said: URIRef) -> None:
    spoiled = Graph()
    spoiled += graph
    spoiled.remove((None, said, None))

    assert not pyshacl.validate(spoiled, shacl_graph=Graph().parse(SHAPES))[0]


def test_the_data_can_be_asked_followed_and_fetched(graph: Graph) -> None:
    files = {f"/dumps/{NAME}/koepel-{NAME}.{end}.zst" for end in ("nq", "ttl")}

    assert accesses(graph, URIRef(f"{ADDRESS}/catalogue#data")) == {"/sparql", "/graphql", "/feed", *files}


def test_a_state_can_be_had_as_far_as_it_is_kept(graph: Graph) -> None:
    assert accesses(graph, state(OLDER)) == {f"/sparql?snapshot={OLDER}"}
    assert {one.partition("-")[2][:6] for one in accesses(graph, state(GONE))} == {GONE[4:10]}
    assert {str(one) for one in graph.objects(state(OLDER), DCTERMS.identifier)} == {OLDER, "2026-paper"}


def test_a_file_is_told_with_its_length_and_its_hash(graph: Graph) -> None:
    file = URIRef(f"{ADDRESS}/dumps/{NAME}/koepel-{NAME}.nq.zst#distribution")

    assert graph.value(file, DCAT.byteSize) == Literal("10", datatype=XSD.nonNegativeInteger)
    checksum = graph.value(file, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == "ab" * 32


def test_it_is_told_in_every_language(graph: Graph) -> None:
    titles = graph.objects(URIRef(f"{ADDRESS}/catalogue"), DCTERMS.title)

    assert {one.language for one in titles if isinstance(one, Literal)} == set(LANGUAGES)


def test_a_registry_without_a_dump_has_a_catalogue_too() -> None:
    alone = (Edition(NAME, MOMENT),)
    graph = catalogue(Registry(ADDRESS, "Fictitious registry", MOMENT, (COUNTRY.BEL,), alone))

    assert pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))[0]
