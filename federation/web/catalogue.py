"""The catalogue of all that there is to have, for data portals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response
from rdflib import URIRef

from federation.feed.authority import COUNTRY
from federation.feed.catalogue import Edition, Registry, catalogue
from federation.feed.dump import list_dumps
from federation.web.stream import stream_of
from registry.formats import Format, negotiate
from registry.vocabulary import KOEPEL
from registry.web.resource import FILE, FORMATS, not_acceptable, write
from registry.web.site import Here, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

__all__ = ["router"]

router = APIRouter(tags=["Following"])

VOID: Final = {**FILE, 303: {"description": "To the catalogue."}}


@router.get("/catalogue", response_class=Response, responses=FILE)
def endpoint(request: Request, site: Here) -> Response:
    """Describe the data, their states, dumps and services (DCAT-AP 3)."""
    offered = [one.media_type for one in FORMATS]
    chosen = negotiate(request.headers.get("accept"), [*offered, "text/html"])
    if chosen is None:
        raise not_acceptable()
    known = Format.from_media_type(chosen)
    return write(_graph(request, site), known or Format.TURTLE)


@router.get("/catalogue.{extension}", response_class=Response, responses=FILE)
def file(
    request: Request,
    site: Here,
    extension: Annotated[str, Path(description="The ending that names the format.", examples=["ttl"])],
) -> Response:
    """Describe the data in the format that the address names."""
    return write(_graph(request, site), Format.from_extension(f"catalogue.{extension}"))


@router.get("/.well-known/void", status_code=303, response_class=Response, responses={303: VOID[303]})
def void() -> Response:
    """Lead those who look for a description of the data to the catalogue (VoID, section 7.2)."""
    return RedirectResponse("/catalogue", 303)


def _graph(request: Request, site: Site) -> Graph:
    stream = stream_of(request)
    first = next(site.ledger.events(until=1), None)
    begun = first.time if first and first.time else site.snapshot.time
    return catalogue(Registry(stream.address, stream.name, begun, _countries(site), tuple(_editions(site))))


def _countries(site: Site) -> tuple[URIRef, ...]:
    """List the countries of what can be found, as far as they have a code of the European Union."""
    told = {
        str(country)
        for entry in site.catalogue.entries.values()
        for country in entry.record.links(KOEPEL.country)
    }
    return tuple(URIRef(one) for one in sorted(told) if one.startswith(str(COUNTRY)))


def _editions(site: Site) -> Iterator[Edition]:
    """List the states that can be had, the newest first: those that are kept, and those that were dumped."""
    dumps = {one.name: one for one in list_dumps(site.premises.home)}
    kept = {one.name: one for one in site.editions.snapshots.all()}
    times = {name: one.manifest.time for name, one in dumps.items()}
    times |= {name: one.time for name, one in kept.items()}
    for name in sorted(times, key=lambda one: (times[one], one), reverse=True):
        labels = kept[name].labels if name in kept else ()
        dump = dumps[name].manifest if name in dumps else None
        yield Edition(name, times[name], labels, dump, name in kept)
