"""The pages on which somebody signs in, here or at their provider, and out again."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from registry.account.invitation import accept_provider
from registry.account.lockout import DEVICE_SECONDS, WaitError
from registry.account.oidc import Flow, Provider, read_flow
from registry.account.session import LONGEST, end_session
from registry.account.signing_in import Attempt, Welcome, sign_in, sign_in_from
from registry.errors import KoepelError, NotFoundError
from registry.translation import explain
from registry.web.account.cookie import DEVICE, FLOW, SESSION, drop_cookie, read_cookie, set_cookie
from registry.web.account.entry import LONGEST_WAY, Posted, Sent, SignedIn, guest_of, office_of
from registry.web.account.form import text_of
from registry.web.account.page import signed_render
from registry.web.language import Language
from registry.web.site import premises_of

__all__ = ["lead_to_provider", "provider_of", "router", "safe_path"]

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
FLOW_SECONDS: Final = 600
LONGEST_PASSWORD: Final = 2_000

Next = Annotated[str, Query(max_length=LONGEST_WAY)]


@router.get("/{language}/sign-in")
def form(request: Request, language: Language, next: Next = "") -> Response:
    """Show the form; who has signed in already goes on at once."""
    if guest_of(request).session is not None:
        request.state.private = True
        return RedirectResponse(safe_path(next) or f"/{language}/account", SEE_OTHER)
    return _page(request, language, next=safe_path(next))


@router.post("/{language}/sign-in")
def enter(request: Request, language: Language, form: Posted) -> Response:
    """Sign somebody in whose mail address, password and code are right."""
    goal, mail = safe_path(text_of(form, "next", LONGEST_WAY)), text_of(form, "mail")
    attempt = Attempt(
        mail,
        text_of(form, "password", LONGEST_PASSWORD),
        text_of(form, "code"),
        client=request.state.client,
        device=read_cookie(request, DEVICE),
    )
    try:
        welcome = sign_in(office_of(request), attempt)
    except KoepelError as error:
        page = _page(request, language, error, next=goal, mail=mail)
        if isinstance(error, WaitError):
            page.headers["retry-after"] = str(error.seconds)
        return page
    return _welcome(request, welcome, goal or f"/{language}/account")


@router.post("/{language}/sign-in/provider")
def ask_provider(request: Request, language: Language, form: Posted) -> Response:
    """Send somebody to their provider."""
    return lead_to_provider(request, Flow(language.value, safe_path(text_of(form, "next", LONGEST_WAY))))


@router.get("/sign-in/answer")
def hear_provider(request: Request) -> Response:
    """Take what the provider says: who is known comes in, and who is invited is linked."""
    guest_of(request)
    request.state.private = True
    office, provider = office_of(request), provider_of(request)
    flow = read_flow(office.secret, read_cookie(request, FLOW))
    identity = provider.answer(flow, request.url.query)
    if flow.invitation:
        accept_provider(office, flow.invitation, identity.issuer, identity.subject)
    welcome = sign_in_from(office, identity.issuer, identity.subject)
    response = _welcome(request, welcome, safe_path(flow.next) or f"/{flow.language}/account")
    drop_cookie(request, response, FLOW)
    return response


@router.post("/{language}/sign-out")
def leave(request: Request, language: Language, actor: SignedIn, form: Sent) -> Response:
    """End the session; the browser stays known, so that strangers cannot keep its owner out."""
    with office_of(request).vault as vault:
        end_session(vault, guest_of(request).browser)
    response = RedirectResponse(f"/{language}/sign-in", SEE_OTHER)
    drop_cookie(request, response, SESSION)
    return response


@router.get("/{language}/sign-out")
@router.get("/{language}/sign-in/provider")
def back(language: Language) -> Response:
    """Lead back to the page from where a form was sent, for those who reload or change the language there."""
    return RedirectResponse(f"/{language}/sign-in", SEE_OTHER)


def provider_of(request: Request) -> Provider:
    """Find the provider that the settings name.

    Raises:
        NotFoundError: They name none.
    """
    provider = Provider.of(premises_of(request).settings)
    if provider is None:
        raise NotFoundError(
            "provider-none", "This registry has no provider of its own. Sign in with a password."
        )
    return provider


def lead_to_provider(request: Request, flow: Flow) -> Response:
    """Send a browser to the provider by a page of ours.

    Browsers apply what `form-action` allows to redirects after a form too, and nobody knows to which
    addresses a provider leads on. A page that leads on by itself is no redirect.
    """
    address = provider_of(request).question(flow)
    page = signed_render(request, None, Language(flow.language), "account/provider", address=address)
    set_cookie(request, page, FLOW, flow.sealed(office_of(request).secret), FLOW_SECONDS)
    return page


def safe_path(path: str) -> str:
    r"""Let a way lead back into this site only; anything else is as if nothing had been asked for.

    >>> safe_path("/nl/cases?day=2026-11-22"), safe_path("//evil.example"), safe_path("/\\evil.example")
    ('/nl/cases?day=2026-11-22', '', '')
    >>> safe_path("https://evil.example/"), safe_path("/nl/\r\nset-cookie: a=b"), safe_path("nl")
    ('', '', '')
    """
    inside = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if inside and path.isascii() and path.isprintable() and " " not in path else ""


def _welcome(request: Request, welcome: Welcome, goal: str) -> Response:
    """Give the browser its session, under a new secret, and end the one that it had."""
    guest = guest_of(request)
    if guest.session is not None:
        with office_of(request).vault as vault:
            end_session(vault, guest.browser)
    response = RedirectResponse(goal, SEE_OTHER)
    request.state.private = True
    set_cookie(request, response, SESSION, welcome.session, int(LONGEST.total_seconds()))
    set_cookie(request, response, DEVICE, welcome.device, DEVICE_SECONDS)
    return response


def _page(
    request: Request, language: Language, error: KoepelError | None = None, **values: Any
) -> HTMLResponse:
    chosen = premises_of(request).settings
    if error is not None:
        request.state.problem = error.code
    return signed_render(
        request,
        None,
        language,
        "account/sign-in",
        status=error.status if error else 200,
        problem=explain(error, language.value) if error else "",
        provider=chosen.oidc_name if Provider.of(chosen) else "",
        **{"mail": "", **values},
    )
