"""What the service says about itself and its data."""

import pytest
from rdflib import RDF, VOID, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from registry.errors import InvalidDataError
from registry.graph.snapshot import Snapshot
from registry.sparql.description import Service, describe
from tests.registry.sparql.state import CHAIN, GRAPH, LINKS, MORE, STATEMENTS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ENDPOINT, DATASET = URIRef("https://registry.example/sparql"), URIRef("https://registry.example/?snapshot=1")
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def read(snapshot: Snapshot, media_type: str = "text/turtle", *, calls_peers: bool = False) -> Graph:
    """Read the description as a program does."""
    service = Service(str(ENDPOINT), str(DATASET), snapshot, calls_peers=calls_peers)
    return Graph().parse(data=describe(service, snapshot.open(), media_type), format=FORMATS[media_type])


def number(graph: Graph, part: Node | None) -> int:
    """Tell how many statements a part is said to have."""
    return int(str(graph.value(part, VOID.triples)))


@pytest.mark.parametrize("media_type", FORMATS)
def test_it_says_the_same_in_every_format(snapshot: Snapshot, media_type: str) -> None:
    graph = read(snapshot, media_type)

    assert len(graph) == len(read(snapshot))
    assert (ENDPOINT, RDF.type, SD.Service) in graph
    assert (ENDPOINT, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (ENDPOINT, SD.feature, SD.UnionDefaultGraph) in graph
    assert len(set(graph.objects(ENDPOINT, SD.resultFormat))) == 8


def test_it_names_the_state_that_it_describes(snapshot: Snapshot) -> None:
    graph = read(snapshot)

    assert graph.value(ENDPOINT, SD.defaultDataset) == DATASET
    assert graph.value(DATASET, DCTERMS.identifier) == Literal(snapshot.name)
    assert str(graph.value(DATASET, DCTERMS.issued)) == snapshot.time.isoformat()


def test_it_counts_every_graph(snapshot: Snapshot) -> None:
    graph = read(snapshot)

    counts = {
        str(graph.value(part, SD.name)): number(graph, graph.value(part, SD.graph))
        for part in graph.objects(DATASET, SD.namedGraph)
    }
    assert counts == {GRAPH: STATEMENTS, MORE: 1, CHAIN: 3 * LINKS}


def test_it_counts_every_property(snapshot: Snapshot) -> None:
    graph = read(snapshot)

    union = graph.value(DATASET, SD.defaultGraph)
    counts = {
        str(graph.value(part, VOID.property)): number(graph, part)
        for part in graph.objects(union, VOID.propertyPartition)
    }
    assert (counts["urn:p"], counts["urn:next"]) == (1, LINKS)
    assert number(graph, union) == sum(counts.values())


def test_federation_is_told_only_where_there_are_peers(snapshot: Snapshot) -> None:
    told = [SD.BasicFederatedQuery in read(snapshot, calls_peers=calls).objects() for calls in (False, True)]

    assert told == [False, True]


def test_a_name_of_the_server_that_is_no_name_is_not_repeated(snapshot: Snapshot) -> None:
    with pytest.raises(InvalidDataError, match="no address"):
        describe(Service('https://a"> <x/sparql', str(DATASET), snapshot), snapshot.open(), "text/turtle")
