"""Lists of projects, programmes and organisations, with filters that say how much each would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from registry.reading.catalogue import Family
from registry.reading.edition import Edition
from registry.reading.naming import value_name
from registry.reading.search import FACETS, Facet, Order, Results, Wish, search
from registry.reading.text import fold
from registry.translation import Translator
from registry.web.address import with_query
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import Here

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

LONGEST_WORDS: Final = 200
LAST_PAGE: Final = 100_000


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
@router.get("/{language}/programmes")
@router.get("/{language}/organisations")
def listing(
    request: Request,
    site: Here,
    language: Language,
    q: str = Query("", max_length=LONGEST_WORDS),
    sort: Order = Order.NAME,
    page: int = Query(1, ge=1, le=LAST_PAGE),
) -> HTMLResponse:
    """List projects, programmes, or organisations and groups of them."""
    family = Family(request.url.path.split("/")[2])
    filters = {facet: value for facet, value in _filters(request).items() if facet in FACETS[family]}
    wish = Wish(q.strip(), filters, sort, page)
    results = search(site.catalogue, family, wish, language)
    return render(
        request,
        site,
        language,
        "search",
        family=family,
        wish=wish,
        results=results,
        choices=_choices(site.edition, results, wish, language),
        address=lambda **changes: site.at(_address(language, family, wish, **changes)),
    )


def _filters(request: Request) -> dict[Facet, str]:
    given = {facet: request.query_params.get(facet.value, "")[:LONGEST_WORDS] for facet in Facet}
    return {facet: value for facet, value in given.items() if value}


def _address(language: Language, family: Family, wish: Wish, *, without: str = "", page: int = 1) -> str:
    """Give the address of the same list with one filter less, or of another page of it."""
    parameters = {facet.value: value for facet, value in wish.filters.items()}
    parameters |= {"q": wish.words, "sort": "" if wish.order is Order.NAME else wish.order.value}
    parameters["page"] = str(page) if page > 1 else ""
    parameters.pop(without, None)
    return with_query(f"/{language}/{family}", parameters)


def _choices(edition: Edition, results: Results, wish: Wish, language: Language) -> list[Choice]:
    choices = []
    for facet, counts in results.counts.items():
        chosen = wish.filters.get(facet, "")
        values = {**counts, chosen: counts.get(chosen, 0)} if chosen else counts
        options = [
            Option(value, value_name(edition, facet, value, language), count)
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
        Facet.LABEL: _("Quality label in force"),
    }[facet]
