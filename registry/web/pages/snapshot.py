"""The states of the register that are kept: a page for people, a list for programs, and how to cite one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from rdflib import DCAT, RDF, VOID, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from registry.errors import GoneError
from registry.formats import Format, negotiate
from registry.graph.snapshot import Snapshot
from registry.reading.edition import Editions
from registry.vocabulary import SCHEMA
from registry.web.address import in_state
from registry.web.language import Language, Preferred
from registry.web.problem import problems
from registry.web.render import render
from registry.web.resource import FORMATS, HTML, VARY, not_acceptable, write
from registry.web.site import Here, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["router"]

router = APIRouter(tags=["Snapshots"])

JSON: Final = "application/json"
MOST_SIZES: Final = 1_000


class State(BaseModel):
    """One kept state."""

    name: str = Field(description="What to write behind ?snapshot= at any address.")
    time: str = Field(description="When it was taken (ISO 8601, UTC).")
    labels: list[str] = Field(description="Names for citing, which stay; each can stand there too.")
    position: int = Field(description="How many events of the ledger it shows.")
    day: str = Field(description="The day for which descriptions were assessed.")
    rules: str = Field(description="The digest of the vocabulary and the standards that it was made with.")
    statements: int = Field(description="How many statements it holds.")
    address: str = Field(description="The address of the register in this state.")


class States(BaseModel):
    """The kept states, the newest first."""

    newest: str = Field(description="The name of the state that is shown to who asks for none.")
    snapshots: list[State]


@dataclass(frozen=True)
class Kept:
    """A kept state with its size."""

    snapshot: Snapshot
    statements: int


ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": States, "content": {one.media_type: {} for one in FORMATS}},
    **problems(404, 406),
}


@router.get("/snapshots", response_model=None, responses={**ANSWERS, 303: {"description": "To the page."}})
def snapshots(request: Request, site: Here, language: Preferred) -> Response:
    """List the kept states: as JSON, or in an RDF format."""
    chosen = negotiate(request.headers.get("accept"), [HTML, JSON, *(one.media_type for one in FORMATS)])
    if chosen == HTML:
        return RedirectResponse(site.at(f"/{language}/snapshots"), 303, VARY)
    return _as(request, site, chosen)


@router.get("/snapshots.{extension}", response_model=None, responses=ANSWERS)
def file(request: Request, site: Here, extension: Annotated[str, Path(examples=["json"])]) -> Response:
    """List the kept states in the format that the address names."""
    known = Format.from_extension(f"snapshots.{extension}")
    return _as(request, site, JSON if extension == "json" else known and known.media_type)


@router.get("/{language}/snapshots", include_in_schema=False)
def page(request: Request, site: Here, language: Language) -> HTMLResponse:
    """Show which states are kept and how to cite one."""
    kept = _kept(site.editions)
    named = [(label, one.snapshot) for one in kept for label in one.snapshot.labels]
    newest = [(one.snapshot.name, one.snapshot) for one in kept[:1]]
    cited = [
        {"name": name, "time": one.time, "address": f"{request.base_url}{language}/?snapshot={name}"}
        for name, one in named or newest
    ]
    return render(
        request,
        site,
        language,
        "snapshots",
        kept=kept,
        cited=cited,
        newest=site.editions.current().snapshot.name,
    )


def _as(request: Request, site: Site, media_type: str | None) -> Response:
    kept, base = _kept(site.editions), str(request.base_url)
    if media_type == JSON:
        states = States(
            newest=site.editions.current().snapshot.name, snapshots=[_state(one, base) for one in kept]
        )
        return JSONResponse(states.model_dump(), headers=VARY)
    wanted = Format.from_media_type(media_type) if media_type else None
    if wanted not in FORMATS:
        raise not_acceptable(JSON)
    return write(_graph(kept, base), wanted)


def _kept(editions: Editions) -> list[Kept]:
    return [one for snapshot in reversed(editions.snapshots.all()) for one in _measured(snapshot)]


def _measured(snapshot: Snapshot) -> Iterator[Kept]:
    """Tell the size of a state, unless it goes away at this moment."""
    try:
        yield Kept(snapshot, _size(snapshot))
    except GoneError:
        return


@lru_cache(maxsize=MOST_SIZES)  # counting reads the whole state, which never changes
def _size(snapshot: Snapshot) -> int:
    with snapshot.lease():
        return len(snapshot.open())


def _state(one: Kept, base: str) -> State:
    snapshot = one.snapshot
    return State(
        name=snapshot.name,
        time=snapshot.time.isoformat(),
        labels=list(snapshot.labels),
        position=snapshot.stand.position,
        day=snapshot.stand.day.isoformat(),
        rules=snapshot.stand.rules,
        statements=one.statements,
        address=in_state(base, snapshot.name),
    )


def _graph(kept: list[Kept], base: str) -> Graph:
    """Describe each state as a dataset with an identifier, a date and an address to ask (DCAT 3, VoID)."""
    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("void", VOID)
    for one in kept:
        snapshot, state = one.snapshot, URIRef(in_state(base, one.snapshot.name))
        endpoint = URIRef(in_state(f"{base}sparql", snapshot.name))
        moment = Literal(snapshot.time.isoformat(), datatype=XSD.dateTime)
        graph.add((state, RDF.type, DCAT.Dataset))
        graph.add((state, DCTERMS.isVersionOf, URIRef(base)))
        graph.add((state, DCTERMS.identifier, Literal(snapshot.name)))
        graph.add((state, DCTERMS.issued, moment))
        graph.add((state, SCHEMA.position, Literal(snapshot.stand.position)))
        graph.add((state, VOID.triples, Literal(one.statements)))
        graph.add((state, VOID.sparqlEndpoint, endpoint))
        for label in snapshot.labels:
            graph.add((state, SKOS.altLabel, Literal(label)))
    return graph
