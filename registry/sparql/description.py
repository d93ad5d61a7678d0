"""What programs can ask here, and what there is: SPARQL 1.1 Service Description, with statistics in VoID."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from rdflib import RDF, VOID, XSD, BNode, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from registry.errors import InvalidDataError
from registry.graph.found import rewritten
from registry.graph.question import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from registry.graph.snapshot import Snapshot
    from registry.graph.store import GraphStore

    Statement = tuple[Node, Node, Node]

__all__ = ["Service", "describe"]

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
WRITTEN: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
ENDPOINT: Final = URIRef("urn:x-koepel:endpoint")
DATASET: Final = URIRef("urn:x-koepel:dataset")
ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.:\[\]/?=_-]+")
PREFIXES: Final = {
    "dct": str(DCTERMS),
    "formats": str(FORMATS),
    "sd": str(SD),
    "void": str(VOID),
    "xsd": str(XSD),
}


_known: WeakKeyDictionary[GraphStore, dict[str, bytes]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Service:
    """What is described: where it is, and what it answers from."""

    endpoint: str
    """The address for queries."""
    dataset: str
    """The IRI of the state that answers come from."""
    snapshot: Snapshot
    calls_peers: bool = False


@dataclass(frozen=True)
class Statistics:
    """How much there is of everything, as counted once in a graph that never changes."""

    graphs: tuple[tuple[Node, Node], ...]
    classes: tuple[tuple[Node, Node], ...]
    properties: tuple[tuple[Node, Node], ...]

    @classmethod
    def of(cls, store: GraphStore) -> Statistics:
        """Count."""
        return cls(
            _counts(store, "graphs", "graph", "statements"),
            _counts(store, "classes", "class", "things"),
            _counts(store, "properties", "property", "statements"),
        )


def describe(service: Service, store: GraphStore, media_type: str) -> bytes:
    """Describe a service in an RDF format, given by its media type.

    Counting and writing take a moment, so both are done once for each graph and format. What depends on the
    address under which a reader knows the service is filled in afterwards.
    """
    known = _known.setdefault(store, {})
    if media_type not in known:
        known[media_type] = _described(service, store, media_type)
    return (
        known[media_type]
        .replace(ENDPOINT.encode(), _plain(service.endpoint))
        .replace(DATASET.encode(), _plain(service.dataset))
    )


def _described(service: Service, store: GraphStore, media_type: str) -> bytes:
    statements = (*_about_service(service), *_about_data(Statistics.of(store)))
    lines = "".join(f"{' '.join(term.n3() for term in statement)} .\n" for statement in statements)
    return rewritten(lines.encode(), media_type, PREFIXES)


def _plain(address: str) -> bytes:
    """Give an address as it stands in every format; a server's name is what its reader says."""
    if not ADDRESS.fullmatch(address):
        raise InvalidDataError(
            "wrong-address", "{address} is no address of a server. Use its plain name.", address=address
        )
    return address.encode()


def _counts(store: GraphStore, question: str, thing: str, count: str) -> tuple[tuple[Node, Node], ...]:
    return tuple(sorted((row[thing], row[count]) for row in ask(store, question).rows))


def _about_service(service: Service) -> Iterator[Statement]:
    endpoint, dataset, snapshot = ENDPOINT, DATASET, service.snapshot
    moment = Literal(snapshot.time.isoformat(), datatype=XSD.dateTime)
    yield endpoint, RDF.type, SD.Service
    yield endpoint, SD.endpoint, endpoint
    yield endpoint, SD.supportedLanguage, SD.SPARQL11Query
    yield endpoint, SD.feature, SD.UnionDefaultGraph
    if service.calls_peers:
        yield endpoint, SD.feature, SD.BasicFederatedQuery
    for name in WRITTEN:
        yield endpoint, SD.resultFormat, FORMATS[name]
    yield endpoint, SD.defaultDataset, dataset
    yield dataset, RDF.type, SD.Dataset
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, VOID.sparqlEndpoint, endpoint
    yield dataset, DCTERMS.identifier, Literal(snapshot.name)
    yield dataset, DCTERMS.issued, moment


def _about_data(statistics: Statistics) -> Iterator[Statement]:
    dataset, union = DATASET, BNode()
    yield dataset, SD.defaultGraph, union
    yield union, RDF.type, SD.Graph
    yield union, RDF.type, VOID.Dataset
    yield union, VOID.triples, Literal(sum(int(str(count)) for _, count in statistics.properties))
    yield union, VOID.classes, Literal(len(statistics.classes))
    yield union, VOID.properties, Literal(len(statistics.properties))
    for kind, count in statistics.classes:
        yield from _part(union, VOID.classPartition, (VOID["class"], kind), (VOID.entities, count))
    for kind, count in statistics.properties:
        yield from _part(union, VOID.propertyPartition, (VOID.property, kind), (VOID.triples, count))
    for name, count in statistics.graphs:
        graph = BNode()
        yield from _part(dataset, SD.namedGraph, (SD.name, name), (SD.graph, graph))
        yield graph, RDF.type, SD.Graph
        yield graph, VOID.triples, count


def _part(whole: Node, link: Node, *statements: tuple[Node, Node]) -> Iterator[Statement]:
    part = BNode()
    yield whole, link, part
    for predicate, value in statements:
        yield part, predicate, value
