"""The stream of changes, for other registries and portals: its view, its pages, and what a member says."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from federation.feed.outline import outline_of
from federation.feed.page import Page, find_page
from federation.feed.stream import Stream, view
from federation.web.freshness import FOR_EVER, SHORT, is_known, mark, unchanged
from registry.errors import GoneError, NotFoundError
from registry.formats import Format, negotiate
from registry.web.language import Preferred
from registry.web.problem import NotAcceptableError, problems
from registry.web.site import premises_of

__all__ = ["address_of", "router", "stream_of"]

router = APIRouter(tags=["Following"])

FORM: Final = 1
"""Counts up whenever the pages are written in another way, so that nobody takes an old page for the new."""
HTML: Final = "text/html"
PAGE_FORMATS: Final = (Format.TRIG, Format.N_QUADS)
VIEW_FORMATS: Final = (*PAGE_FORMATS, Format.TURTLE, Format.N_TRIPLES)
"""All of them take lines of N-Triples as they are."""
PROFILE: Final = '; profile="https://w3id.org/tree/profile"'
"""Promises that what belongs to one member stands together."""
ADDRESS: Final = re.compile(r"(\d+)(?:-(\d+))?")
VARY: Final = {"vary": "accept"}

Token = Annotated[str, Path(description="The history of the ledger.", pattern="^[0-9a-f]{1,8}$")]
Size = Annotated[int, Path(description="How many events of the ledger a page is about.", ge=1, le=10_000)]
Number = Annotated[
    str,
    Path(
        description="The number of the page; behind a hyphen, how many erasures touched it.",
        pattern=r"^[1-9][0-9]{0,8}(-[0-9]{1,9})?$",
        examples=["1"],
    ),
]
Position = Annotated[int, Path(description="Where the event stands in the ledger.", ge=1, le=10**12)]


def _answers(formats: tuple[Format, ...], *statuses: int, **others: str) -> dict[int | str, dict[str, Any]]:
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": "The statements.", "content": {one.media_type: {} for one in formats}},
        304: {"description": "Nothing has changed since."},
        **problems(404, 406, *statuses),
    }
    return told | {status.strip("_"): {"description": about} for status, about in others.items()}


def address_of(request: Request) -> str:
    """Tell under which address the registry speaks of itself: the one it was given, else the one asked."""
    chosen = premises_of(request).settings
    return chosen.address or str(request.base_url).rstrip("/")


def stream_of(request: Request, size: int | None = None) -> Stream:
    """Tell which stream a request is about."""
    premises = premises_of(request)
    chosen = premises.settings
    lineage = premises.home.ledger.lineage
    return Stream(address_of(request), lineage, size or chosen.feed_page, chosen.name)


@router.get(
    "/feed",
    response_class=Response,
    responses=_answers(VIEW_FORMATS, _303="To the page, for people."),
)
def feed(request: Request, language: Preferred) -> Response:
    """Say what the stream of changes is, and where its pages are (LDES); people are led to a page."""
    offered = [*(one.media_type for one in VIEW_FORMATS), HTML]
    chosen = _chosen(request, offered)
    if chosen == HTML:
        return RedirectResponse(f"/{language}/changes", 303, VARY)
    stream = stream_of(request)
    ledger = premises_of(request).home.ledger
    sheets, until = outline_of(ledger, stream.size).read()
    etag = mark(FORM, stream, until)
    headers = {**VARY, "etag": etag, "cache-control": SHORT}
    if is_known(request, etag):
        return unchanged(headers)
    lines = "".join(view(stream, sheets, ledger.retouched(stream.size), until))
    return Response(lines, media_type=chosen, headers=headers)


@router.get("/feed/shape", response_class=Response, responses={200: {"content": {"text/turtle": {}}}})
def shape(request: Request) -> Response:
    """Give the shape of a member of the stream (SHACL)."""
    return Response(_shape(), media_type=Format.TURTLE.media_type, headers={"cache-control": SHORT})


@router.get(
    "/feed/{token}/event/{position}",
    response_class=Response,
    status_code=303,
    responses={303: {"description": "To the page that holds it."}, **problems(404, 410)},
)
def event(request: Request, token: Token, position: Position) -> Response:
    """Lead from the name of a change to the page of the stream that holds it."""
    stream = _known(request, token, None)
    page = _page(request, stream, (position - 1) // stream.size + 1)
    if position > page.last:
        raise _no_page()
    return RedirectResponse(page.address, 303)


@router.get(
    "/feed/{token}/{size}/{number}",
    response_class=Response,
    responses=_answers(PAGE_FORMATS, 410, _308="To its present address: an erasure touched it."),
)
def page(request: Request, token: Token, size: Size, number: Number) -> Response:
    """Give a page of the stream of changes: what readers noticed in one part of the ledger, in order."""
    stream = _known(request, token, size)
    found = ADDRESS.fullmatch(number)
    wanted, touched = int(found[1]) if found else 0, int(found[2] or 0) if found else 0
    here = _page(request, stream, wanted)
    if here.touched != touched:
        return RedirectResponse(here.address, 308, {"cache-control": SHORT})
    chosen = _chosen(request, [one.media_type for one in PAGE_FORMATS])
    etag = mark(FORM, stream, here.address, here.last, chosen)
    headers = {**VARY, "etag": etag, "cache-control": FOR_EVER if here.is_full else SHORT}
    if is_known(request, etag):
        return unchanged(headers)
    form = Format.TRIG if chosen == Format.TRIG.media_type else Format.N_QUADS
    body = here.write(premises_of(request).home.ledger, form)
    return StreamingResponse(body, media_type=f"{chosen}{PROFILE}", headers=headers)


def _chosen(request: Request, offered: list[str]) -> str:
    chosen = negotiate(request.headers.get("accept"), offered)
    if chosen is None:
        raise NotAcceptableError(
            "no-such-format", "This can be had as: {offered}.", offered=", ".join(offered)
        )
    return chosen


def _known(request: Request, token: str, size: int | None) -> Stream:
    """Find the stream of an address; one of before a restoration is gone (LDES: an empty page)."""
    stream = stream_of(request, size)
    if token != stream.token:
        raise GoneError(
            "stream-gone",
            "This registry was restored from a backup, and its stream of changes began anew. Begin at "
            "{address}.",
            address=stream.root,
        )
    return stream


def _page(request: Request, stream: Stream, number: int) -> Page:
    found = find_page(premises_of(request).home.ledger, stream, number)
    if found is None:
        raise _no_page()
    return found


def _no_page() -> NotFoundError:
    return NotFoundError(
        "no-such-change", "The stream of changes is not that long yet. Begin at its view, /feed."
    )


@cache
def _shape() -> bytes:
    return files("federation.feed").joinpath("shape.ttl").read_bytes()
