"""What every answer says to browsers, and to those who compare answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from registry.graph.snapshot import Snapshot
    from registry.reading.edition import Editions

__all__ = ["HEADERS", "PEERS", "SNAPSHOT", "SNAPSHOT_TIME", "HeaderMiddleware"]

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
SNAPSHOT: Final = "koepel-snapshot"
SNAPSHOT_TIME: Final = "koepel-snapshot-time"
PEERS: Final = "koepel-peers"
"""The header that names the other registries that were asked for an answer."""


class HeaderMiddleware:
    """Adds to every answer what protects its reader, and the name of the state that it was made from.

    Whoever asks for the head of an answer gets that of the answer to GET (RFC 9110, section 9.3.2).
    """

    def __init__(self, app: ASGIApp, editions: Editions) -> None:
        self._app = app
        self._editions = editions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head_only = scope["method"] == "HEAD"
        if head_only:
            scope["method"] = "GET"

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(dict(_state(scope["state"].get("snapshot") or self._newest())))
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # a page may have a policy of its own
            elif head_only:
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, answer)

    def _newest(self) -> Snapshot | None:
        newest = self._editions.newest
        return newest.snapshot if newest else None


def _state(snapshot: Snapshot | None) -> Iterator[tuple[str, str]]:
    if snapshot is not None:
        yield SNAPSHOT, snapshot.name
        yield SNAPSHOT_TIME, snapshot.time.isoformat(timespec="seconds").replace("+00:00", "Z")
