"""Takes in what is sent with a request only up to a limit; a form or a small document needs no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

from registry.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from starlette.types import Message

__all__ = ["MOST_BYTES", "ShortRoute"]

MOST_BYTES: Final = 65_536


class TooLongError(LimitError):
    """More was sent than anybody needs to."""

    status: ClassVar[int] = 413


class ShortRoute(APIRoute):
    """A route that reads a short body; FastAPI would hold a long one in memory as a whole."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Read the body within the limit before anything else does."""
        handle = super().get_route_handler()

        async def short(request: Request) -> Response:
            data = await _read(request)

            async def again() -> Message:
                return {"type": "http.request", "body": data, "more_body": False}

            return await handle(Request(request.scope, again))

        return short


async def _read(request: Request) -> bytes:
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            raise TooLongError(
                "request-too-large",
                "This takes at most {limit} bytes. Send only what was asked for.",
                limit=MOST_BYTES,
            )
    return data
