"""The page of one's own account: who I am here, what I may do, and with which tokens and browsers."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from registry.account.account import Account, change_details, choose_mail, list_accounts
from registry.account.actor import SCOPES, Actor, Grant, Role, Scope
from registry.account.office import Office
from registry.account.people import give_role, withdraw_role
from registry.account.session import Session, end_sessions, list_sessions
from registry.account.signing_in import change_password, renew_codes
from registry.account.token import issue, list_tokens, revoke
from registry.errors import KoepelError
from registry.translation import explain
from registry.web.account.entry import Sent, SignedIn, guest_of, office_of
from registry.web.account.form import text_of
from registry.web.account.page import signed_render
from registry.web.language import Language

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
LONGEST_PASSWORD: Final = 2_000
DAYS: Final = (30, 90, 180, 365)
"""For how long a token may hold, as the page offers it."""

Number = Annotated[str, Path(pattern="^[0-9a-f]{12}$")]


@router.get("/{language}/account")
def show(request: Request, language: Language, actor: SignedIn) -> HTMLResponse:
    """Show the account."""
    return _page(request, language)


@router.post("/{language}/account/details")
def change(request: Request, language: Language, actor: SignedIn, form: Sent) -> Response:
    """Change name, mail address and language."""
    _, account = _own(request)
    spoken = text_of(form, "language")
    if spoken not in set(Language):
        spoken = account.language
    try:
        with office_of(request).vault as vault, vault.writing():
            change_details(vault, account, text_of(form, "name"), text_of(form, "mail"), spoken)
            office_of(request).note(account.iri, actor, "details")
    except KoepelError as error:
        return _page(request, language, error)
    return _done(language)


@router.post("/{language}/account/news")
def change_news(request: Request, language: Language, actor: SignedIn, form: Sent) -> Response:
    """Change whether mail is wanted."""
    _, account = _own(request)
    with office_of(request).vault as vault:
        choose_mail(vault, account, wanted=text_of(form, "wanted") == "yes")
    return _done(language)


@router.post("/{language}/account/password")
def change_secret(request: Request, language: Language, actor: SignedIn, form: Sent) -> Response:
    """Change the password."""
    session, account = _own(request)
    old, new = (text_of(form, name, LONGEST_PASSWORD) for name in ("old", "new"))
    try:
        change_password(office_of(request), session, account, old, new)
    except KoepelError as error:
        return _page(request, language, error)
    return _done(language)


@router.post("/{language}/account/spare-codes")
def spare_codes(request: Request, language: Language, actor: SignedIn, form: Sent) -> HTMLResponse:
    """Draw new spare codes, and show them for the only time."""
    session, account = _own(request)
    try:
        codes = renew_codes(office_of(request), session, account, text_of(form, "password", LONGEST_PASSWORD))
    except KoepelError as error:
        return _page(request, language, error)
    return signed_render(request, None, language, "account/spare-codes", codes=codes, fresh=False)


@router.post("/{language}/account/tokens")
def issue_token(request: Request, language: Language, actor: SignedIn, form: Sent) -> HTMLResponse:
    """Issue a token, and show it for the only time."""
    _, account = _own(request)
    days = text_of(form, "days", 3)
    scopes = [one for one in form.getlist("scope") if isinstance(one, str)]
    try:
        wanted = int(days) if days.isdecimal() else 0
        token, secret = issue(office_of(request), actor, account, text_of(form, "purpose"), scopes, wanted)
    except KoepelError as error:
        return _page(request, language, error)
    return _page(request, language, issued=token, secret=secret)


@router.post("/{language}/account/tokens/{number}/revoke")
def revoke_token(request: Request, language: Language, number: Number, actor: SignedIn) -> Response:
    """Revoke a token of one's own."""
    _, account = _own(request)
    revoke(office_of(request), actor, account, number)
    return _done(language)


@router.post("/{language}/account/sessions/{handle}/end")
def end(request: Request, language: Language, handle: Number, actor: SignedIn) -> Response:
    """End a session of one's own in another browser."""
    _, account = _own(request)
    with office_of(request).vault as vault:
        end_sessions(vault, account, handle)
    return _done(language)


@router.post("/{language}/account/publishers")
def publishers(request: Request, language: Language, actor: SignedIn, form: Sent) -> Response:
    """Let another account publish for an organisation of one's own, or no longer."""
    change = withdraw_role if text_of(form, "act") == "withdraw" else give_role
    number, organisation = text_of(form, "account"), text_of(form, "organisation")
    try:
        change(office_of(request), actor, number.strip(), Role.PUBLISHER, organisation)
    except KoepelError as error:
        return _page(request, language, error)
    return _done(language)


@router.get("/{language}/account/{part:path}")
def back(language: Language, part: str) -> Response:
    """Lead back to the page from where a form was sent, for those who reload or change the language there."""
    return _done(language)


def _own(request: Request) -> tuple[Session, Account]:
    """Give the session and the account of somebody who has signed in."""
    guest = guest_of(request)
    assert guest.session is not None  # noqa: S101 - `SignedIn` has seen to it
    assert guest.account is not None  # noqa: S101
    return guest.session, guest.account


def _done(language: Language) -> Response:
    return RedirectResponse(f"/{language}/account", SEE_OTHER)


def _page(
    request: Request, language: Language, error: KoepelError | None = None, **shown: Any
) -> HTMLResponse:
    session, account = _own(request)
    office, actor = office_of(request), guest_of(request).actor
    with office.vault as vault:
        tokens, sessions = list_tokens(vault, account), list_sessions(vault, account, office.now())
    return signed_render(
        request,
        None,
        language,
        "account/own",
        status=error.status if error else 200,
        **{
            "problem": explain(error, language.value) if error else "",
            "account": account,
            "tokens": [one for one in tokens if one.holds(office.now())],
            "sessions": sessions,
            "here_now": session.handle,
            "scopes": _scopes(actor),
            "days": DAYS,
            "publishers": _publishers(office, actor),
            "issued": None,
            "secret": "",
            **shown,
        },
    )


def _scopes(actor: Actor) -> list[str]:
    """List what a token of this account can be given."""
    lent = {SCOPES[one.role] for one in actor.grants}
    return [one.value for one in Scope if one is Scope.READ or one in lent]


def _publishers(office: Office, actor: Actor) -> dict[str, list[Account]]:
    """List for each organisation of one's own who publishes for it."""
    owned = actor.organisations(Role.OWNER)
    if not owned:
        return {}
    with office.vault as vault:
        known = [(one, office.rights.of(one.iri)) for one in list_accounts(vault)]
    return {iri: [one for one, held in known if Grant(Role.PUBLISHER, iri) in held] for iri in sorted(owned)}
