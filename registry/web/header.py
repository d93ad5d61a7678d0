"""What every answer says to browsers, so that a stranger's text can do no harm on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "HeaderMiddleware"]

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class HeaderMiddleware:
    """Adds the headers to every answer, and the name of the graph that it was made from.

    Whoever asks for the head of an answer gets that of the answer to GET (RFC 9110, section 9.3.2).
    """

    def __init__(self, app: ASGIApp, name: str) -> None:
        self._app = app
        self._headers = {**HEADERS, "koepel-snapshot": name}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head_only = scope["method"] == "HEAD"

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            elif head_only:
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if head_only else scope, receive, answer)
