"""A line to one server that is cut at a given moment, whatever the other side does.

A time limit on each read would let a server that sends one byte a second go on for ever. So the connection
itself is shut down when the time is over, and whoever reads from it finds its end. Nothing in the environment
(proxies) changes where a request goes, and no redirect is followed.
"""

from __future__ import annotations

import socket
import ssl
import time
from functools import cache, partial
from http.client import HTTPConnection, HTTPSConnection
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any, Final
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    UnknownHandler,
)

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from types import TracebackType
    from typing import Self
    from urllib.request import Request

__all__ = ["Line"]

CONNECT_SECONDS: Final = 5.0
"""For one address of several that a name may have."""


class Line:
    """Requests that must all be over after so many seconds.

    >>> with Line(seconds=0.01) as line:
    ...     time.sleep(0.05)
    ...     line.is_cut
    True
    """

    def __init__(self, seconds: float) -> None:
        self.is_cut = False
        self._end = time.monotonic() + seconds
        self._scissors = Timer(seconds, self._cut)
        self._scissors.daemon = True
        self._ends: list[socket.socket] = []
        self._lock = Lock()

    def __enter__(self) -> Self:
        """Let the time begin."""
        self._scissors.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of every connection."""
        self._scissors.cancel()
        with self._lock:
            for end in self._ends:
                end.close()
            self._ends.clear()

    @property
    def left(self) -> float:
        """The seconds until the end."""
        return max(0.0, self._end - time.monotonic())

    def open(self, request: Request) -> HTTPResponse:
        """Send a request and wait for the head of the answer; no success is an `HTTPError`."""
        opener = OpenerDirector()
        handlers = (
            _Http(self),
            _Https(self),
            HTTPErrorProcessor(),
            HTTPDefaultErrorHandler(),
            UnknownHandler(),
        )
        for handler in handlers:
            opener.add_handler(handler)
        response: HTTPResponse = opener.open(request, timeout=max(0.001, min(CONNECT_SECONDS, self.left)))
        return response

    def hold(self, connection: socket.socket) -> None:
        """Keep an end of a connection in hand, to cut it by."""
        with self._lock:
            self._ends.append(connection.dup())
        if self.is_cut:
            self._cut()
        connection.settimeout(None)

    def _cut(self) -> None:
        self.is_cut = True
        with self._lock:
            for end in self._ends:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:  # the other side was faster
                    continue


class _Connection(HTTPConnection):
    """A connection that can be cut."""

    line: Line

    def connect(self) -> None:
        """Connect, and hand over an end."""
        super().connect()
        self.line.hold(self.sock)


class _SecureConnection(HTTPSConnection, _Connection):
    """The same, encrypted; in this order of the two the end is handed over before the encryption begins."""


class _Http(HTTPHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: Request) -> HTTPResponse:
        """Open an address with http."""
        return self.do_open(partial(_made, _Connection, self._line), req)


class _Https(HTTPSHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def https_open(self, req: Request) -> HTTPResponse:
        """Open an address with https."""
        return self.do_open(partial(_made, _SecureConnection, self._line), req, context=_trust())


def _made(kind: type[_Connection], line: Line, host: str, **options: Any) -> _Connection:
    connection = kind(host, **options)
    connection.line = line
    return connection


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
