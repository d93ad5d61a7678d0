"""What changed lately: a page for people, and a feed for their feed readers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from federation.feed.atom import MEDIA_TYPE, write_atom
from federation.feed.news import MOST, News, tell_news
from federation.web.freshness import SHORT, is_known, mark, unchanged
from federation.web.stream import stream_of
from registry.web.language import Language, Preferred
from registry.web.problem import problems
from registry.web.render import render
from registry.web.site import Here, Site

__all__ = ["router"]

router = APIRouter()

FORM: Final = 1
VARY: Final = {"vary": "accept-language"}
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@router.get(
    "/atom",
    tags=["Following"],
    response_class=Response,
    responses={
        200: {"description": "The feed.", "content": {MEDIA_TYPE: {}}},
        304: {"description": "Nothing has changed since."},
        **problems(400, 503),
    },
)
def atom(
    request: Request,
    site: Here,
    preferred: Preferred,
    language: Annotated[
        Language | None, Query(description="In which it is told; else as the reader prefers.")
    ] = None,
) -> Response:
    """Tell what changed lately as an Atom feed."""
    tongue, stream = language or preferred, stream_of(request)
    etag = mark(FORM, stream, tongue, site.ledger.position(), site.snapshot.name)
    headers = {**VARY, "etag": etag, "cache-control": SHORT, "content-language": tongue.value}
    if is_known(request, etag):
        return unchanged(headers)
    data = write_atom(stream, _news(site, tongue), tongue.value, LONG_AGO)
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


@router.get("/{language}/changes", include_in_schema=False)
def page(request: Request, site: Here, language: Language) -> HTMLResponse:
    """Show what changed lately."""
    return render(request, site, language, "changes", news=_news(site, language))


def _news(site: Site, language: Language) -> list[News]:
    until = site.snapshot.stand.position if site.asked else None
    return tell_news(site.ledger.latest_changes(MOST, until=until), site.catalogue, language.value)
