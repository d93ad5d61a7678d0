"""The front page, and the way to it in the reader's language."""

from __future__ import annotations

from collections import Counter
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from registry.graph.question import ask
from registry.reading.catalogue import Family, last_part
from registry.vocabulary import KOEPEL
from registry.web.language import Language, Preferred
from registry.web.render import render
from registry.web.site import Here

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

INBOX: Final = '</inbox>; rel="http://www.w3.org/ns/ldp#inbox"'
"""Where publishers say that something has changed (Linked Data Notifications, section 3.1)."""


@router.get("/")
def choose_language(site: Here, language: Preferred) -> RedirectResponse:
    """Lead a reader to the front page in the language of the browser, and a program to the inbox."""
    return RedirectResponse(site.at(f"/{language}/"), 307, {"vary": "accept-language", "link": INBOX})


@router.get("/{language}/")
def front(request: Request, site: Here, language: Language) -> HTMLResponse:
    """Say what this is, how much there is, and where to begin."""
    initiatives = [*site.catalogue.of(Family.PROJECTS), *site.catalogue.of(Family.PROGRAMMES)]
    countries = Counter(last_part(one) for entry in initiatives for one in entry.record.links(KOEPEL.country))
    return render(
        request,
        site,
        language,
        "start",
        counts={family: len(site.catalogue.of(family)) for family in Family},
        countries=countries.most_common(),
        statements=int(ask(site.store, "size").rows[0]["statements"]),
        standards=list(site.rulebook.standards.values()),
    )
