"""The page of one project, programme or organisation."""

from __future__ import annotations

from itertools import count

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from rdflib import URIRef

from registry.errors import NotFoundError
from registry.graph.question import ask
from registry.reading.award import backed, read_awards
from registry.reading.catalogue import Entry, Family
from registry.reading.description import Section, describe
from registry.reading.governance import read_governance
from registry.reading.organisation import read_mentions
from registry.reading.standing import read_standings
from registry.reading.statement import Statement, Statements, read_statements
from registry.reading.text import fold
from registry.translation import Translator
from registry.vocabulary import KOEPEL
from registry.web.address import iri_of, slug_of
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import Here, Site
from registry.web.wording import Wording

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/{language}/projects/{slug:path}", response_model=None)
@router.get("/{language}/programmes/{slug:path}", response_model=None)
@router.get("/{language}/organisations/{slug:path}", response_model=None)
@router.get("/{language}/things/{slug:path}", response_model=None)
def thing(request: Request, site: Here, language: Language, slug: str) -> HTMLResponse | RedirectResponse:
    """Show one thing; one that stands in another family has its page there."""
    entry = site.catalogue.entries.get(iri_of(slug))
    if entry is None:
        return _show_stub(request, site, language, slug)
    if request.url.path.split("/")[2] != entry.family:
        return RedirectResponse(site.at(f"/{language}/{entry.family}/{slug_of(entry.iri)}"), 308)
    return _show(request, site, language, entry)


def _show(request: Request, site: Site, language: Language, entry: Entry) -> HTMLResponse:
    description = describe(site.store, entry.iri)
    statements = read_statements(site.store, entry.iri)
    governance = read_governance(site.store, entry.iri)
    groups = _by_aspect(statements, Wording(language, site.catalogue))
    is_organisation = entry.family is Family.ORGANISATIONS
    mentions, home = read_mentions(site.store, entry.iri), _home(site, entry.iri)
    return render(
        request,
        site,
        language,
        "organisation" if is_organisation else "initiative",
        entry=entry,
        is_organisation=is_organisation,
        description=description,
        claims=description.record.links(KOEPEL.meets) if description else (),
        sections=tuple(Section),
        headings=_headings(language),
        statements=statements,
        groups=groups,
        numbers={one.iri: number for _, numbered in groups for number, one in numbered},
        contradictions=statements.contradictions(),
        tasks=governance.by_programme() if is_organisation else governance.by_actor(),
        directions=governance.directions,
        labels=backed(read_awards(site.store, [entry.iri])[entry.iri]),
        standings=read_standings(site.store, site.rulebook, entry.iri),
        parts=site.catalogue.within(entry.iri),
        published=site.catalogue.published_by(entry.iri),
        members=site.catalogue.members_of(entry.iri),
        home=home,
        mentions=mentions,
        described=bool(home["graph"]) or not mentions.named,
        organisation_path=lambda iri: _organisation_path(site, language, iri),
    )


def _show_stub(request: Request, site: Site, language: Language, slug: str) -> HTMLResponse:
    """Show an organisation that is only named, or whose place another one took."""
    mentions = read_mentions(site.store, iri_of(slug))
    if not mentions:
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=slug)
    return render(
        request,
        site,
        language,
        "stub",
        mentions=mentions,
        described=False,
        organisation_path=lambda iri: _organisation_path(site, language, iri),
    )


def _organisation_path(site: Site, language: Language, iri: str) -> str:
    return site.at(f"/{language}/{Family.ORGANISATIONS}/{slug_of(iri)}")


def _by_aspect(statements: Statements, say: Wording) -> list[tuple[str, list[tuple[int, Statement]]]]:
    """Put statements about the same side of a thing together, and number them all."""
    groups: dict[str, list[Statement]] = {}
    for one in statements.by_iri.values():
        aspect = say.heading(one.aspects[0]) if one.aspects else ""
        groups.setdefault(aspect, []).append(one)
    number = count(1)
    return [(aspect, [(next(number), one) for one in groups[aspect]]) for aspect in sorted(groups, key=fold)]


def _headings(language: str) -> dict[Section, str]:
    _ = Translator("web", language)
    return {
        Section.OVERVIEW: _("At a glance"),
        Section.METHOD: _("How it works"),
        Section.JOINING: _("How people come in"),
        Section.RELATIONSHIP: _("From match to goodbye"),
        Section.MEANS: _("Means and documents"),
        Section.OTHER: _("More"),
    }


def _home(site: Site, thing: URIRef) -> dict[str, str]:
    """Tell in which document a thing stands; a part that the document leaves out is empty."""
    rows = ask(site.store, "home", thing=thing).rows
    found = {name: str(value) for name, value in rows[0].items()} if rows else {}
    return {name: found.get(name, "") for name in ("graph", "document", "publisher", "licence", "modified")}
