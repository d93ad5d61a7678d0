"""Sends an answer as it comes, and breaks off where it cannot be whole."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Final, TypeVar

from starlette.requests import ClientDisconnect
from starlette.responses import Response

from registry.errors import KoepelError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from starlette.types import Receive, Scope, Send

    from registry.sparql.answer import Answer

__all__ = ["StreamedAnswer", "unless_gone"]

Result = TypeVar("Result")
LONGEST_STALL: Final = 30.0
"""Seconds that a reader may take for one piece of an answer."""


class StreamedAnswer(Response):
    """An answer in pieces, with its length where that is known.

    Where the rest cannot be had, it stops without saying that this was all. The web server then ends the
    connection in a way that no reader takes for the end of the answer: in HTTP/1.1 the last chunk is missing
    (RFC 9112, section 8).
    """

    def __init__(self, answer: Answer, headers: Mapping[str, str]) -> None:
        self.status_code = 200
        self.background = None
        self._answer = answer
        length = {} if answer.size is None else {"content-length": str(answer.size)}
        self.init_headers({**headers, **length, "content-type": _with_charset(answer.media_type)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, until the reader is gone."""
        async with aclosing(self._answer):
            with suppress(ClientDisconnect, KoepelError, TimeoutError):
                await unless_gone(receive, self._sent(send))

    async def _sent(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        sent, more = 0, True
        async for piece in self._answer:
            sent += len(piece)
            more = sent != self._answer.size
            async with asyncio.timeout(LONGEST_STALL):
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        if more:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def unless_gone(receive: Receive, work: Coroutine[object, object, Result]) -> Result:
    """Do something for a reader whose request was read to its end, and stop as soon as the reader has left.

    Raises:
        ClientDisconnect: Nobody is there any more to take what was done.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()
        await asyncio.wait({working})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _with_charset(media_type: str) -> str:
    """Say that a text is in UTF-8 where readers would take it for something else."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
