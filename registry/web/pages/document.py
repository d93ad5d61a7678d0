"""The documents as publishers wrote them: their statements for programs, their subject for people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from rdflib import Graph, URIRef
from rdflib.namespace import FOAF

from registry.errors import NotFoundError
from registry.formats import Format
from registry.ingest.canonical import to_graph
from registry.vocabulary import EXAMPLE
from registry.web.address import data_path, slug_of
from registry.web.language import Preferred
from registry.web.problem import problems
from registry.web.resource import FILE, RESOURCE, Extension, represent, write
from registry.web.site import Here, Site

__all__ = ["router"]

Name = Annotated[
    str,
    Query(description="The IRI of the document.", examples=["https://w3id.org/koepel/example/germany/bagfa"]),
]

router = APIRouter(tags=["Documents"])


@router.get("/graphs", response_model=None, responses={**RESOURCE, **problems(400)})
def graph(request: Request, site: Here, language: Preferred, graph: Name) -> Response:
    """Give the statements of one document (SPARQL 1.1 Graph Store HTTP Protocol, sections 4.2 and 5.2)."""
    iri = _known(site, graph)
    return represent(request, lambda: _statements(site, iri), site.at(_page(site, iri, language)))


@router.get("/graphs.{extension}", response_model=None, responses={**FILE, **problems(400)})
def file(site: Here, extension: Extension, graph: Name) -> Response:
    """Give the statements of one document in the format that the address names."""
    return write(_statements(site, _known(site, graph)), Format.from_extension(f"graphs.{extension}"))


@router.get("/example/{document:path}", response_model=None, responses=RESOURCE)
def example(
    request: Request,
    site: Here,
    language: Preferred,
    document: Annotated[str, Path(examples=["germany/bagfa"])],
) -> Response:
    """Answer where the IRIs of the example documents lead."""
    iri = _known(site, str(EXAMPLE[document]))
    return represent(request, lambda: _statements(site, iri), site.at(_page(site, iri, language)))


def _known(site: Site, graph: str) -> URIRef:
    """Only names of graphs that are here go into a query."""
    if graph not in site.graphs:
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=graph)
    return URIRef(graph)


def _statements(site: Site, graph: URIRef) -> Graph:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph.n3()} {{ ?s ?p ?o }} }}"
    return to_graph(site.store.answer(query, Format.N_TRIPLES.media_type), blank_prefix="")


def _page(site: Site, graph: URIRef, language: str) -> str:
    """Lead people to what a document is about, or to its file when that has no page."""
    topic = _statements(site, graph).value(graph, FOAF.primaryTopic)
    entry = site.catalogue.entries.get(topic) if isinstance(topic, URIRef) else None
    return f"/{language}/{entry.family}/{slug_of(entry.iri)}" if entry else data_path(graph, "ttl")
