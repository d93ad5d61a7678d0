"""One way to have the data, for data portals: a file, or an address that programs ask (DCAT-AP 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import DCAT, RDF, XSD, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from federation.feed.authority import AVAILABLE, FILE_TYPE, MEDIA, OPEN
from federation.feed.wording import in_all_languages
from registry.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from federation.feed.manifest import File, Manifest

__all__ = ["DCATAP", "SPDX", "describe_access", "describe_file"]

SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
FILE_TYPES: Final = {
    Format.N_QUADS.media_type: FILE_TYPE.RDF_N_QUADS,
    Format.TURTLE.media_type: FILE_TYPE.RDF_TURTLE,
}
PACKED: Final = MEDIA["application/zstd"]


def describe_file(graph: Graph, address: URIRef, file: File, dump: Manifest) -> URIRef:
    """Describe a file of a dump, with what a reader needs to see that it arrived whole."""
    here, checksum = URIRef(f"{address}#distribution"), URIRef(f"{address}#checksum")
    said: list[tuple[URIRef, Node]] = [
        (DCAT.accessURL, address),
        (DCAT.downloadURL, address),
        (DCAT.mediaType, MEDIA[file.media_type]),
        (DCAT.compressFormat, PACKED),
        (DCAT.byteSize, Literal(str(file.bytes), datatype=XSD.nonNegativeInteger)),
        (DCTERMS["format"], FILE_TYPES[file.media_type]),
        (DCTERMS.issued, Literal(dump.made.isoformat(), datatype=XSD.dateTime)),
        (SPDX.checksum, checksum),
    ]
    for said_of, value in said:
        graph.add((here, said_of, value))
    _describe(graph, here, in_all_languages(lambda words: words.file[file.media_type]))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    return here


def describe_access(graph: Graph, address: URIRef, path: str, service: URIRef) -> URIRef:
    """Describe an address at which programs get the data through a service."""
    here = URIRef(f"{address}#distribution")
    graph.add((here, DCAT.accessURL, address))
    graph.add((here, DCAT.accessService, service))
    graph.add((here, DCTERMS["format"], FILE_TYPE.JSON if path == "graphql" else FILE_TYPE.RDF))
    _describe(graph, here, in_all_languages(lambda words: words.services[path]))
    return here


def _describe(graph: Graph, here: URIRef, titles: Iterable[Literal]) -> None:
    graph.add((here, RDF.type, DCAT.Distribution))
    graph.add((here, DCATAP.availability, AVAILABLE))
    graph.add((here, DCTERMS.license, OPEN))
    for title in titles:
        graph.add((here, DCTERMS.title, title))
        graph.add((here, DCTERMS.description, title))
