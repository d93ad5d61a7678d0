"""Connections to vetted addresses, and to no others.

The address that a fetch is sent to comes from a stranger, so it may point at this machine, at its neighbours
or at the cloud's own metadata service, directly or through a name. Each connection therefore goes to an
address that was looked up and vetted first: between the check and the use there is no second look-up, so a
name server that changes its answer (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Any, Final

import httpcore2

from federation.address import vet
from federation.fetch.deadline import Deadline

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    from federation.address import Address

    LookUp = Callable[[str, int], tuple[Address, ...]]

__all__ = ["VettedBackend", "look_up"]

CONNECT_SECONDS: Final = 5.0
"""For one address of several."""


def look_up(host: str, port: int) -> tuple[Address, ...]:
    """Ask the system for the addresses of a name; its resolver has a time limit of its own."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"the name {host} is unknown") from error
    return tuple(ipaddress.ip_address(entry[4][0]) for entry in found)


class VettedBackend(httpcore2.NetworkBackend):
    """Connects to vetted addresses only, for one request after the other.

    `deadline` is that of the request under way, and `opened` tells whether it had to make a connection.
    """

    def __init__(self, look_up: LookUp, *, loopback: bool) -> None:
        self._look_up = look_up
        self._loopback = loopback
        self._plain = httpcore2.SyncBackend()
        self.deadline = Deadline(0)
        self.opened = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Look a name up once, vet every address that it has, and connect to one of these."""
        self.opened = True
        failure: httpcore2.NetworkError | httpcore2.TimeoutException | None = None
        for address in vet(host, self._look_up(host, port), loopback=self._loopback):
            seconds = self.deadline.remaining(CONNECT_SECONDS)
            try:
                stream = self._plain.connect_tcp(str(address), port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self)
        raise failure or httpcore2.ConnectError(f"{host} has no address")


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which a server that sends one byte a second does not win time with each byte."""

    def __init__(self, stream: httpcore2.NetworkStream, backend: VettedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait for bytes, but not beyond the deadline."""
        return self._stream.read(max_bytes, self._backend.deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes, but not beyond the deadline."""
        self._stream.write(buffer, self._backend.deadline.remaining(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Encrypt the connection; the certificate must be that of the name, not of the vetted address."""
        seconds = self._backend.deadline.remaining(timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._backend)

    def get_extra_info(self, info: str) -> Any:
        """Pass on what the connection knows of itself."""
        return self._stream.get_extra_info(info)
