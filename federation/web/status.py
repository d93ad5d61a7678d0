"""Where the sources stand: a page for each, a list of all, and the same for programs.

A status is about now, whichever state of the register somebody reads; so these addresses know no states.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from federation.notebook import Notebook
from federation.notice.account import moment, tell_change, word
from federation.notice.change import SHOWN
from federation.notice.finding import find
from federation.notice.link import INBOX
from federation.notice.statement import describe
from federation.notice.status import Stage, Status, overview, read_status, status_address
from federation.source import Kind
from federation.web.status_document import SourceList, StatusDocument, as_document, as_list
from registry.errors import NotFoundError
from registry.formats import Format, negotiate
from registry.home import Home
from registry.report import html, reader
from registry.translation import Translator
from registry.web.address import with_query
from registry.web.language import Language, Preferred
from registry.web.problem import problems
from registry.web.render import render
from registry.web.resource import FORMATS, HTML, VARY, not_acceptable, write
from registry.web.site import Premises, Site, premises_of

__all__ = ["address_of", "now_of", "router"]

router = APIRouter(tags=["Sources"])

JSON: Final = "application/json"
PAGE: Final = 50
LAST_PAGE: Final = 100_000
LONGEST: Final = 2_000
LISTED_SECONDS: Final = 20.0
"""So long a list of all sources may be used."""
TURN: Final = Lock()
LINK: Final = {"link": f'</inbox>; rel="{INBOX}"'}
"""Where a publisher may say that something has changed (Linked Data Notifications, section 3.1)."""
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": StatusDocument | SourceList, "content": {one.media_type: {} for one in FORMATS}},
    303: {"description": "To the page, for people."},
    **problems(400, 404, 406),
}
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": StatusDocument, "content": {one.media_type: {} for one in FORMATS}},
    **problems(400, 404, 406),
}

Named = Annotated[
    str,
    Query(
        description="The source: its IRI, or the address at which it is fetched. All sources if left out.",
        max_length=LONGEST,
    ),
]
Page = Annotated[int, Query(description="Which page of the list.", ge=1, le=LAST_PAGE)]
Wanted = Annotated[Stage | None, Query(description="Only the sources that stand there.")]


def now_of(request: Request) -> Site | None:
    """Give the newest state of the register, if there is one yet."""
    premises = premises_of(request)
    newest = premises.editions.newest
    request.state.site = site = Site(premises, newest) if newest else None
    return site


def address_of(request: Request) -> str:
    """Give the address of this registry, as the settings name it or else as the reader knows it."""
    return premises_of(request).settings.address or str(request.base_url).rstrip("/")


@router.get("/status", response_model=None, responses=ANSWERS)
def endpoint(
    request: Request, language: Preferred, source: Named = "", stage: Wanted = None, page: Page = 1
) -> Response:
    """Tell where one source stands, or list all sources: as JSON or, for one, in an RDF format."""
    offered = [HTML, JSON, *(one.media_type for one in FORMATS)] if source else [HTML, JSON]
    chosen = negotiate(request.headers.get("accept"), offered)
    if chosen is None:
        raise not_acceptable(JSON)
    if chosen == HTML:
        asked = {
            "source": source,
            "stage": stage.value if stage else "",
            "page": str(page) if page > 1 else "",
        }
        return RedirectResponse(with_query(f"/{language}/sources/status", asked), 303, VARY | LINK)
    if source:
        return _written(request, source, chosen, language)
    listed = _list(premises_of(request), stage, page, address_of(request))
    return JSONResponse(listed.model_dump(mode="json"), headers=VARY | LINK)


@router.get("/status.{extension}", response_model=None, responses=FILES)
def file(
    request: Request,
    language: Preferred,
    extension: Annotated[str, Path(description="The ending that names the format.", examples=["json"])],
    source: Annotated[str, Query(description="The source: its IRI, or its address.", max_length=LONGEST)],
) -> Response:
    """Tell where one source stands in the format that the address names."""
    known = Format.from_extension(f"status.{extension}")
    if extension != "json" and known not in FORMATS:
        raise not_acceptable(JSON)
    return _written(request, source, known.media_type if known else JSON, language)


def _written(request: Request, source: str, media_type: str, language: Language) -> Response:
    premises, site = premises_of(request), address_of(request)
    found = find(_status(premises, source), premises.home.ledger, _today())
    if media_type == JSON:
        told = as_document(found, language.value, site).model_dump(mode="json")
        return JSONResponse(told, headers=VARY | LINK)
    graph = describe(found.status, found.checked, language.value, site)
    answer = write(graph, Format.from_media_type(media_type))
    answer.headers.update(LINK)
    return answer


@router.get("/{language}/sources/status", include_in_schema=False)
def show(
    request: Request,
    language: Language,
    source: Named = "",
    stage: Wanted = None,
    page: Page = 1,
    told: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show where one source stands, or all of them."""
    site, premises = now_of(request), premises_of(request)
    if not source:
        return _show_list(request, site, language, stage, page)
    found = find(_status(premises, source), premises.home.ledger, _today())
    view = reader.tell(found.checked, language.value, _title(language)) if found.checked else None
    changes = found.changes(language.value)
    answer = render(
        request,
        site,
        language,
        "status",
        standing=found.status,
        account=found.account(language.value),
        name=found.name(language.value),
        topic=found.topic,
        changes=[tell_change(one, language.value) for one in changes.changes[:SHOWN]] if changes else [],
        counted=changes,
        more=max(0, len(changes.changes) - SHOWN) if changes else 0,
        report=html.render_part([view], language.value) if view else "",
        kind=_kind(found.status.source.kind, language),
        moment=lambda time: moment(time, language.value),
        data=lambda extension: with_query(f"/status.{extension}", {"source": found.status.source.space}),
        told=told,
    )
    answer.headers.update(LINK)
    return answer


def _status(premises: Premises, named: str) -> Status:
    """Read where a source stands, which a reader may also know by the address of its document."""
    ledger = premises.home.ledger
    with Notebook(premises.home.visits) as notebook:
        try:
            return read_status(ledger, notebook, named)
        except NotFoundError:
            found = next((one for one in _overview(premises) if one.source.address == named), None)
            if found is None or not named:
                raise
            return read_status(ledger, notebook, found.source.space)


def _overview(premises: Premises) -> list[Status]:
    """List the sources; a list that many ask for is made anew only now and then."""
    with TURN:
        return _listed(premises.home, int(monotonic() / LISTED_SECONDS))


@lru_cache(maxsize=4)
def _listed(home: Home, moment: int) -> list[Status]:
    with Notebook(home.visits) as notebook:
        return overview(home.ledger, notebook)


def _select(found: list[Status], stage: Stage | None) -> tuple[list[Status], dict[Stage, int]]:
    """Choose the sources of a stage; what was erased is counted, and no longer named."""
    counts = Counter(one.stage for one in found)
    named = [one for one in found if one.stage is not Stage.ERASED]
    wanted = [one for one in named if stage is None or one.stage is stage]
    return wanted, {one: counts[one] for one in Stage if counts[one]}


def _list(premises: Premises, stage: Stage | None, page: int, site: str) -> SourceList:
    wanted, counts = _select(_overview(premises), stage)
    more = len(wanted) > page * PAGE
    asked = {"stage": stage.value if stage else "", "page": str(page + 1)}
    following = site + with_query("/status", asked) if more else None
    return as_list(wanted[(page - 1) * PAGE : page * PAGE], counts, len(wanted), following, site)


def _show_list(
    request: Request, site: Site | None, language: Language, stage: Stage | None, page: int
) -> HTMLResponse:
    wanted, counts = _select(_overview(premises_of(request)), stage)
    pages = max(1, -(-len(wanted) // PAGE))
    asked = {"stage": stage.value if stage else ""}
    return render(
        request,
        site,
        language,
        "statuses",
        found=wanted[(page - 1) * PAGE : page * PAGE],
        total=len(wanted),
        counts=counts,
        chosen=stage,
        number=min(page, pages),
        pages=pages,
        word=lambda one: word(one, language.value),
        moment=lambda time: moment(time, language.value),
        address=lambda one: status_address(one, language.value),
        other=lambda one: with_query(f"/{language}/sources/status", asked | {"page": str(one)}),
    )


def _title(language: str) -> str:
    _ = Translator("web", language)
    return _("What the check of the newest text found")


def _kind(kind: Kind, language: str) -> str:
    _ = Translator("web", language)
    return {
        Kind.DOCUMENT: _("A description"),
        Kind.PAGE: _("A web page with a description in it"),
        Kind.CATALOGUE: _("A catalogue of descriptions"),
        Kind.SITEMAP: _("A list of web pages (sitemap)"),
        Kind.STREAM: _("A stream of changes"),
        Kind.REGISTRY: _("Another register"),
        Kind.MEMBER: _("A description from a list or stream"),
    }[kind]


def _today() -> date:
    return datetime.now(UTC).date()
