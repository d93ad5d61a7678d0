"""A page on which a coordinator checks a description before it is published, and the same for programs.

Nothing that is checked here is kept.
"""

from __future__ import annotations

from datetime import date
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from registry.check import check
from registry.draft import read_draft
from registry.errors import KoepelError
from registry.formats import Format, negotiate
from registry.ingest.guard import Limits
from registry.reading.edition import NotReadyError
from registry.report import csv, html, json, reader, turtle
from registry.translation import explain
from registry.web.language import Language, Preferred
from registry.web.problem import NotAcceptableError, problems
from registry.web.render import render
from registry.web.site import Here

if TYPE_CHECKING:
    from registry.check import Checked
    from registry.validation.standard import Library

__all__ = ["router"]

router = APIRouter(tags=["Check"])

LIMITS: Final = Limits(document_bytes=300_000, statements=10_000, blank_nodes=1_000)
"""A description of one project is a few kilobytes; a page need not take what a harvest takes."""
AT_ONCE: Final = BoundedSemaphore(2)
WRITERS: Final = {
    "application/json": lambda checked, view: json.render([view]),
    "text/turtle": lambda checked, view: turtle.render(checked.assessments),
    "text/csv": lambda checked, view: csv.render([view]),
    "text/html": lambda checked, view: html.render([view]),
}
REPORT: Final = {
    200: {"description": "The report.", "content": {one: {} for one in WRITERS}},
    **problems(400, 404, 406, 422),
}
TEXT: Final = {"schema": {"type": "string"}}
DESCRIPTION: Final = {
    "requestBody": {"required": True, "content": {one.media_type: TEXT for one in Format}},
}


@router.post("/check", response_class=Response, responses=REPORT, openapi_extra=DESCRIPTION)
async def endpoint(
    request: Request,
    site: Here,
    language: Preferred,
    standard: Annotated[
        list[str] | None,
        Query(description="Standards to check against, by short name.", examples=[["cms"]]),
    ] = None,
) -> Response:
    """Check the description in the body of a request and answer with a report, in the format asked for."""
    wanted = negotiate(request.headers.get("accept"), list(WRITERS))
    if wanted is None:
        offered = ", ".join(WRITERS)
        raise NotAcceptableError("no-such-format", "This can be had as: {offered}.", offered=offered)
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > LIMITS.document_bytes:
            break  # reading on would only fill memory; the reader says that it is too large
    media_type = request.headers.get("content-type")
    checked = await run_in_threadpool(_check, site.rulebook, data, "profile", media_type, standard)
    view = reader.tell(checked, language.value)
    headers = {"vary": "accept, accept-language"}
    return Response(WRITERS[wanted](checked, view), media_type=wanted, headers=headers)


@router.get("/{language}/check", include_in_schema=False)
def form(request: Request, site: Here, language: Language) -> HTMLResponse:
    """Show the form."""
    return _page(request, site, language)


@router.post("/{language}/check", include_in_schema=False)
def result(
    request: Request,
    site: Here,
    language: Language,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    standard: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Check what was pasted or uploaded, and show what it lacks and how to mend it."""
    named = file is not None and bool(file.filename)
    data = file.file.read(LIMITS.document_bytes + 1) if file and named else text.strip().encode()
    name = file.filename or "profile" if file and named else "profile"
    try:
        checked = _check(site.rulebook, data, name, None, [standard] if standard else None)
    except KoepelError as error:
        return _page(request, site, language, error=error, text=text, chosen=standard)
    view = reader.tell(checked, language.value, name)
    report = html.render_part([view], language.value)
    return _page(request, site, language, report=report, text=text, chosen=standard)


def _check(
    library: Library, data: bytes, name: str, media_type: str | None, standards: list[str] | None
) -> Checked:
    """Read and check, a few at a time: a stranger's description may take a while."""
    if not AT_ONCE.acquire(timeout=5):
        raise NotReadyError(
            "busy", "Too many descriptions are being checked at this moment. Please try again in a minute."
        )
    try:
        document = read_draft(data, name, media_type=media_type, limits=LIMITS)
        return check(document, library, standards, date.today())
    finally:
        AT_ONCE.release()


def _page(
    request: Request,
    site: Here,
    language: Language,
    *,
    report: str = "",
    error: KoepelError | None = None,
    text: str = "",
    chosen: str = "",
) -> HTMLResponse:
    return render(
        request,
        site,
        language,
        "check",
        status=200 if error is None else error.status,
        report=report,
        problem=explain(error, language.value) if error else "",
        pasted=text,
        chosen=chosen,
        standards=site.rulebook.standards.values(),
    )
