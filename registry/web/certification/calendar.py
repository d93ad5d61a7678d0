"""What is due, and when: a page, and calendars to which programs subscribe.

A personal calendar has an address that nobody can guess and that opens nothing else. The registry keeps only
a digest of what is in it, so the address is shown once; a new one makes the one before worthless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from registry.account.account import find_account
from registry.account.actor import Role, Scope
from registry.account.token import UnknownTokenError, issue, list_tokens, read_token, revoke
from registry.certification.outlook.calendar import dues
from registry.certification.outlook.ical import MEDIA_TYPE, actor_feed, label_feed
from registry.certification.outlook.ical import Wording as CalendarWording
from registry.certification.sight import may_see
from registry.errors import NotFoundError
from registry.report.due import heading, kind_name
from registry.translation import Translator
from registry.web.account.entry import Sent, SignedIn, office_of
from registry.web.account.page import signed_render
from registry.web.certification.place import AtDesk, Newest
from registry.web.language import Language, Preferred
from registry.web.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.account.actor import Actor
    from registry.account.office import Office
    from registry.account.token import Token
    from registry.certification.desk import Desk
    from registry.certification.outlook.calendar import Due
    from registry.web.site import Site

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

PURPOSE: Final = "calendar"
"""What the tokens are for that stand behind the addresses of calendars."""
DAYS: Final = 366
HORIZONS: Final = (3, 6, 12, 36)
"""So many months ahead somebody can look."""
Months = Annotated[int, Query(ge=1, le=120)]


@router.get("/{language}/calendar")
def page(
    request: Request, site: Newest, actor: SignedIn, desk: AtDesk, language: Language, months: Months = 12
) -> HTMLResponse:
    """Show what is due for somebody, the earliest first."""
    return _show(request, site, actor, desk, language, months)


@router.post("/{language}/calendar", response_model=None)
def change(
    request: Request, site: Newest, actor: SignedIn, form: Sent, desk: AtDesk, language: Language
) -> HTMLResponse | RedirectResponse:
    """Make a new address for a personal calendar, or take it back."""
    office = office_of(request)
    with office.vault as vault:
        account = find_account(vault, actor.account)
    for one in _addresses(office, actor):
        revoke(office, actor, account, one.id)
    if form.get("act") != "create":
        return RedirectResponse(f"/{language}/calendar", 303)
    _, secret = issue(office, actor, account, PURPOSE, [Scope.READ], DAYS)
    sealed = office.secret.seal(PURPOSE, secret).rstrip("=")
    return _show(request, site, actor, desk, language, 12, f"{desk.address}/calendar/{sealed}.ics")


@router.get("/calendar/{sealed}.ics", response_class=Response)
def personal(
    request: Request, site: Newest, desk: AtDesk, sealed: Annotated[str, Path(max_length=400)]
) -> Response:
    """Give the calendar of one account to the program that has its address."""
    request.state.private = True
    office = office_of(request)
    secret = office.secret.unseal(PURPOSE, sealed + "=" * (-len(sealed) % 4))
    try:
        actor = read_token(office, secret or "")
    except UnknownTokenError:
        raise NotFoundError(
            "calendar-unknown",
            "There is no calendar at this address, or it has another address now. Make a new one on the page "
            "with what is due.",
        ) from None
    with office.vault as vault:
        language = find_account(vault, actor.account).language
    return _calendar(actor_feed(desk, actor, _wording(site, language, _title(language))), "no-store")


@router.get("/label/{number}/calendar.ics", response_class=Response)
def label(site: Newest, desk: AtDesk, language: Preferred, number: str) -> Response:
    """Give everybody the last day of a label."""
    found = desk.caseload().case(desk.case_iri(number), desk.today())
    if found is None or found.label is None:
        raise NotFoundError(
            "label-unknown", "There is no label {label} here. Check its number.", label=number
        )
    title = _name_of(site, language)(found.subject)
    feed = label_feed(desk, found.label.iri, _wording(site, language, title))
    return _calendar(feed, "public, max-age=3600")


def _show(
    request: Request,
    site: Site | None,
    actor: Actor,
    desk: Desk,
    language: Language,
    months: int,
    address: str = "",
) -> HTMLResponse:
    found = _dues(desk, actor, months)
    name = _name_of(site, language)
    return signed_render(
        request,
        site,
        language,
        "certification/calendar",
        overdue=[one for one in found if one.is_over(desk.today())],
        ahead=[one for one in found if not one.is_over(desk.today())],
        said=lambda due: heading(due, name(due.subject or due.scheme), language),
        kind_name=kind_name,
        months=months,
        horizons=HORIZONS,
        address=address,
        addresses=_addresses(office_of(request), actor),
    )


def _dues(desk: Desk, actor: Actor, months: int) -> list[Due]:
    """List what is due in the cases of somebody, and what concerns their body; not the labels of others."""
    caseload, day = desk.caseload(), desk.today()
    seen = {case.iri for case in caseload.cases(day) if may_see(actor, case)}
    bodies = actor.organisations(Role.ASSESSOR, Role.DECIDER)
    found = dues(caseload, day, months, actor=actor, library=desk.rulebook)
    return [one for one in found if one.case in seen or (not one.case and one.body in bodies)]


def _addresses(office: Office, actor: Actor) -> list[Token]:
    """List what stands behind the addresses of the calendar of an account that hold."""
    with office.vault as vault:
        known = list_tokens(vault, find_account(vault, actor.account))
    return [one for one in known if one.purpose == PURPOSE and one.holds(office.now())]


def _calendar(data: bytes, keep: str) -> Response:
    headers = {"cache-control": keep, "content-disposition": 'inline; filename="calendar.ics"'}
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


def _wording(site: Site | None, language: str, title: str) -> CalendarWording:
    return CalendarWording(language, title, _name_of(site, language))


def _name_of(site: Site | None, language: str) -> Callable[[str], str]:
    return (lambda iri: str(Wording(language, site.catalogue).name(iri))) if site else str


def _title(language: str) -> str:
    _ = Translator("web", language)
    return _("Labels: what is due")
