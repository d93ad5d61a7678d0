"""Fetching over HTTP/2, as most sites offer it: over TLS, from servers that others wrote."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import Any

import pytest
import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from h2.exceptions import ProtocolError
from hypercorn.asyncio import serve
from hypercorn.config import Config

from federation.fetch import Fetcher, Policy
from registry.errors import PeerError

AT_HOME = Policy(loopback=True, seconds=5, host_pause=0)
Send = Callable[[Any], Awaitable[None]]
Misdeed = Callable[[H2Connection, int], bytes | None]


@dataclass
class Site:
    """A site whose documents hold their own address, and which remembers how it was asked."""

    port: int
    versions: list[str] = field(default_factory=list)
    clients: set[tuple[str, int]] = field(default_factory=set)
    message: bytes = b""

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return
        found = scope["path"] != "/robots.txt"
        if found:
            self.versions.append(scope["http_version"])
            self.clients.add(tuple(scope["client"]))
        while (event := await receive()).get("more_body"):
            self.message += event["body"]
        body = scope["path"].encode() * 1000
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def address(self, path: str = "/profile.ttl") -> str:
        """Give an address on this site."""
        return f"https://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1")


@pytest.fixture(scope="module")
def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@contextmanager
def serving(certificate: trustme.LeafCert, folder: Path, *versions: str) -> Iterator[Site]:
    """Serve a site in these versions of HTTP while the block runs."""
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(b"".join(one.bytes() for one in certificate.cert_chain_pems))
    certificate.private_key_pem.write_to_path(str(key))
    listening = create_server(("127.0.0.1", 0))
    config = Config.from_mapping(
        errorlog=None,
        bind=f"fd://{listening.fileno()}",
        certfile=str(chain),
        keyfile=str(key),
        alpn_protocols=list(versions),
    )
    site, loop, over = Site(listening.getsockname()[1]), asyncio.new_event_loop(), asyncio.Event()
    running = Thread(target=loop.run_until_complete, args=[serve(site, config, shutdown_trigger=over.wait)])
    running.start()
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(over.set)
        running.join()
        loop.close()
        listening.detach()  # the server has closed it


def test_http2_is_spoken_where_it_is_offered(
    certificate: trustme.LeafCert, tmp_path: Path, trust: ssl.SSLContext
) -> None:
    with (
        serving(certificate, tmp_path, "h2", "http/1.1") as site,
        Fetcher(AT_HOME, context=trust) as fetcher,
    ):
        assert fetcher.fetch(site.address("/a")).data == b"/a" * 1000
        assert fetcher.send(site.address("/inbox"), b"changed", "text/plain") == 200

    assert site.versions == ["2", "2"]
    assert site.message == b"changed"
    assert len(site.clients) == 1


def test_http1_is_spoken_elsewhere(
    certificate: trustme.LeafCert, tmp_path: Path, trust: ssl.SSLContext
) -> None:
    with serving(certificate, tmp_path, "http/1.1") as site, Fetcher(AT_HOME, context=trust) as fetcher:
        assert fetcher.fetch(site.address("/a")).data == b"/a" * 1000

    assert site.versions == ["1.1"]


def test_many_threads_share_a_site_over_http2(
    certificate: trustme.LeafCert, tmp_path: Path, trust: ssl.SSLContext
) -> None:
    policy = replace(AT_HOME, host_at_once=16)
    with serving(certificate, tmp_path, "h2") as site, Fetcher(policy, context=trust) as fetcher:
        addresses = [site.address(f"/{number}") for number in range(300)]
        with ThreadPoolExecutor(16) as threads:
            found = [one.data for one in threads.map(fetcher.fetch, addresses)]

    assert found == [f"/{number}".encode() * 1000 for number in range(300)]
    assert len(site.clients) <= 16


def test_a_certificate_that_nobody_vouches_for_is_a_failed_fetch(
    certificate: trustme.LeafCert, tmp_path: Path
) -> None:
    with (
        serving(certificate, tmp_path, "h2") as site,
        Fetcher(AT_HOME) as fetcher,
        pytest.raises(PeerError, match="certificate") as refused,
    ):
        fetcher.fetch(site.address())

    assert refused.value.code == "fetch-failed"
    assert site.versions == []


@contextmanager
def misbehaving(certificate: trustme.LeafCert, misdeed: Misdeed) -> Iterator[str]:
    """Answer every request over HTTP/2 in this way, and say where."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    context.set_alpn_protocols(["h2"])
    listening = context.wrap_socket(create_server(("127.0.0.1", 0)), server_side=True)
    running = Thread(target=_misbehave, args=(listening, misdeed))
    running.start()
    try:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}/profile.ttl"
    finally:
        with suppress(OSError):
            listening.shutdown(2)  # wakes the thread that waits for the next client
        listening.close()
        running.join()


def _misbehave(listening: ssl.SSLSocket, misdeed: Misdeed) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client, suppress(OSError, ProtocolError):
            _answer(client, misdeed)


def _answer(client: ssl.SSLSocket, misdeed: Misdeed) -> None:
    lax = H2Configuration(
        client_side=False, validate_outbound_headers=False, normalize_outbound_headers=False
    )
    connection = H2Connection(lax)
    connection.initiate_connection()
    while data := client.recv(65_536):
        raw = b""
        for event in connection.receive_data(data):
            if isinstance(event, RequestReceived) and event.stream_id:
                raw = misdeed(connection, event.stream_id) or b""
        client.sendall(connection.data_to_send() + raw)


def bad_status(connection: H2Connection, stream: int) -> None:
    """Give a status that is no number."""
    connection.send_headers(stream, [(":status", "fine")])


def no_body(connection: H2Connection, stream: int) -> None:
    """Announce a document, and end before it."""
    connection.send_headers(stream, [(":status", "200"), ("content-length", "3")], end_stream=True)


def short_body(connection: H2Connection, stream: int) -> None:
    """Announce more than comes."""
    connection.send_headers(stream, [(":status", "200"), ("content-length", "1000")])
    connection.send_data(stream, b"short", end_stream=True)


def absurd_length(connection: H2Connection, stream: int) -> None:
    """Announce a length with more digits than anybody reads."""
    connection.send_headers(stream, [(":status", "200"), ("content-length", "9" * 5000)])


def nonsense(connection: H2Connection, stream: int) -> bytes:
    """Begin well, and go on with a frame of data that belongs to no answer."""
    connection.send_headers(stream, [(":status", "200")])
    return b"\0\0\1" + b"\0\0" + b"\0\0\0\0" + b"x"


def turned_off(connection: H2Connection, stream: int) -> None:
    """Break the answer off."""
    connection.send_headers(stream, [(":status", "200")])
    connection.reset_stream(stream)


def farewell(connection: H2Connection, _: int) -> None:
    """Say goodbye instead of answering."""
    connection.close_connection(error_code=1)


def silence(connection: H2Connection, stream: int) -> None:
    """Begin, and never go on."""
    connection.send_headers(stream, [(":status", "200")])


MISDEEDS = [bad_status, no_body, short_body, absurd_length, nonsense, turned_off, farewell, silence]


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_a_server_that_breaks_the_rules_of_http2_is_a_peer_error(
    trust: ssl.SSLContext, certificate: trustme.LeafCert, misdeed: Misdeed
) -> None:
    policy = replace(AT_HOME, seconds=1, respect_robots=False)

    with (
        misbehaving(certificate, misdeed) as address,
        Fetcher(policy, context=trust) as fetcher,
        pytest.raises(PeerError) as refused,
    ):
        fetcher.fetch(address)

    assert refused.value.code == ("fetch-too-slow" if misdeed is silence else "fetch-failed")
