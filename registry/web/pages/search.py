"""Lists of projects, programmes and organisations, with filters that say how much each would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from registry.reading.catalogue import Family, last_part
from registry.reading.place import country_name, region_name
from registry.reading.search import FACETS, Facet, Order, Results, Wish, search
from registry.reading.text import fold, translated
from registry.translation import Translator
from registry.validation.standard import Library
from registry.vocabulary import CODE, KOEPEL, Labels
from registry.web.address import with_query
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import Here, Site

__all__ = ["router"]

router = APIRouter()

LONGEST_WORDS: Final = 200
LAST_PAGE: Final = 100_000
#: Facets whose values are codes of a list.
SCHEMES: Final = {
    Facet.AUDIENCE: "target-group",
    Facet.FORMAT: "unit-format",
    Facet.TRAJECTORY: "trajectory-type",
    Facet.ORGANISATION_TYPE: "organisation-type",
    Facet.LEVEL: "government-level",
}


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Choice:
    """One filter, with what can be chosen and what is."""

    facet: Facet
    label: str
    options: tuple[Option, ...]
    chosen: str

    @property
    def chosen_label(self) -> str:
        """What is chosen, in words."""
        return next((one.label for one in self.options if one.value == self.chosen), self.chosen)


@router.get("/{language}/projects")
def projects(
    request: Request,
    site: Here,
    language: Language,
    q: str = Query("", max_length=LONGEST_WORDS),
    sort: Order = Order.NAME,
    page: int = Query(1, ge=1, le=LAST_PAGE),
) -> HTMLResponse:
    """List projects."""
    return _listing(request, site, language, Family.PROJECTS, Wish(q, _filters(request), sort, page))


@router.get("/{language}/programmes")
def programmes(
    request: Request,
    site: Here,
    language: Language,
    q: str = Query("", max_length=LONGEST_WORDS),
    sort: Order = Order.NAME,
    page: int = Query(1, ge=1, le=LAST_PAGE),
) -> HTMLResponse:
    """List programmes."""
    return _listing(request, site, language, Family.PROGRAMMES, Wish(q, _filters(request), sort, page))


@router.get("/{language}/organisations")
def organisations(
    request: Request,
    site: Here,
    language: Language,
    q: str = Query("", max_length=LONGEST_WORDS),
    page: int = Query(1, ge=1, le=LAST_PAGE),
) -> HTMLResponse:
    """List organisations and groups of them."""
    return _listing(request, site, language, Family.ORGANISATIONS, Wish(q, _filters(request), page=page))


def _filters(request: Request) -> dict[Facet, str]:
    given = {facet: request.query_params.get(facet.value, "")[:LONGEST_WORDS] for facet in Facet}
    return {facet: value for facet, value in given.items() if value}


def _listing(request: Request, site: Site, language: Language, family: Family, wish: Wish) -> HTMLResponse:
    known = {facet: value for facet, value in wish.filters.items() if facet in FACETS[family]}
    wish = Wish(wish.words.strip(), known, wish.order, wish.page)
    results = search(site.catalogue, family, wish, language)
    return render(
        request,
        site,
        language,
        "search",
        family=family,
        wish=wish,
        results=results,
        choices=_choices(site.library, results, wish, language),
        address=lambda **changes: _address(language, family, wish, **changes),
    )


def _address(language: Language, family: Family, wish: Wish, *, without: str = "", page: int = 1) -> str:
    """Give the address of the same list with one filter less, or of another page of it."""
    parameters = {facet.value: value for facet, value in wish.filters.items()}
    parameters |= {"q": wish.words, "sort": "" if wish.order is Order.NAME else wish.order.value}
    parameters["page"] = str(page) if page > 1 else ""
    parameters.pop(without, None)
    return with_query(f"/{language}/{family}", parameters)


def _choices(library: Library, results: Results, wish: Wish, language: Language) -> list[Choice]:
    choices = []
    for facet, counts in results.counts.items():
        chosen = wish.filters.get(facet, "")
        values = {**counts, chosen: counts.get(chosen, 0)} if chosen else counts
        options = [
            Option(value, _value_label(library, facet, value, language), count)
            for value, count in values.items()
        ]
        if options:
            ordered = tuple(sorted(options, key=lambda one: fold(one.label)))
            choices.append(Choice(facet, _facet_label(facet, language), ordered, chosen))
    return choices


def _facet_label(facet: Facet, language: str) -> str:
    _ = Translator("web", language)
    return {
        Facet.COUNTRY: _("Country"),
        Facet.REGION: _("Region"),
        Facet.MUNICIPALITY: _("Municipality"),
        Facet.AUDIENCE: _("For whom"),
        Facet.FORMAT: _("Form of the match"),
        Facet.TRAJECTORY: _("Kind of trajectory"),
        Facet.KIND: _("Kind of initiative"),
        Facet.ORGANISATION_TYPE: _("Type of organisation"),
        Facet.LEVEL: _("Level"),
        Facet.READINESS: _("Quality standard, basic level"),
    }[facet]


def _value_label(library: Library, facet: Facet, value: str, language: str) -> str:
    if facet is Facet.COUNTRY:
        return country_name(value, language)
    if facet is Facet.REGION:
        return region_name(value, language)
    if facet is Facet.KIND:
        return Labels().label(KOEPEL[value], language)
    if facet is Facet.READINESS:
        token, _, outcome = value.partition(":")
        standard = library.standards.get(token)
        title = translated(standard.titles, language).value if standard else token
        return f"{title}: {Labels().label(CODE[f'outcome/{outcome}'], language).lower()}"
    if facet in SCHEMES:
        return Labels().label(CODE[f"{SCHEMES[facet]}/{value}"], language)
    return last_part(value)
