"""Lets the scripts of other sites read everything here: it is all public, and nothing depends on who asks."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from registry.web.header import PEERS, SNAPSHOT, SNAPSHOT_TIME

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CorsMiddleware"]

READABLE: Final = (
    SNAPSHOT,
    SNAPSHOT_TIME,
    PEERS,
    "content-language",
    "etag",
    "link",
    "retry-after",
    "x-request-id",
)
"""What a script may read of an answer, beside its content."""
OPEN: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": ", ".join(READABLE),
}
PERMISSION: Final = {
    **OPEN,
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class CorsMiddleware:
    """Speaks the CORS protocol of the Fetch standard, in its simplest form: the same answer for everybody.

    So nothing varies by `Origin`, and a cache between can keep one answer for all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and open its answer; a browser that asks for permission gets it at once."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            await Response(status_code=HTTPStatus.NO_CONTENT, headers=PERMISSION)(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(OPEN)
            await send(message)

        await self._app(scope, receive, answer)
