"""Quality standards: what each asks, two side by side, and the files that validators read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from rdflib import BNode, Graph

from registry.crosswalk import lay_side_by_side
from registry.errors import NotFoundError
from registry.formats import Format
from registry.reading.catalogue import Family
from registry.report.standard import StandardReader
from registry.validation.composition import compose
from registry.validation.standard import Criterion, CriterionUse, Library
from registry.vocabulary import STANDARD
from registry.web.language import Language, Preferred
from registry.web.problem import problems
from registry.web.render import render
from registry.web.resource import RESOURCE, represent, write
from registry.web.site import Here

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["router"]

SHAPES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The shapes.", "content": {Format.TURTLE.media_type: {}}},
    **problems(404),
}
Token = Annotated[str, Path(description="The standard by its short name.", examples=["cms"])]
Number = Annotated[
    str | None, Query(description="The number of a version; the one that counts where none is given.")
]

router = APIRouter(tags=["Standards"])


@dataclass(frozen=True)
class Asked:
    """One use of a criterion as a page shows it."""

    use: CriterionUse
    criterion: str
    what: str


@router.get(
    "/standards/{token}.ttl",
    response_model=None,
    responses=SHAPES,
)
def shapes(site: Here, token: Token, version: Number = None) -> Response:
    """Give a standard as one self-contained SHACL Core file, as it holds today or in one of its versions."""
    standard = site.rulebook.standard(token)
    composition = compose(site.rulebook, standard.at(version) if version else standard, date.today())
    return write(Graph() + composition.shapes, Format.TURTLE)


@router.get("/standard/{token}", response_model=None, responses=RESOURCE)
def source(request: Request, site: Here, language: Preferred, token: Token) -> Response:
    """Answer where the IRIs of standards and criteria lead: with the standard as its authors wrote it."""
    graph = _part_of(site.rulebook, f"{STANDARD}{token}#")
    return represent(request, lambda: graph, site.at(f"/{language}/standards/{token}"))


@router.get("/{language}/standards", include_in_schema=False)
def standards(request: Request, site: Here, language: Language) -> HTMLResponse:
    """List the standards."""
    today = date.today()
    initiatives = [*site.catalogue.of(Family.PROJECTS), *site.catalogue.of(Family.PROGRAMMES)]
    judged = {
        one.token: sum(one.iri in entry.readiness for entry in initiatives)
        for one in site.rulebook.standards.values()
    }
    held = tuple(one.on(today) for one in site.rulebook.standards.values())
    return render(request, site, language, "standards", standards=held, judged=judged)


@router.get("/{language}/standards/criteria", include_in_schema=False)
def criteria(request: Request, site: Here, language: Language) -> HTMLResponse:
    """List all criteria, and which standards use each."""
    users: dict[str, set[str]] = {}
    known: dict[str, Criterion] = {}
    for standard in site.rulebook.standards.values():
        for use in standard.visible(date.today()).uses:
            known[use.criterion.identifier] = use.criterion
            users.setdefault(use.criterion.identifier, set()).add(standard.token)
    ordered = [(known[identifier], sorted(users[identifier])) for identifier in sorted(known)]
    return render(request, site, language, "criteria", criteria=ordered, standards=site.rulebook.standards)


@router.get("/{language}/standards/{token}", include_in_schema=False)
def standard(request: Request, site: Here, language: Language, token: str) -> HTMLResponse:
    """Show what one standard asks today, and what is announced."""
    chosen, today = site.rulebook.standard(token), date.today()
    reader, shown = StandardReader(site.rulebook, language.value, today), chosen.visible(today)
    rows = iter(reader.standard(chosen).rows)
    asked = [
        (requirement, [_asked(use, next(rows)) for use in requirement.uses])
        for requirement in shown.requirements
    ]
    others = [one for one in site.rulebook.standards.values() if one is not chosen]
    versions = reader.versions(chosen)
    return render(
        request, site, language, "standard", standard=chosen, asked=asked, others=others, versions=versions
    )


@router.get("/{language}/crosswalk", include_in_schema=False)
def choose_pair(site: Here, language: Language, first: str, second: str) -> RedirectResponse:
    """Lead from the form to the page of a pair."""
    return RedirectResponse(
        site.at(f"/{language}/crosswalk/{quote(first, safe='')}/{quote(second, safe='')}"), 303
    )


@router.get("/{language}/crosswalk/{first}/{second}", include_in_schema=False)
def crosswalk(request: Request, site: Here, language: Language, first: str, second: str) -> HTMLResponse:
    """Show two standards side by side, and what one still asks of a project that meets the other."""
    today = date.today()
    pair = (site.rulebook.standard(first).on(today), site.rulebook.standard(second).on(today))
    reader = StandardReader(site.rulebook, language.value, today)
    sheets = reader.crosswalk(lay_side_by_side(site.rulebook, *pair))
    return render(request, site, language, "crosswalk", sheets=sheets, pair=pair)


def _asked(use: CriterionUse, row: tuple[str, ...]) -> Asked:
    """Take a row of the table of a standard: the requirement, the criterion, and what is asked."""
    return Asked(use, row[1], "; ".join(row[2:]))


def _part_of(library: Library, namespace: str) -> Graph:
    """Cut from the library what a file of it says, with the blank nodes that hang on that."""
    part, waiting = Graph(), [one for one in set(library.graph.subjects()) if str(one).startswith(namespace)]
    if not waiting:
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=namespace)
    done: set[Node] = set()
    while waiting:
        subject = waiting.pop()
        if subject not in done:
            done.add(subject)
            for predicate, value in library.graph.predicate_objects(subject):
                part.add((subject, predicate, value))
                if isinstance(value, BNode):
                    waiting.append(value)
    return part
