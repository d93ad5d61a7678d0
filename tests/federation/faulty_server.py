"""A publisher's server on this machine that answers as well, or as badly, as a test wants.

Every path has an answer of its own, which may be changed at any time; what has none is not found (404). An
answer is a function of the request; the functions below make the usual good and bad ones.
"""

import gzip
import socket
import struct
import threading
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, repeat

Answer = Callable[[BaseHTTPRequestHandler], None]

EMPTY = {
    "text/turtle": b"",
    "application/ld+json": b"[]",
    "application/n-quads": b"",
    "application/trig": b"",
}
"""Documents that are valid and say nothing."""
HTML = b"<!doctype html><html><head><title>Maintenance</title></head><body><p>Back soon.</p></body></html>"
ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; the names of headers are in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class FaultyServer:
    """A server on this machine: what it answers by path, and what it was asked.

    `busiest` is the most requests that were under way at the same time.
    """

    host: str
    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    under_way: int = 0
    busiest: int = 0

    def address(self, path: str = "/profile.ttl", host: str = "") -> str:
        """Give an address on this server, under its own name or another."""
        return f"http://{host or self.host}:{self.port}{path}"

    def publish(self, answer: Answer, path: str = "/profile.ttl") -> str:
        """Put an answer at a path, and give its address."""
        self.answers[path] = answer
        return self.address(path)

    def count(self) -> Counter[str]:
        """Count the requests by path."""
        return Counter(one.path for one in self.asked)


@contextmanager
def serve(host: str = "127.0.0.1") -> Iterator[FaultyServer]:
    """Serve while the block runs, on a free port; connections are kept as in HTTP/1.1."""
    server = _Server((host, 0), _Handler)
    server.here = FaultyServer(host, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    here: FaultyServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep the tests quiet: clients hang up on servers such as this one."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.here.connections += 1

    def do_GET(self) -> None:
        """Answer as the test says, and remember the question."""
        here = self.server.here
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        here.asked.append(Asked(self.command, self.path, headers, body))
        here.under_way += 1
        here.busiest = max(here.busiest, here.under_way)
        try:
            here.answers.get(self.path, status(404))(self)
        finally:
            here.under_way -= 1

    do_HEAD = do_POST = do_GET  # noqa: N815 - as the library names them

    def log_message(self, *_: object) -> None:
        """Keep the tests quiet."""


# Good answers


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer with a status, headers and a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body if code != 304 else b"")

    return answer


def document(body: bytes, media_type: str = "text/turtle") -> Answer:
    """Publish a document as a good server does: with an ETag, and 304 for who has it already."""
    return stale(body, f'"{sha256(body).hexdigest()[:16]}"', media_type)


def redirect(location: str, code: int = 302) -> Answer:
    """Point somewhere else: to another address, to itself, or to where nobody may go."""
    return status(code, Location=location)


def in_turn(*answers: Answer) -> Answer:
    """Give each of these answers once, and the last one for ever after."""
    left = deque(answers)
    return lambda handler: (left.popleft() if len(left) > 1 else left[0])(handler)


def catalogue(members: Iterable[str], own: str = "") -> bytes:
    """Write a DCAT catalogue, in Turtle, that lists documents by their addresses."""
    listed = "".join(
        f"  dcat:dataset [ dcat:distribution [ dcat:downloadURL <{one}> ] ] ;\n" for one in members
    )
    return f"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<{own}> a dcat:Catalog ;\n{listed}.\n".encode()


# Content that is not what it seems


def stale(body: bytes, etag: str, media_type: str = "text/turtle") -> Answer:
    """Give every body the same ETag: who has that ETag hears that nothing changed, true or not."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        status(304 if known else 200, b"" if known else body, ETag=etag, Content_Type=media_type)(handler)

    return answer


def same_etag(body: bytes, etag: str = '"1"') -> Answer:
    """Send the body with an ETag that says nothing, whatever the client knows."""
    return status(200, body, ETag=etag, Content_Type="text/turtle")


def new_etag(body: bytes) -> Answer:
    """Send the same body with another ETag each time."""
    numbers = count(1)
    return lambda handler: same_etag(body, f'"{next(numbers)}"')(handler)


def html() -> Answer:
    """Answer 200 with a web page instead of the document."""
    return status(200, HTML, Content_Type="text/html; charset=utf-8")


def empty(media_type: str = "text/turtle") -> Answer:
    """Publish a document that is valid and says nothing."""
    return status(200, EMPTY[media_type], Content_Type=media_type)


def bomb(size: int = 50_000_000, coding: str = "gzip") -> Answer:
    """Send few bytes that unpack to many."""
    packed = gzip.compress(bytes(size)) if coding == "gzip" else zlib.compress(bytes(size))
    return status(200, packed, Content_Encoding=coding, Content_Type="text/turtle")


def busy(code: int = 503, retry_after: int | datetime | None = None) -> Answer:
    """Ask to be left alone, for so many seconds or until a date."""
    match retry_after:
        case None:
            return status(code)
        case datetime():
            return status(code, Retry_After=format_datetime(retry_after, usegmt=True))
        case seconds:
            return status(code, Retry_After=str(seconds))


# Connections that misbehave


def late(seconds: float, answer: Answer) -> Answer:
    """Wait before answering."""

    def wait(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        answer(handler)

    return wait


def slow(body: bytes, seconds: float) -> Answer:
    """Send one byte after the other, spread over so many seconds."""
    return _parts(([byte] for byte in body), len(body), seconds / len(body))


def drip(part: bytes, pause: float) -> Answer:
    """Answer with a body that comes in small parts and never ends."""
    return _parts(repeat(part), None, pause)


def _parts(parts: Iterable[Sequence[int]], length: int | None, pause: float) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/turtle")
        handler.send_header(
            *(("Content-Length", str(length)) if length is not None else ("Connection", "close"))
        )
        handler.end_headers()
        with suppress(OSError):
            for part in parts:
                handler.wfile.write(bytes(part))
                time.sleep(pause)

    return answer


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Answer with headers that never end."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-More: more\r\n")
            time.sleep(0.05)


def say(raw: bytes) -> Answer:
    """Answer with bytes that need not be HTTP, and hang up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    return answer


def reset(before: bytes = b"") -> Answer:
    """Break the connection off so that the client sees a reset, perhaps after some bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True

    return answer


def truncated(body: bytes, missing: int = 100) -> Answer:
    """Announce more than comes, and hang up."""
    return wrong_length(body, len(body) + missing)


def wrong_length(body: bytes, announced: int) -> Answer:
    """Announce another length than that of the body, and hang up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        status(200, body, Content_Length=str(announced), Content_Type="text/turtle")(handler)
        handler.close_connection = True

    return answer
