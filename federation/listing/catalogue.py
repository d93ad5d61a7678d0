"""Data catalogues (DCAT 3, <https://www.w3.org/TR/vocab-dcat-3/>) as lists of descriptions.

An entry of a catalogue is a dataset, a record or another resource. Where its description can be had is told
by its distributions, by the document that it is the main subject of, or by its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import DCAT, RDF, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF

from federation.listing.item import Item, is_description, make_listing
from registry.errors import InvalidDataError
from registry.formats import Format, base_media_type
from registry.ingest.space import is_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from federation.listing.item import Listing

__all__ = ["read_catalogue"]

HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
IANA: Final = "https://www.iana.org/assignments/media-types/"
FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
FILE_TYPES: Final = {
    "RDF_TURTLE": Format.TURTLE.media_type,
    "JSON_LD": Format.JSON_LD.media_type,
    "RDF_N_TRIPLES": Format.N_TRIPLES.media_type,
    "RDF_N_QUADS": Format.N_QUADS.media_type,
    "RDF_TRIG": Format.TRIG.media_type,
    "RDF_XML": Format.RDF_XML.media_type,
    "HTML": "text/html",
    "XHTML": "text/html",
}
"""The code list that DCAT-AP uses for formats (EU Vocabularies, "File type")."""
NAMING: Final = (DCAT.dataset, DCAT.record, URIRef(f"{DCAT}resource"))
PREFERENCE: Final = tuple(form.media_type for form in Format)


def read_catalogue(graph: Graph, address: str, space: str) -> Listing:
    """List the descriptions that a catalogue names, one for each entry.

    Raises:
        InvalidDataError: There is no catalogue in it.
    """
    catalogues = {*graph.subjects(RDF.type, DCAT.Catalog), *graph.subjects(DCAT.dataset)}
    if not catalogues:
        raise InvalidDataError(
            "catalogue-missing",
            "A data catalogue was expected, but the document describes none (dcat:Catalog). Give the address "
            "of the catalogue itself.",
        )
    entries = {entry for one in catalogues for way in NAMING for entry in graph.objects(one, way)}
    items = (item for entry in sorted(entries, key=str) for item in _item(graph, entry, address, space))
    return make_listing(items, space, _next(graph, address))


def _next(graph: Graph, address: str) -> list[str]:
    """Find the next page of a catalogue that comes in pages (Hydra, as CKAN writes it)."""
    found = {str(one) for way in (HYDRA.next, HYDRA.nextPage) for one in graph.objects(None, way)}
    return sorted(found - {address})


def _item(graph: Graph, entry: Node, address: str, space: str) -> Iterator[Item]:
    subject = graph.value(entry, FOAF.primaryTopic) or entry
    places = {
        place: rank
        for thing in dict.fromkeys((entry, subject))
        for place, rank in _places(graph, thing)
        if is_inside(place, space)
    }
    if not places:
        return
    best = min(places, key=lambda place: (places[place], place))
    changed = graph.value(entry, DCTERMS.modified) or graph.value(subject, DCTERMS.modified)
    own = _own_space(subject, address, space) or _own_space(entry, address, space)
    yield Item(best, own or best.partition("#")[0].rstrip("/"), str(changed or ""))


def _own_space(thing: Node, address: str, space: str) -> str | None:
    """Take the name of an entry as the space of its description, but not in the catalogue's own file."""
    name = str(thing).partition("#")[0].rstrip("/")
    is_own = (
        isinstance(thing, URIRef) and is_inside(name, space) and name not in {address, space.rstrip("/#")}
    )
    return name if is_own else None


def _places(graph: Graph, thing: Node) -> Iterator[tuple[str, int]]:
    """Tell where the description of a thing can be had, and how well: RDF comes before pages."""
    for distribution in graph.objects(thing, DCAT.distribution):
        kind = _media_type(graph, distribution)
        for place in graph.objects(distribution, DCAT.downloadURL):
            if is_description(kind, str(place)) is not False:
                yield str(place), _rank(kind, str(place))
        for place in graph.objects(distribution, DCAT.accessURL):
            if is_description(kind, str(place)):
                yield str(place), _rank(kind, str(place)) + 100
    for document in graph.objects(thing, FOAF.isPrimaryTopicOf):
        yield str(document), _rank("", str(document))
    if isinstance(thing, URIRef) and is_description("", str(thing)):
        yield str(thing).partition("#")[0], 500


def _rank(media_type: str, place: str) -> int:
    named = media_type or getattr(Format.from_extension(place), "media_type", "")
    return PREFERENCE.index(named) if named in PREFERENCE else len(PREFERENCE)


def _media_type(graph: Graph, distribution: Node) -> str:
    """Tell the media type of a distribution, in whichever of the usual ways it is stated."""
    for way in (DCAT.mediaType, DCTERMS["format"]):
        for value in graph.objects(distribution, way):
            name = str(value)
            if name.startswith(FILE_TYPE):
                return FILE_TYPES.get(name.removeprefix(FILE_TYPE), name)
            return base_media_type(name.replace("http:", "https:", 1).removeprefix(IANA))
    return ""
