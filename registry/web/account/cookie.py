"""The three cookies of people who sign in; who only reads gets none.

- `session`  the secret of a session, until the browser is closed or twelve hours have passed
- `visit`    ties the form on which somebody signs in to their browser
- `device`   says that somebody has signed in from this browser before, so that guesses from elsewhere never
  keep them out (see `registry.account.lockout`)

No script can read them. Where the public address is one of https they travel encrypted only, and their prefix
`__Host-` lets browsers refuse one that a neighbour in the same domain has set (RFC 6265bis, section 4.1.3.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from registry.web.site import premises_of

if TYPE_CHECKING:
    from fastapi import Request, Response

__all__ = ["DEVICE", "FLOW", "SESSION", "VISIT", "drop_cookie", "read_cookie", "set_cookie"]

SESSION: Final = "session"
VISIT: Final = "visit"
DEVICE: Final = "device"
FLOW: Final = "flow"
"""What is remembered while somebody is at their provider; sealed."""
LONGEST: Final = 4_000
SHAPE: Final = re.compile(r"[\w.=-]+", re.ASCII)


def read_cookie(request: Request, name: str) -> str:
    """Read one of our cookies; empty where there is none, or none that we can have set."""
    value = request.cookies.get(_name(request, name), "")
    return value if len(value) <= LONGEST and SHAPE.fullmatch(value) else ""


def set_cookie(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Give the browser a cookie, for so many seconds or until it is closed."""
    response.set_cookie(
        _name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=_encrypted(request),
        httponly=True,
        samesite="lax",  # one who follows a link from a mail stays signed in; forms need a token anyway
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        _name(request, name), path="/", secure=_encrypted(request), httponly=True, samesite="lax"
    )


def _name(request: Request, name: str) -> str:
    return f"{'__Host-' if _encrypted(request) else ''}koepel-{name}"


def _encrypted(request: Request) -> bool:
    return premises_of(request).settings.public_address.startswith("https:")
