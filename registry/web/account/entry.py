"""Who is at the door: a visitor, somebody who has signed in, or a program with a token.

For those who write pages and interfaces::

    @router.get("/{language}/cases")
    def cases(request: Request, language: Language, actor: SignedIn) -> HTMLResponse:
        return signed_render(request, site, language, "certification/cases", cases=...)


    @router.post("/{language}/cases")
    def act(request: Request, language: Language, actor: SignedIn, form: Sent) -> Response: ...

- `SignedIn`  gives the `Actor`. Who has not signed in is led to the sign-in page and back (303). A POST gets
  this far only with the hidden field that `{{ csrf_field() }}` writes into each form of a template rendered
  by `signed_render` (in `page`). Nothing else has to be done, and nobody can forget it.
- `Sent`      the form of such a POST. The body has been read by then, so it is of no use to ask FastAPI for
  `Form()` or `File()`, or to read `request.form()` or `request.stream()`; `form.get("name")` gives a text or
  an upload. At most `LARGEST` bytes.
- `Visitor`   the same for pages that everybody may read: `ANYBODY` where nobody has signed in.
- `bearer`    who comes with `Authorization: Bearer kp_…`: `ANYBODY` without it, and a problem with the status
  401 where the token does not hold. It never looks at cookies, and pages never look at tokens.

All that is answered to somebody who has signed in is `no-store`, varies by cookie, and is closed to the
scripts of other sites; `registry.web.cors` sees to that for every answer, problems included.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from registry.account.account import Account, find_account
from registry.account.actor import ANYBODY, Actor
from registry.account.office import Office
from registry.account.session import Session, find_session
from registry.account.token import UnknownTokenError, read_token
from registry.errors import NotFoundError
from registry.web.account.cookie import SESSION, VISIT, read_cookie
from registry.web.account.form import check_form, reading
from registry.web.address import with_query
from registry.web.language import Language, preferred
from registry.web.render import own_address
from registry.web.site import premises_of

__all__ = [
    "LARGEST",
    "LONGEST_WAY",
    "Guest",
    "Posted",
    "Sent",
    "SignedIn",
    "Visitor",
    "bearer",
    "guest_of",
    "office_of",
    "sign_in_address",
]

LARGEST_OF_STRANGERS: Final = 65_536
LARGEST: Final = 11_000_000
"""Bytes that somebody who has signed in may send at once: a file of ten megabytes and what is said of it."""
LONGEST_WAY: Final = 2_000
"""Characters of an address to which the sign-in page leads back."""
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
SEE_OTHER: Final = 303


@dataclass(frozen=True)
class Guest:
    """Whoever asks for a page, as far as the browser tells."""

    browser: str
    """A secret of the browser: that of the session, or one for those who have none."""
    actor: Actor = ANYBODY
    account: Account | None = None
    session: Session | None = None


def office_of(request: Request) -> Office:
    """Find where the accounts of an application are kept."""
    state = request.app.state
    if not hasattr(state, "office"):
        premises = premises_of(request)
        state.office = Office.of(premises.home, premises.settings)
    office: Office = state.office
    return office


def guest_of(request: Request) -> Guest:
    """Recognise who asks for a page; the answer then depends on the cookie."""
    known: Guest | None = getattr(request.state, "guest", None)
    if known is None:
        known = request.state.guest = _recognise(request)
        request.state.depends = "cookie"
        request.state.private = known.session is not None
    return known


def bearer(request: Request) -> Actor:
    """Tell who comes with a token; the answer then depends on it.

    Raises:
        UnknownTokenError: There is something else than a token of ours that holds.
    """
    request.state.depends = "authorization"
    given = request.headers.get("authorization")
    if given is None:
        return ANYBODY
    request.state.private = True
    scheme, _, secret = given.partition(" ")
    if scheme.lower() != "bearer":
        raise UnknownTokenError(
            "token-scheme-wrong",
            "Send the token as in: Authorization: Bearer kp_… Nothing else is taken here.",
        )
    return read_token(office_of(request), secret.strip())


async def _visitor(request: Request) -> AsyncIterator[Actor]:
    guest = await run_in_threadpool(guest_of, request)
    if guest.session is None or request.method in READING:
        request.state.form = FormData()
        yield guest.actor
        return
    async with reading(request, LARGEST) as form:
        office = office_of(request)
        check_form(request, form, office.secret, guest.browser, office.address)
        request.state.form = form
        yield guest.actor


Visitor = Annotated[Actor, Depends(_visitor)]
"""Whoever asks for a page: somebody who has signed in, or anybody."""


async def _posted(request: Request) -> AsyncIterator[FormData]:
    guest, office = await run_in_threadpool(guest_of, request), office_of(request)
    async with reading(request, LARGEST_OF_STRANGERS) as form:
        check_form(request, form, office.secret, guest.browser, office.address)
        yield form


Posted = Annotated[FormData, Depends(_posted)]
"""The form of anybody, from our own page in the same browser: what they sign in with."""


def _signed_in(request: Request, actor: Visitor) -> Actor:
    if actor is ANYBODY:
        raise HTTPException(SEE_OTHER, headers={"location": sign_in_address(request)})
    return actor


SignedIn = Annotated[Actor, Depends(_signed_in)]
"""Somebody who has signed in, and whose form, if there is one, comes from our own page."""


def _sent(request: Request, actor: SignedIn) -> FormData:
    form: FormData = request.state.form
    return form


Sent = Annotated[FormData, Depends(_sent)]
"""The form that somebody who has signed in has sent."""


def sign_in_address(request: Request) -> str:
    """Give the address of the sign-in page, from which the way leads back to where somebody wanted to go."""
    first = request.url.path.split("/")[1]
    language = first if first in set(Language) else preferred(request.headers.get("accept-language"))
    back = own_address(request) if request.method in READING else ""
    return with_query(f"/{language}/sign-in", {"next": back if len(back) <= LONGEST_WAY else ""})


def _recognise(request: Request) -> Guest:
    office, secret = office_of(request), read_cookie(request, SESSION)
    visitor = Guest(read_cookie(request, VISIT) or secrets.token_urlsafe(32))
    if not secret:
        return visitor
    with office.vault as vault:
        session = find_session(vault, secret, office.now())
        if session is None:
            return visitor
        try:
            account = find_account(vault, session.account)
        except NotFoundError:  # erased meanwhile
            return visitor
    actor = Actor(account.iri, office.rights.of(account.iri), "session")
    return visitor if account.closed else Guest(secret, actor, account, session)
