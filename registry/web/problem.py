"""What went wrong: a page for people, a problem document (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from registry.errors import InvalidDataError, KoepelError, NotFoundError
from registry.formats import negotiate
from registry.reading.edition import NotReadyError
from registry.translation import explain
from registry.web.address import in_state
from registry.web.language import Language, preferred
from registry.web.render import own_address, render
from registry.web.site import Site, premises_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

__all__ = [
    "PROBLEM_TYPE",
    "NotAcceptableError",
    "Problem",
    "answer_with_problems",
    "problems",
    "tell",
    "unforeseen",
]

PROBLEM_TYPE: Final = "application/problem+json"
BUSY: Final = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})
CHALLENGE: Final = 'Bearer realm="koepel"'
"""How a program says who it is (RFC 6750, section 3)."""
SOON: Final = "5"
"""After how many seconds it may be tried again, where nobody knows better."""


class NotAcceptableError(KoepelError):
    """What was asked for exists, but not in a format that the reader takes."""

    status = 406


class Problem(BaseModel):
    """What went wrong, for programs (RFC 9457)."""

    type: str = Field("about:blank", description="Always about:blank: the code says which problem it is.")
    title: str = Field(description="The phrase of the HTTP status.")
    status: int = Field(description="The HTTP status.", ge=400, le=599)
    detail: str = Field(description="What is wrong and what to do next, in the reader's language.")
    code: str = Field(description="The problem by a name that never changes.")
    line: int | None = Field(None, description="The line where it goes wrong, counted from one.")
    column: int | None = Field(None, description="The column in that line, counted from one.")
    nearest: str | None = Field(None, description="The kept snapshot that is nearest to the one asked for.")
    request: str | None = Field(None, description="The number of the request, to find it in the log.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe for programs with which problems an address can answer."""
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(statuses)
    }


def answer_with_problems(app: FastAPI) -> None:
    """Let every error of an application become a problem in one shape."""

    def koepel(request: Request, error: Exception) -> Response:
        return tell(request, error if isinstance(error, KoepelError) else _unknown())

    def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        if status < HTTPStatus.BAD_REQUEST:  # no problem: somebody is led to the sign-in page
            return Response(status_code=status, headers=headers)
        return tell(
            request,
            _missing(request) if status == HTTPStatus.NOT_FOUND else _refused(status),
            status,
            headers,
        )

    def parameters(request: Request, error: Exception) -> Response:
        return tell(request, *_about_parameters(request, error))

    def unexpected(request: Request, error: Exception) -> Response:
        return unforeseen(request)

    app.add_exception_handler(KoepelError, koepel)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, parameters)
    app.add_exception_handler(Exception, unexpected)


def tell(request: Request, error: KoepelError, status: int | None = None, headers: Any = None) -> Response:
    """Tell a reader what went wrong, in the form and language that the reader takes."""
    code = HTTPStatus(status or error.status)
    language = _language(request)
    message = explain(error, language.value)
    request.state.problem = error.code
    nearest = str(error.params["nearest"]) if code is HTTPStatus.GONE and "nearest" in error.params else None
    instead = in_state(own_address(request), nearest) if nearest else ""
    headers = {**(headers or {}), **({"link": f'<{instead}>; rel="alternate"'} if instead else {})}
    if code in BUSY:
        headers.setdefault("retry-after", SOON)
    if code is HTTPStatus.UNAUTHORIZED:
        headers.setdefault("www-authenticate", CHALLENGE)
    if negotiate(request.headers.get("accept"), [PROBLEM_TYPE, "text/html"]) == "text/html":
        page = render(
            request,
            _site(request),
            language,
            "problem",
            status=code,
            code=code,
            message=message,
            instead=instead,
        )
        page.headers.update(headers)
        return page
    document = Problem(
        title=code.phrase,
        status=code,
        detail=message,
        code=error.code,
        line=error.line,
        column=error.column,
        nearest=nearest,
        request=getattr(request.state, "request_id", None),
    )
    return JSONResponse(document.model_dump(exclude_none=True), code, headers, PROBLEM_TYPE)


def unforeseen(request: Request) -> Response:
    """Tell a reader that something went wrong which nobody foresaw, and nothing about how."""
    return tell(request, _unknown(), 500)


def _site(request: Request) -> Site | None:
    """Find the state that the reader came from, else the newest, else none."""
    if known := getattr(request.state, "site", None):
        return known if isinstance(known, Site) else None
    premises = premises_of(request)
    newest = premises.editions.newest
    return Site(premises, newest) if newest else None


def _language(request: Request) -> Language:
    first = request.url.path.split("/")[1]
    return Language(first) if first in set(Language) else preferred(request.headers.get("accept-language"))


def _about_parameters(request: Request, error: Exception) -> tuple[KoepelError, int]:
    """An address with an unknown part leads nowhere; a wrong parameter behind it can be put right."""
    details = error.errors() if isinstance(error, RequestValidationError) else ()
    if any(detail["loc"][0] == "path" for detail in details):
        return _missing(request), 404
    names = ", ".join(sorted({str(detail["loc"][-1]) for detail in details}))
    return InvalidDataError(
        "wrong-parameter",
        "These parameters are missing or have a value that makes no sense: {names}.",
        names=names,
    ), 400


def _missing(request: Request) -> KoepelError:
    return NotFoundError(
        "no-such-page",
        "There is nothing at {path}. It may have moved, or never have been.",
        path=request.url.path,
    )


def _refused(status: int) -> KoepelError:
    return InvalidDataError(
        "refused", "This cannot be done here ({reason}).", reason=HTTPStatus(status).phrase
    )


def _unknown() -> KoepelError:
    return NotReadyError("failure", "Something went wrong in the registry. Please try again later.")
