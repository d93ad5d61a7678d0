"""The catalogue of a site: which descriptions there are and where each can be fetched, in DCAT 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from federation.publishing.profile import initiatives
from registry.translation import Translator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from federation.publishing.site.leaf import Leaf

__all__ = ["catalogue"]

MEDIA_TYPE: Final = "https://www.iana.org/assignments/media-types/"


def catalogue(leaves: Sequence[Leaf], site: str, language: str, title: str, now: datetime) -> Graph:
    """List descriptions as datasets: each bears the address that it gives itself."""
    graph = Graph()
    here = URIRef(site + "#catalogue")
    _ = Translator("web", language)
    graph.add((here, RDF.type, DCAT.Catalog))
    graph.add((here, DCTERMS.title, Literal(title, lang=language)))
    about = _("Descriptions of buddy and mentoring projects that are published on this site.")
    graph.add((here, DCTERMS.description, Literal(about, lang=language)))
    graph.add((here, FOAF.homepage, URIRef(site)))
    changed = max((one.modified for one in leaves), default="") or now.date().isoformat()
    graph.add((here, DCTERMS.modified, Literal(changed, datatype=XSD.date, normalize=False)))
    publishers = {one for leaf in leaves for one in _of_project(leaf, DCTERMS.publisher)}
    if len(publishers) == 1:  # of several, none speaks for all
        graph.add((here, DCTERMS.publisher, publishers.pop()))
    for leaf in leaves:
        graph.add((here, DCAT.dataset, URIRef(leaf.address)))
        _dataset(graph, leaf)
    return graph


def _dataset(graph: Graph, leaf: Leaf) -> None:
    one = URIRef(leaf.address)
    graph.add((one, RDF.type, DCAT.Dataset))
    for shared in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.modified):
        for value in _of_project(leaf, shared):
            graph.add((one, shared, value))
    graph.add((one, DCAT.landingPage, URIRef(leaf.address)))
    file = URIRef(leaf.site + leaf.turtle)
    way = URIRef(f"{leaf.address}#turtle")
    graph.add((one, DCAT.distribution, way))
    graph.add((way, RDF.type, DCAT.Distribution))
    graph.add((way, DCAT.accessURL, file))
    graph.add((way, DCAT.downloadURL, file))
    graph.add((way, DCAT.mediaType, URIRef(MEDIA_TYPE + "text/turtle")))


def _of_project(leaf: Leaf, property_: URIRef) -> list[URIRef | Literal]:
    about = initiatives(leaf.document.graph)
    values = leaf.document.graph.objects(about[0], property_) if about else ()
    return [one for one in values if isinstance(one, URIRef | Literal)]
