"""What went wrong: a page for people, a problem document (RFC 9457) for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from registry.errors import InvalidDataError, KoepelError, NotFoundError
from registry.formats import negotiate
from registry.graph.query import LimitError
from registry.translation import explain
from registry.web.language import Language, preferred
from registry.web.render import render

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

__all__ = ["PROBLEM_TYPE", "NotAcceptableError", "answer_with_problems", "tell"]

PROBLEM_TYPE: Final = "application/problem+json"


class NotAcceptableError(KoepelError):
    """What was asked for exists, but not in a format that the reader takes."""

    status = 406


def answer_with_problems(app: FastAPI) -> None:
    """Let every error of an application become a problem in one shape."""

    async def koepel(request: Request, error: Exception) -> Response:
        return tell(request, error if isinstance(error, KoepelError) else _unknown())

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        return tell(
            request,
            _missing(request) if status == HTTPStatus.NOT_FOUND else _refused(status),
            status,
            headers,
        )

    async def parameters(request: Request, error: Exception) -> Response:
        return tell(request, *_about_parameters(request, error))

    async def unexpected(request: Request, error: Exception) -> Response:
        return tell(request, _unknown(), 500)

    app.add_exception_handler(KoepelError, koepel)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, parameters)
    app.add_exception_handler(Exception, unexpected)


def tell(request: Request, error: KoepelError, status: int | None = None, headers: Any = None) -> Response:
    """Tell a reader what went wrong, in the form and language that the reader takes."""
    code = HTTPStatus(status or error.status)
    language = _language(request)
    message = explain(error, language.value)
    if negotiate(request.headers.get("accept"), [PROBLEM_TYPE, "text/html"]) == "text/html":
        page = render(
            request, request.app.state.site, language, "problem", status=code, code=code, message=message
        )
        page.headers.update(headers or {})
        return page
    document = {
        "type": "about:blank",
        "title": code.phrase,
        "status": code.value,
        "detail": message,
        "code": error.code,
        "line": error.line,
        "column": error.column,
    }
    present = {name: value for name, value in document.items() if value is not None}
    return JSONResponse(present, code, headers, PROBLEM_TYPE)


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
    return LimitError("failure", "Something went wrong in the registry. Please try again later.")
