"""Who asks what, as far as it may be known: a number per request, a line in the log, and the counts.

A line names the route, the status and the time it took. It holds no question and no search: those may tell
about the person who asks. The network address stands there only if a setting says so.
"""

from __future__ import annotations

import logging
import re
from ipaddress import IPv6Address, ip_address, ip_network
from time import perf_counter
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders

from registry.log import about
from registry.web.metrics import ANSWERED, BROKEN_OFF
from registry.web.problem import unforeseen

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from registry.web.metrics import Metrics

__all__ = ["REQUEST_ID", "AccessMiddleware", "FailureMiddleware", "client_key", "request_id"]

LOG: Final = logging.getLogger(__name__)
REQUEST_ID: Final = "x-request-id"
HARMLESS: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
NO_ROUTE: Final = "none"


class AccessMiddleware:
    """Gives every request a number, and notes what became of it."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, log_clients: bool = False) -> None:
        self._app = app
        self._metrics = metrics
        self._log_clients = log_clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = number = request_id(Headers(scope=scope).get(REQUEST_ID))
        state["client"] = client_key(scope["client"][0] if scope.get("client") else "")
        method, started = scope["method"], perf_counter()
        status, whole = 500, False

        async def answer(message: Message) -> None:
            nonlocal status, whole
            if message["type"] == "http.response.start":
                status = int(message["status"])
                MutableHeaders(scope=message)[REQUEST_ID] = number
            await send(message)
            whole = message["type"] == "http.response.body" and not message.get("more_body")

        with about(request_id=number):
            try:
                await self._app(scope, receive, answer)
            finally:
                outcome = state.get("problem", ANSWERED) if whole else BROKEN_OFF
                self._note(scope, method, status, perf_counter() - started, outcome)

    def _note(self, scope: Scope, method: str, status: int, seconds: float, outcome: str) -> None:
        route = _route(scope)
        self._metrics.count(method, route, status, seconds, outcome)
        snapshot = scope["state"].get("snapshot")
        facts = {
            "method": method,
            "route": route,
            "status": status,
            "outcome": outcome,
            "milliseconds": round(seconds * 1000, 1),
        }
        if snapshot:
            facts["snapshot"] = snapshot.name
        if self._log_clients:
            facts["client"] = scope["state"]["client"]
        LOG.info("request", extra=facts)


class FailureMiddleware:
    """Turns what nobody foresaw into a problem, and into a line in the log with the place where it happened.

    What goes wrong when part of an answer is out already is passed on: the server then breaks the connection,
    so that nobody takes the part for the whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer for it if nobody else does."""
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception:
            if started or scope["type"] != "http":
                raise
            LOG.exception("failure")
            await unforeseen(Request(scope))(scope, receive, send)


def _route(scope: Scope) -> str:
    """Name the route that a request took: a text of our own, whatever the address was."""
    if template := getattr(scope.get("route"), "path", ""):
        return str(template)
    return f"/{scope['path'].split('/')[1]}" if "endpoint" in scope else NO_ROUTE


def request_id(given: str | None) -> str:
    """Take over the number that a reader or a proxy gave a request, if it is harmless, or make one.

    >>> request_id("portal-7")
    'portal-7'
    >>> len(request_id("<script>"))
    32
    """
    return given if given and HARMLESS.fullmatch(given) else uuid4().hex


def client_key(host: str) -> str:
    """Tell by what a reader is known where limits hold for each.

    Whoever has an IPv6 address has a whole network of them, so the network counts.

    >>> client_key("192.0.2.7"), client_key("2001:db8:1:2:aaaa::1"), client_key("")
    ('192.0.2.7', '2001:db8:1:2::/64', '')
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
