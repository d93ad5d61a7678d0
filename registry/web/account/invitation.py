"""The page on which somebody makes an account their own: a password and a device, or a provider."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from registry.account.invitation import Invitation, accept, find_invitation
from registry.account.oidc import Flow, Provider
from registry.account.totp import enrolment_address, picture
from registry.errors import KoepelError
from registry.translation import explain
from registry.web.account.entry import Posted, guest_of, office_of
from registry.web.account.form import text_of
from registry.web.account.page import signed_render
from registry.web.account.sign_in import lead_to_provider
from registry.web.language import Language
from registry.web.site import premises_of

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
LONGEST_PASSWORD: Final = 2_000
GROUP: Final = 4
"""So many signs of a secret stand together, for those who type it."""

Code = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{43}$")]


@router.get("/{language}/invitation/{code}")
def form(request: Request, language: Language, code: Code) -> HTMLResponse:
    """Show for whom the invitation is, and what they need."""
    guest_of(request)
    request.state.private = True
    return _page(request, language, code, _found(request, code))


@router.post("/{language}/invitation/{code}")
def take(request: Request, language: Language, code: Code, form: Posted) -> HTMLResponse:
    """Set the password and the device; shows the spare codes, for the only time."""
    request.state.private = True
    invitation = _found(request, code)
    password = text_of(form, "password", LONGEST_PASSWORD)
    try:
        codes = accept(office_of(request), code, password, text_of(form, "code"))
    except KoepelError as error:
        return _page(request, language, code, invitation, error)
    return signed_render(request, None, language, "account/spare-codes", codes=codes, fresh=True)


@router.post("/{language}/invitation/{code}/provider")
def link(request: Request, language: Language, code: Code, form: Posted) -> Response:
    """Send somebody to their provider, with which the account is then linked."""
    request.state.private = True
    _found(request, code)
    return lead_to_provider(request, Flow(language.value, invitation=code))


@router.get("/{language}/invitation/{code}/provider")
def back(language: Language, code: Code) -> Response:
    """Lead back to the page from where a form was sent, for those who reload or change the language there."""
    return RedirectResponse(f"/{language}/invitation/{code}", SEE_OTHER)


def _found(request: Request, code: str) -> Invitation:
    office = office_of(request)
    with office.vault as vault:
        return find_invitation(office, vault, code)


def _page(
    request: Request, language: Language, code: str, invitation: Invitation, error: KoepelError | None = None
) -> HTMLResponse:
    chosen, factor = premises_of(request).settings, invitation.factor
    return signed_render(
        request,
        None,
        language,
        "account/invitation",
        status=error.status if error else 200,
        problem=explain(error, language.value) if error else "",
        invited=invitation.account,
        code=code,
        picture=picture(enrolment_address(factor, invitation.account.mail, chosen.name)),
        factor=" ".join(factor[at : at + GROUP] for at in range(0, len(factor), GROUP)),
        provider=chosen.oidc_name if Provider.of(chosen) else "",
    )
