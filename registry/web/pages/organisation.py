"""Where the IRI of an organisation leads, also when others only name it or another took its place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from rdflib import Graph, URIRef

from registry.errors import NotFoundError
from registry.formats import Format
from registry.ingest.canonical import to_graph
from registry.reading.organisation import Mentions, read_mentions
from registry.web.address import slug_of
from registry.web.language import Preferred
from registry.web.problem import problems
from registry.web.resource import FILE, RESOURCE, Extension, represent, write
from registry.web.site import Here, Site

__all__ = ["router"]

Name = Annotated[
    str,
    Query(
        description="The IRI of the organisation.",
        examples=["https://w3id.org/koepel/example/germany/bagfa#organisation"],
    ),
]

router = APIRouter(tags=["Organisations"])


@router.get("/organisation", response_model=None, responses={**RESOURCE, **problems(400)})
def organisation(request: Request, site: Here, language: Preferred, iri: Name) -> Response:
    """Give what is said of an organisation, who names it, and who took its place; people get the page."""
    known = _known(site, iri)
    page = site.at(f"/{language}/organisations/{slug_of(known.iri)}")
    return represent(request, lambda: _statements(site, known), page)


@router.get("/organisation.{extension}", response_model=None, responses={**FILE, **problems(400)})
def file(site: Here, extension: Extension, iri: Name) -> Response:
    """Give the same in the format that the address names."""
    return write(_statements(site, _known(site, iri)), Format.from_extension(f"organisation.{extension}"))


def _known(site: Site, iri: str) -> Mentions:
    """Only what somebody named goes into a query."""
    found = read_mentions(site.store, URIRef(iri))
    if not (found or found.iri in site.catalogue.entries):
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=iri)
    return found


def _statements(site: Site, known: Mentions) -> Graph:
    """Describe an organisation and all who took its place, with the statements that name it."""
    described = " ".join(one.n3() for one in (known.iri, *known.chain))
    naming = " ".join(one.n3() for one in known.naming)
    query = f"""CONSTRUCT {{ ?thing ?property ?value }} WHERE {{
      {{ VALUES ?thing {{ {described} }} ?thing ?property ?value FILTER(!isBlank(?value)) }}
      UNION {{ VALUES ?thing {{ {naming} }} VALUES ?value {{ {known.iri.n3()} }} ?thing ?property ?value }}
    }}"""
    return to_graph(site.store.answer(query, Format.N_TRIPLES.media_type), blank_prefix="")
