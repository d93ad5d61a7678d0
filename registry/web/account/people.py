"""The operators' pages: who has an account, who may do what, and who is invited."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from registry.account.account import find_account, list_accounts
from registry.account.actor import Actor, Role
from registry.account.people import as_operator, close, create, give_role, invite, withdraw_role
from registry.errors import InvalidDataError, KoepelError
from registry.translation import explain
from registry.web.account.entry import Sent, SignedIn, office_of
from registry.web.account.form import text_of
from registry.web.account.page import signed_render
from registry.web.language import Language
from registry.web.site import premises_of

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303

Number = Annotated[str, Path(pattern="^[0-9a-f]{12}$")]


@router.get("/{language}/people")
def everybody(request: Request, language: Language, actor: SignedIn) -> HTMLResponse:
    """List the accounts."""
    return _list(request, language, actor)


@router.post("/{language}/people")
def add(request: Request, language: Language, actor: SignedIn, form: Sent) -> HTMLResponse:
    """Create an account, and show its invitation for the only time."""
    spoken = text_of(form, "language")
    name, mail = text_of(form, "name"), text_of(form, "mail")
    try:
        account, code = create(
            office_of(request), actor, name, mail, spoken if spoken in set(Language) else language.value
        )
    except KoepelError as error:
        return _list(request, language, actor, error, name=name, mail=mail)
    return _one(request, language, actor, account.id, invitation=_link(request, account.language, code))


@router.get("/{language}/people/{number}")
def somebody(request: Request, language: Language, number: Number, actor: SignedIn) -> HTMLResponse:
    """Show one account."""
    return _one(request, language, actor, number)


@router.post("/{language}/people/{number}/invitation")
def invite_again(request: Request, language: Language, number: Number, actor: SignedIn) -> HTMLResponse:
    """Invite somebody anew, and show the invitation for the only time."""
    try:
        account, code = invite(office_of(request), actor, number)
    except KoepelError as error:
        return _one(request, language, actor, number, error)
    return _one(request, language, actor, number, invitation=_link(request, account.language, code))


@router.post("/{language}/people/{number}/roles")
def change_role(
    request: Request, language: Language, number: Number, actor: SignedIn, form: Sent
) -> Response:
    """Give a role, or take it back."""
    as_operator(actor)
    change = withdraw_role if text_of(form, "act") == "withdraw" else give_role
    try:
        change(office_of(request), actor, number, _role(text_of(form, "role")), text_of(form, "organisation"))
    except KoepelError as error:
        return _one(request, language, actor, number, error)
    return RedirectResponse(f"/{language}/people/{number}", SEE_OTHER)


@router.post("/{language}/people/{number}/close")
def shut(request: Request, language: Language, number: Number, actor: SignedIn, form: Sent) -> Response:
    """Close an account, and erase who it was if that is asked for."""
    erase = bool(text_of(form, "erase"))
    close(office_of(request), actor, number, erase=erase)
    return RedirectResponse(f"/{language}/people" + ("" if erase else f"/{number}"), SEE_OTHER)


@router.get("/{language}/people/{number}/{part:path}")
def back(language: Language, number: Number, part: str) -> Response:
    """Lead back to the page from where a form was sent, for those who reload or change the language there."""
    return RedirectResponse(f"/{language}/people/{number}", SEE_OTHER)


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise InvalidDataError(
            "role-unknown", "There is no role {role}. There are: {known}.", role=name, known=", ".join(Role)
        ) from None


def _link(request: Request, language: str, code: str) -> str:
    return f"{premises_of(request).settings.public_address}/{language}/invitation/{code}"


def _list(
    request: Request, language: Language, actor: Actor, error: KoepelError | None = None, **shown: Any
) -> HTMLResponse:
    as_operator(actor)
    office = office_of(request)
    with office.vault as vault:
        accounts = [(one, sorted(office.rights.of(one.iri))) for one in list_accounts(vault)]
    values = {"name": "", "mail": "", **shown}
    return _answer(request, language, "account/people", error, accounts=accounts, **values)


def _one(
    request: Request,
    language: Language,
    actor: Actor,
    number: str,
    error: KoepelError | None = None,
    invitation: str = "",
) -> HTMLResponse:
    as_operator(actor)
    office = office_of(request)
    with office.vault as vault:
        account = find_account(vault, number)
    return _answer(
        request,
        language,
        "account/person",
        error,
        account=account,
        grants=sorted(office.rights.of(account.iri)),
        roles=list(Role),
        invitation=invitation,
    )


def _answer(
    request: Request, language: Language, template: str, error: KoepelError | None, **values: Any
) -> HTMLResponse:
    return signed_render(
        request,
        None,
        language,
        template,
        status=error.status if error else 200,
        problem=explain(error, language.value) if error else "",
        **values,
    )
