"""Forms of people who may have a session: read within a limit, and only from our own pages.

A form counts only if it comes from a page that was made for the same browser. Each of ours holds a token for
that: a keyed digest of the session's secret, which no other site can know. It is masked anew in every answer,
because answers travel compressed, and what is the same in each could be guessed from their lengths (BREACH).
A browser that says where a form comes from is believed as well, when it is from elsewhere.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlsplit

from fastapi import Request

from registry.errors import LimitError, NotAllowedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import FormData
    from starlette.types import Message

    from registry.account.secret import Secret

__all__ = ["FIELD", "check_form", "is_token", "make_token", "reading", "text_of"]

FIELD: Final = "csrf"
"""The hidden field with the token."""
PURPOSE: Final = "form"
OWN_SITE: Final = frozenset({"same-origin", "none"})
MOST_FIELDS: Final = 5_000
LONGEST_FIELD: Final = 65_536


class TooLongError(LimitError):
    """More was sent than a page takes."""

    status: ClassVar[int] = 413


@asynccontextmanager
async def reading(request: Request, limit: int) -> AsyncIterator[FormData]:
    """Read a form, and no more than so many bytes; its files are closed at the end.

    Raises:
        TooLongError: More was sent.
    """
    received = 0

    async def within() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise TooLongError(
                "form-too-long", "Together this is more than {limit} bytes. Send less at once.", limit=limit
            )
        return message

    bounded: Request[Any] = Request(request.scope, within)
    async with bounded.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD) as form:
        yield form


def text_of(form: FormData, name: str, longest: int = 500) -> str:
    """Give what somebody wrote in a field of one line; empty where it is too long for one, or no text."""
    value = form.get(name)
    if not isinstance(value, str) or len(value) > longest:
        return ""
    return value.encode("utf-8", "replace").decode()  # half a sign, such as only attackers send


def make_token(secret: Secret, browser: str) -> str:
    """Make the token of one form for one browser; each looks different.

    >>> from registry.account.secret import Secret
    >>> ours = Secret(bytes(32))
    >>> one, two = make_token(ours, "a browser"), make_token(ours, "a browser")
    >>> one == two, is_token(ours, "a browser", one), is_token(ours, "another", one)
    (False, True, False)
    """
    known = _known(secret, browser)
    mask = secrets.token_bytes(len(known))
    return urlsafe_b64encode(mask + _mixed(mask, known)).decode("ascii")


def is_token(secret: Secret, browser: str, token: str) -> bool:
    """Tell whether a token was made for a browser."""
    known = _known(secret, browser)
    try:
        data = urlsafe_b64decode(token.encode("ascii"))
    except ValueError:
        return False
    mask, masked = data[: len(known)], data[len(known) :]
    return len(data) == 2 * len(known) and hmac.compare_digest(_mixed(mask, masked), known)


def check_form(request: Request, form: FormData, secret: Secret, browser: str, address: str) -> None:
    """Take a form from our own pages in this browser, and from nowhere else.

    Args:
        request: What came in.
        form: The form.
        secret: The secret of the registry.
        browser: The secret of the browser.
        address: The public address of the registry.

    Raises:
        NotAllowedError: It comes from another site, or the page was made for another session.
    """
    if not _from_here(request, address):
        raise NotAllowedError(
            "form-foreign", "This form was sent from another site. Open the page here, and fill it in again."
        )
    token = form.get(FIELD)
    if not isinstance(token, str) or not is_token(secret, browser, token):
        raise NotAllowedError(
            "form-stale", "The page was open for too long, or in another session. Open it anew and try again."
        )


def _from_here(request: Request, address: str) -> bool:
    """Believe what browsers say about where a form is from; what says nothing still needs the token."""
    if site := request.headers.get("sec-fetch-site"):
        return site in OWN_SITE
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] in {
        request.headers.get("host"),
        urlsplit(address).netloc,
    }


def _known(secret: Secret, browser: str) -> bytes:
    return bytes.fromhex(secret.digest(PURPOSE, browser))


def _mixed(mask: bytes, text: bytes) -> bytes:
    return bytes(one ^ two for one, two in zip(mask, text, strict=False))
