"""The page behind the links in a mail: to confirm that one wants news, or to stop it.

Following a link changes nothing, because programs that look for viruses follow links too; the button does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from federation.notice.certification.mute import heed
from federation.notice.consent import Consent
from federation.notice.notify import tray_of
from federation.notice.tray import Tray
from federation.web.status import now_of
from registry.web.language import Language
from registry.web.render import render
from registry.web.site import premises_of

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

Token = Annotated[str, Query(max_length=200)]


@router.get("/{language}/mail")
def ask(request: Request, language: Language, token: Token = "") -> HTMLResponse:
    """Ask whether the one who follows a link means it."""
    with Tray(tray_of(premises_of(request).home)) as tray:
        wish, _ = Consent(tray).read(token, datetime.now(UTC))
    return _page(request, language, wish.value, done=False)


@router.post("/{language}/mail")
def follow(request: Request, language: Language, token: Token = "") -> HTMLResponse:
    """Do it; a mail program may do so with one click (RFC 8058)."""
    home, now = premises_of(request).home, datetime.now(UTC)
    with Tray(tray_of(home)) as tray:
        consent = Consent(tray)
        heed(home.folder, consent, *consent.read(token, now))
        wish = consent.follow(token, now)
    return _page(request, language, wish.value, done=True)


def _page(request: Request, language: Language, wish: str, *, done: bool) -> HTMLResponse:
    answer = render(request, now_of(request), language, "mail", wish=wish, done=done)
    answer.headers.update({"cache-control": "no-store", "x-robots-tag": "noindex"})
    return answer
