"""Lanes: as many requests may be under way at once as there are lanes, one in each.

A lane has connections of its own, which are kept for the next request to the same site. No two threads share
a connection: with HTTP/2 they could, but the library does not guard the state of such a connection against
threads (pydantic/httpx2, issue 908).
"""

from __future__ import annotations

from collections import deque
from contextlib import closing, contextmanager
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, Final

import httpcore2
from h2.exceptions import H2Error

from federation.fetch.backend import VettedBackend

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from federation.fetch.backend import LookUp
    from federation.fetch.deadline import Deadline
    from federation.fetch.policy import Policy

__all__ = ["Lane", "Lanes"]

CONNECTIONS: Final = 4
"""How many connections one lane keeps, each to another site."""
IDLE_SECONDS: Final = 30.0


class Lane:
    """Puts one request after the other to whichever site, over connections that are kept."""

    def __init__(self, backend: VettedBackend, context: ssl.SSLContext) -> None:
        self._backend = backend
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=CONNECTIONS,
            keepalive_expiry=IDLE_SECONDS,
            http2=True,
            network_backend=backend,
        )
        self.origins: deque[str] = deque(maxlen=CONNECTIONS)

    @contextmanager
    def ask(self, request: httpcore2.Request, deadline: Deadline) -> Iterator[httpcore2.Response]:
        """Send a request and give the answer, whose body is read inside the block."""
        self._backend.deadline, self._backend.opened = deadline, False
        for connection in self._pool.connections:
            if _has_surplus(connection):
                connection.close()
        with deadline, _as_peers_fault():
            response = self._answer(request)
            with closing(response):
                yield response

    def _answer(self, request: httpcore2.Request) -> httpcore2.Response:
        """Ask, and ask again where a kept connection turns out to be closed (RFC 9112, section 9.3.1).

        Only what changes nothing on the other side is asked again.
        """
        try:
            return self._pool.handle_request(request)
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            if self._backend.opened or request.method != b"GET":
                raise
        return self._pool.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


def _has_surplus(connection: Any) -> bool:
    """Tell whether a server has sent more than it announced.

    The surplus would be taken for the answer to the next question, so a document that is longer than it says
    could speak for another one on its site. HTTP/2 says of every part to which answer it belongs. The library
    keeps what it has not used to itself, so its inside is looked at.
    """
    state = getattr(connection._connection, "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])


@contextmanager
def _as_peers_fault() -> Iterator[None]:
    """Take for a broken protocol what the library lets through when a server breaks the rules of HTTP/2."""
    try:
        yield
    except (H2Error, ValueError) as error:
        raise httpcore2.RemoteProtocolError(str(error)) from error


class Lanes:
    """Hands out lanes, best one that has a connection to the site already."""

    def __init__(self, policy: Policy, look_up: LookUp, context: ssl.SSLContext) -> None:
        self._all = [
            Lane(VettedBackend(look_up, loopback=policy.loopback), context) for _ in range(policy.at_once)
        ]
        self._idle = list(self._all)
        self._turn = BoundedSemaphore(policy.at_once)
        self._lock = Lock()

    @contextmanager
    def take(self, origin: str) -> Iterator[Lane]:
        """Lend a lane for one request, as soon as there is one."""
        with self._turn:
            lane = self._choose(origin)
            try:
                yield lane
            finally:
                self._idle.append(lane)

    def _choose(self, origin: str) -> Lane:
        with self._lock:
            known = (number for number, lane in enumerate(self._idle) if origin in lane.origins)
            lane = self._idle.pop(next(known, 0))
        if origin not in lane.origins:
            lane.origins.append(origin)
        return lane

    def close(self) -> None:
        """Close all connections; whoever still waits for an answer gets none."""
        for lane in self._all:
            lane.close()
