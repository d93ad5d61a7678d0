"""The page on which a publisher registers a description, and the same for programs.

It works without script and keeps nothing between two steps: the code is made anew from what was filled in.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field

from federation.fetch import Fetcher, Policy
from federation.registration import challenge
from federation.registration.allowance import Allowance, TooOftenError
from federation.registration.application import Application, Outcome, decide, to_prove
from federation.registration.enrolment import enrol
from federation.registration.own import own_codes
from federation.registration.proof import Way, places
from federation.web.body import ShortRoute
from registry.account.secret import read_key
from registry.errors import KoepelError
from registry.reading.edition import NotReadyError
from registry.translation import explain
from registry.web.language import Language, Preferred
from registry.web.problem import problems
from registry.web.render import render
from registry.web.site import Site, premises_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.settings import Settings

__all__ = ["router"]

router = APIRouter(tags=["Registration"], route_class=ShortRoute)

TIMES: Final = 20
SECONDS: Final = 600.0
"""So often, in so many seconds, one client may have its code looked for."""
AT_ONCE: Final = BoundedSemaphore(4)
ONE: Final = Lock()
PATIENCE: Final = 5.0
"""Seconds to wait until fewer are being looked for."""
LONGEST_FETCH: Final = 10.0
"""Seconds for each place: somebody is waiting, and so are those who come after."""
LONGEST: Final = 500

FIELDS: Final = ("address", "space", "owner", "mail", "umbrella")
EMPTY: Final = {"problem": "", "registered": None, "token": "", "troubles": ()}

Line = Annotated[str, Form(max_length=LONGEST)]


class Registration(BaseModel):
    """What is to be registered."""

    address: str = Field(description="Where the description is.", max_length=LONGEST)
    space: str = Field(
        "", description="What it describes. By default the document's own.", max_length=LONGEST
    )
    owner: str = Field("", description="The IRI of the organisation whose it is.", max_length=LONGEST)
    mail: str = Field("", description="Where its publisher is written to.", max_length=LONGEST)
    umbrella: str = Field(
        "", description="The source of the umbrella organisation that asks for a member.", max_length=LONGEST
    )


class Place(BaseModel):
    """A place where the code can stand, and what was seen there."""

    way: Way = Field(description="In the document, on the site, or as the answer to a challenge.")
    address: str = Field(description="Where it is looked for; a challenge adds a number.")
    found: bool = Field(description="Whether it stands there.")
    trouble: str | None = Field(None, description="Why not, in the reader's language.")


class Progress(BaseModel):
    """How far a registration is."""

    status: Literal["registered", "waiting"]
    source: str = Field(description="The IRI space of the source.")
    token: str = Field(description="The code to be put in one of the places.")
    places: list[Place]


ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    201: {"description": "Registered; the first visit comes soon.", "model": Progress},
    202: {"description": "The code was not found yet. Put it in a place, and ask again.", "model": Progress},
    **problems(400, 403, 404, 413, 422, 429, 503),
}


@router.post("/registrations", response_class=JSONResponse, responses=ANSWERS, status_code=201)
def endpoint(request: Request, language: Preferred, registration: Registration) -> JSONResponse:
    """Register a description whose publisher has put the code in its place, or tell code and places."""
    application = Application.of(**registration.model_dump())
    token = _token(request, application)
    outcome = _check(request, application, token)
    seen = {one.way: one for one in outcome.attempts}
    told = [
        Place(
            way=way,
            address=address,
            found=way in seen and seen[way].proven,
            trouble=explain(trouble, language.value)
            if (trouble := way in seen and seen[way].trouble)
            else None,
        )
        for way, address in _places(request, application).items()
    ]
    status: Literal["registered", "waiting"] = "registered" if outcome.source else "waiting"
    progress = Progress(status=status, source=application.claim.space, token=token, places=told)
    return JSONResponse(progress.model_dump(exclude_none=True), 201 if outcome.source else 202)


@router.get(
    "/.well-known/koepel-challenge/{nonce}", response_class=PlainTextResponse, responses=problems(404)
)
def answer(
    request: Request,
    nonce: Annotated[str, Path(description="The number that a registry invented.", pattern="^[0-9a-f]{32}$")],
) -> PlainTextResponse:
    """Answer another registry that looks whether a code is known here; a line for each code."""
    codes = own_codes(premises_of(request).home.folder)
    lines = "".join(f"{challenge.answer(code, nonce)}\n" for code in codes)
    return PlainTextResponse(lines, headers={"cache-control": "no-store"})


@router.get("/{language}/register", include_in_schema=False)
def form(request: Request, language: Language) -> HTMLResponse:
    """Show the form."""
    return _page(request, language, dict.fromkeys(FIELDS, ""))


@router.post("/{language}/register", include_in_schema=False)
def step(
    request: Request,
    language: Language,
    address: Line = "",
    space: Line = "",
    owner: Line = "",
    mail: Line = "",
    umbrella: Line = "",
    check: Line = "",
) -> HTMLResponse:
    """Show the code and its places; with `check`, look for it there, and register."""
    filled = {"address": address, "space": space, "owner": owner, "mail": mail, "umbrella": umbrella}
    try:
        application = Application.of(**filled)
        token = _token(request, application)
        where = _places(request, application)
        outcome = _check(request, application, token) if check else None
    except KoepelError as error:
        return _page(request, language, filled, problem=explain(error, language.value), status=error.status)
    troubles = [(one.address, one.trouble) for one in outcome.attempts if one.trouble] if outcome else []
    return _page(
        request,
        language,
        filled,
        subject=application.umbrella or application.claim.space,
        claim=application.claim,
        token=token,
        places=where,
        registered=outcome.source if outcome else None,
        troubles=[(place, explain(trouble, language.value)) for place, trouble in troubles],
    )


def _token(request: Request, application: Application) -> str:
    return application.claim.token(read_key(premises_of(request).home.folder))


def _places(request: Request, application: Application) -> dict[Way, str]:
    return places(to_prove(application, premises_of(request).home.ledger))


def _check(request: Request, application: Application, token: str) -> Outcome:
    """Look for the code, a few at a time, and register whoever has shown it."""
    home, chosen = premises_of(request).home, premises_of(request).settings
    with _turn(request), Fetcher(_policy(chosen)) as fetcher:
        outcome = decide(application, token, home.ledger, cache(fetcher.fetch))
    if outcome.source:
        try:
            enrol(home, application, outcome.source)
        except KoepelError as error:  # its message names folders, which are none of a stranger's business
            raise _busy() if error.code == "registry-busy" else error from None
    return outcome


@contextmanager
def _turn(request: Request) -> Iterator[None]:
    """Have one of the few turns; nobody has two, so that one client with a slow site holds up none."""
    client, under_way = request.state.client, _under_way(request)
    with ONE:
        if client in under_way:
            raise TooOftenError(
                "one-at-a-time",
                "Another check of yours is still under way. Wait until it has ended, and try again.",
            )
        _allowance(request).take(client)
        under_way.add(client)
    try:
        if not AT_ONCE.acquire(timeout=PATIENCE):
            raise _busy()
        try:
            yield
        finally:
            AT_ONCE.release()
    finally:
        under_way.discard(client)


def _policy(chosen: Settings) -> Policy:
    seconds = min(chosen.fetch_seconds, LONGEST_FETCH)
    return Policy(bytes=chosen.document_bytes, seconds=seconds, loopback=chosen.allow_loopback)


def _under_way(request: Request) -> set[str]:
    """Give the clients whose codes are being looked for at this moment."""
    state = request.app.state
    if not hasattr(state, "registering"):
        state.registering = set()
    found: set[str] = state.registering
    return found


def _allowance(request: Request) -> Allowance:
    state = request.app.state
    if not hasattr(state, "registrations"):
        state.registrations = Allowance(TIMES, SECONDS)
    found: Allowance = state.registrations
    return found


def _busy() -> NotReadyError:
    return NotReadyError(
        "registration-busy", "The registry is busy at this moment. Please try again in a minute."
    )


def _page(request: Request, language: Language, filled: dict[str, str], **shown: Any) -> HTMLResponse:
    newest = premises_of(request).editions.newest
    site = Site(premises_of(request), newest) if newest else None
    return render(request, site, language, "register", **{**EMPTY, "filled": filled, **shown})
