"""Fetches one document from somebody else's server, and from nowhere else.

The address comes from a stranger, so it may point at this machine, at its neighbours or at the cloud's own
metadata service, directly, through a name, or through a redirect. Each connection therefore goes to an
address that was looked up and vetted first, and to no other: between the check and the use there is no second
look-up.

Time, size and redirects are limited. Nothing in the environment (proxies, netrc) changes where a request
goes.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import httpcore2
import httpx2

from federation.address import Address, vet
from registry.errors import NotAllowedError, PeerError
from registry.formats import Format
from registry.ingest.guard import expand, refuse_oversize

__all__ = ["Fetched", "Policy", "fetch", "redirect", "web_address"]

PORTS = {"http": 80, "https": 443}
USER = re.compile(r"//[^/?#]*@")
REDIRECTS = {301, 302, 303, 307, 308}
KEPT_HEADERS = {
    "cache-control",
    "content-language",
    "content-type",
    "etag",
    "expires",
    "last-modified",
    "link",
}
CONNECT_SECONDS = 5.0  # for one address of several
ACCEPT = ", ".join([*(item.media_type for item in Format), "*/*;q=0.1"])


@dataclass(frozen=True)
class Policy:
    """How far a fetch may go.

    `loopback` is for development on one machine: it opens this machine's own addresses, on any port.
    """

    bytes: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    loopback: bool = False


@dataclass(frozen=True)
class Fetched:
    """What a server answered: the document (200), or that it is still the same (304, without data).

    `etag` and `last_modified` are what the next fetch hands back, so that the server can tell.
    """

    status: int
    final_address: str
    data: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str | None:
        """The media type as the server declares it, with its parameters."""
        return self.headers.get("content-type")

    @property
    def etag(self) -> str | None:
        """The server's name for this version of the document (RFC 9110, section 8.8.3)."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """When the server says that the document last changed (RFC 9110, section 8.8.2)."""
        return self.headers.get("last-modified")


def fetch(
    address: str, *, policy: Policy | None = None, etag: str | None = None, last_modified: str | None = None
) -> Fetched:
    """Fetch a document from the web, unless it is still the one that `etag` and `last_modified` stand for.

    Raises `NotAllowedError` where the address may not be visited, `PeerError` where no document came, and
    `InvalidDataError` where it is too large or its compression is damaged.
    """
    policy = policy or Policy()
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = _own_headers() | {name: value for name, value in conditions.items() if value}
    backend = VettedBackend(policy, Deadline(policy.seconds))
    try:
        with httpcore2.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend) as pool:
            return _follow(pool, address, headers, policy)
    except httpcore2.TimeoutException as error:
        raise PeerError(
            "fetch-too-slow",
            "{address} did not answer in full within {seconds} seconds. It is tried again at the next "
            "harvest; if this stays so, ask the publisher to look at the server.",
            address=address,
            seconds=f"{policy.seconds:g}",
        ) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise PeerError(
            "fetch-failed",
            "{address} could not be fetched: {reason}. It is tried again at the next harvest; if this stays "
            "so, check the address and the server.",
            address=address,
            reason=str(error) or "the connection broke off",
        ) from error


class Deadline:
    """The moment at which a fetch must be over, whatever the other side does."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self, most: float | None = None) -> float:
        """Give the seconds that are left, or `most` where that is less."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left if most is None else min(left, most)


class DeadlineStream(httpcore2.NetworkStream):
    """A connection on which a server that sends one byte a second does not win time with each byte."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait for bytes, but not beyond the deadline."""
        return self._stream.read(max_bytes, self._deadline.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes, but not beyond the deadline."""
        self._stream.write(buffer, self._deadline.remaining(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Encrypt the connection; the certificate must be that of the name, not of the vetted address."""
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining(timeout))
        return DeadlineStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Pass on what the connection knows of itself."""
        return self._stream.get_extra_info(info)


class VettedBackend(httpcore2.NetworkBackend):
    """Connects to vetted addresses only."""

    def __init__(self, policy: Policy, deadline: Deadline) -> None:
        self._policy = policy
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Look a name up once, vet every address that it has, and connect to one of these."""
        failure: httpcore2.NetworkError | httpcore2.TimeoutException | None = None
        for address in vet(host, _look_up(host, port), loopback=self._policy.loopback):
            seconds = self._deadline.remaining(CONNECT_SECONDS)
            try:
                stream = self._plain.connect_tcp(str(address), port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return DeadlineStream(stream, self._deadline)
        raise failure or httpcore2.ConnectError(f"{host} has no address")


def _look_up(host: str, port: int) -> tuple[Address, ...]:
    """Ask the system for the addresses of a name; its resolver has a time limit of its own."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"the name {host} is unknown") from error
    return tuple(ipaddress.ip_address(entry[4][0]) for entry in found)


def _follow(
    pool: httpcore2.ConnectionPool, address: str, headers: Mapping[str, str], policy: Policy
) -> Fetched:
    """Ask, and ask on where the server points elsewhere, as often as the policy allows."""
    here = web_address(address, policy)
    for _ in range(policy.redirects + 1):
        target = httpcore2.URL(
            scheme=here.raw_scheme, host=here.raw_host, port=here.port, target=here.raw_path
        )
        with pool.stream("GET", target, headers=list(headers.items())) as response:
            answer = httpx2.Headers(response.headers)
            location = answer.get("location") if response.status in REDIRECTS else None
            if location is None:
                return _fetched(response, answer, here, policy)
        here = redirect(here, location, policy)
    raise PeerError(
        "too-many-redirects",
        "{address} leads from one address to the next more than {limit} times. "
        "Give the address where it ends.",
        address=address,
        limit=policy.redirects,
    )


def redirect(here: httpx2.URL, location: str, policy: Policy) -> httpx2.URL:
    """Say where a redirect leads, unless it leaves the web or gives up encryption.

    >>> redirect(httpx2.URL("https://buddy.example/a/b"), "../c", Policy())
    URL('https://buddy.example/c')
    """
    there = web_address(location, policy, here)
    if here.scheme == "https" and there.scheme == "http":
        raise NotAllowedError(
            "redirect-insecure",
            "{address} leads from an encrypted address to {location}, which is not encrypted. "
            "Let it lead to an address with https.",
            address=str(here),
            location=str(there),
        )
    return there


def web_address(text: str, policy: Policy, base: httpx2.URL | None = None) -> httpx2.URL:
    """Read an address that may be visited: on the web, on a usual port, without a user name or password."""
    try:
        url = (base.join(text) if base else httpx2.URL(text)).copy_with(fragment=None)
    except httpx2.InvalidURL:
        url = httpx2.URL()
    port = url.port or PORTS.get(url.scheme)
    if url.scheme not in PORTS or not url.host or not port or url.userinfo:
        raise NotAllowedError(
            "address-not-web",
            "{address} is not an address that documents are fetched from. Give one that begins with https:// "
            "and holds no user name or password.",
            address=USER.sub("//…@", text),
        )
    if port not in policy.ports and not policy.loopback:
        raise NotAllowedError(
            "port-not-allowed",
            "{address} uses the port {port}, and documents are fetched from the ports {ports} only. "
            "Publish the document on one of them.",
            address=str(url),
            port=port,
            ports=", ".join(map(str, sorted(policy.ports))),
        )
    return url


def _fetched(
    response: httpcore2.Response, headers: httpx2.Headers, here: httpx2.URL, policy: Policy
) -> Fetched:
    kept = {name: value for name, value in headers.items() if name in KEPT_HEADERS}
    match response.status, headers.get("content-encoding", "identity").strip().lower():
        case 304, _:
            return Fetched(response.status, str(here), b"", kept)
        case 200, "identity":
            return Fetched(response.status, str(here), _read(response, headers, policy.bytes), kept)
        case 200, ("gzip" | "deflate") as coding:
            data = expand(_read(response, headers, policy.bytes), coding, policy.bytes)
            return Fetched(response.status, str(here), data, kept)
        case 200, coding:
            raise PeerError(
                "coding-not-accepted",
                "{address} sends the document packed as {coding}, which was not asked for. "
                "Let the server send it plain or with gzip.",
                address=str(here),
                coding=coding,
            )
        case 410, _:
            raise PeerError(
                "withdrawn",
                "{address} says that the document is gone for good (status 410). It is no longer shown; it "
                "returns when it is published there again.",
                address=str(here),
            )
        case status, _:
            raise PeerError(
                "no-document",
                "{address} answers with status {status} and no document. Check the address; if it is right, "
                "ask the publisher to look at the server.",
                address=str(here),
                status=status,
            )


def _read(response: httpcore2.Response, headers: httpx2.Headers, limit: int) -> bytes:
    announced = headers.get("content-length", "0")
    refuse_oversize(int(announced) if announced.isdecimal() else 0, limit)
    data = bytearray()
    for part in response.iter_stream():
        data += part
        refuse_oversize(len(data), limit)
    return bytes(data)


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def _own_headers() -> dict[str, str]:
    try:
        name = f"koepel/{version('koepel')}"
    except PackageNotFoundError:  # run from the source tree
        name = "koepel"
    return {
        "User-Agent": f"{name} (+https://w3id.org/koepel)",
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
    }
