"""Pages for people who sign in: as any other page, with a token for its forms, and kept by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from registry.web.account.cookie import VISIT, set_cookie
from registry.web.account.entry import guest_of, office_of
from registry.web.account.form import FIELD, make_token
from registry.web.render import render
from registry.web.site import Site, premises_of

if TYPE_CHECKING:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    from registry.web.language import Language

__all__ = ["signed_render"]

REFERRER: Final = "same-origin"
"""Browsers then say of our own forms that they are ours; other sites learn nothing."""
HIDDEN: Final = Markup('<input type="hidden" name="{}" value="{}">')


def signed_render(
    request: Request,
    site: Site | None,
    language: Language,
    template: str,
    /,
    *,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Write a page for one reader; without a site it speaks of the newest state, if there is one.

    Beside the values it gives the template `csrf_field()`, for every form that is sent by POST, and `actor`.
    """
    guest = guest_of(request)
    secret = office_of(request).secret
    page = render(
        request,
        site or _newest(request),
        language,
        template,
        status=status,
        actor=guest.actor,
        csrf_field=lambda: HIDDEN.format(FIELD, make_token(secret, guest.browser)),
        **values,
    )
    request.state.private = True
    page.headers["referrer-policy"] = REFERRER
    if guest.session is None:
        set_cookie(request, page, VISIT, guest.browser)
    return page


def _newest(request: Request) -> Site | None:
    premises = premises_of(request)
    newest = premises.editions.newest
    return Site(premises, newest) if newest else None
