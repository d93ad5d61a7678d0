"""The page of one project, programme or organisation."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from rdflib import URIRef

from registry.errors import NotFoundError
from registry.graph.question import ask
from registry.reading.catalogue import Entry, Family
from registry.reading.description import Section, describe
from registry.reading.governance import read_governance
from registry.reading.standing import read_standings
from registry.reading.statement import read_statements
from registry.web.address import iri_of, slug_of
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import Here, Site

__all__ = ["router"]

router = APIRouter()


@router.get("/{language}/projects/{slug:path}", response_model=None)
@router.get("/{language}/programmes/{slug:path}", response_model=None)
@router.get("/{language}/organisations/{slug:path}", response_model=None)
@router.get("/{language}/things/{slug:path}", response_model=None)
def thing(request: Request, site: Here, language: Language, slug: str) -> HTMLResponse | RedirectResponse:
    """Show one thing; one that stands in another family has its page there."""
    entry = site.catalogue.entries.get(iri_of(slug))
    if entry is None:
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=slug)
    if request.url.path.split("/")[2] != entry.family:
        return RedirectResponse(f"/{language}/{entry.family}/{slug_of(entry.iri)}", 308)
    return _show(request, site, language, entry)


def _show(request: Request, site: Site, language: Language, entry: Entry) -> HTMLResponse:
    description = describe(site.store, entry.iri)
    governance = read_governance(site.store, entry.iri)
    return render(
        request,
        site,
        language,
        "organisation" if entry.family is Family.ORGANISATIONS else "initiative",
        entry=entry,
        description=description,
        sections=tuple(Section),
        statements=read_statements(site.store, entry.iri),
        governance=governance,
        standings=read_standings(site.store, site.library, entry.iri),
        parts=site.catalogue.within(entry.iri),
        published=site.catalogue.published_by(entry.iri),
        home=_home(site, entry.iri),
    )


def _home(site: Site, thing: URIRef) -> dict[str, str]:
    rows = ask(site.store, "home", thing=thing).rows
    return {name: str(value) for name, value in rows[0].items()} if rows else {}
