"""Lets the scripts of other sites read all that is public here; what depends on who asks is for them alone.

A route that looks at who asks says so in the state of the request (see `registry.web.account.entry`): with
`depends`, the header that tells; with `private`, that the answer is for nobody else.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from registry.web.header import PEERS, SNAPSHOT, SNAPSHOT_TIME

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    So nothing varies by `Origin`, and a cache between can keep one answer for all. A private answer is kept
    by none, and no script of another site may read it.
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
                _address(MutableHeaders(scope=message), scope.get("state", {}))
            await send(message)

        await self._app(scope, receive, answer)


def _address(headers: MutableHeaders, state: Mapping[str, Any]) -> None:
    """Say for whom an answer is."""
    if header := state.get("depends"):
        headers.add_vary_header(header)
    if state.get("private"):
        headers["cache-control"] = "no-store"
    else:
        headers.update(OPEN)
