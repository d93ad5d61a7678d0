"""Peers on this machine: registries as they are, and servers that answer as badly as a test wants."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from registry.graph.embedded import EmbeddedStore
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.sparql.state import freeze
from tests.registry.web.server import served

__all__ = [
    "ROWS",
    "Bad",
    "body",
    "bytes_of",
    "drops",
    "moved",
    "nobody",
    "peer",
    "registry",
    "silent",
    "trickles",
]

Bad = Callable[[BaseHTTPRequestHandler], None]
RESULTS = "application/sparql-results+json"
ROWS = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "urn:a"}}]}}


@contextmanager
def registry(folder: Path, turtle: str, **settings: object) -> Iterator[str]:
    """Serve a registry that holds these statements; gives the address for queries."""
    store = EmbeddedStore.create(folder / "graph")
    store.load(turtle.encode(), graph=f"urn:{folder.name}")
    freeze(folder, store)
    store.close()
    chosen = Settings.model_validate({"home": folder, "query_workers": 1, **settings})
    with served(create_app(Home(folder), chosen)) as address:
        yield f"{address}/sparql"


@contextmanager
def peer(answer: Bad) -> Iterator[str]:
    """Serve something that is asked for a table or a graph; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.query = self.rfile.read(int(self.headers["content-length"]))
            self.close_connection = True
            answer(self)

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return  # whoever asked had enough of it

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silent() -> Iterator[int]:
    """Take connections on a port, and say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def nobody() -> str:
    """Give an address at which there is nobody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/sparql"


def bytes_of(rows: object) -> bytes:
    """Write a result down."""
    return json.dumps(rows).encode()


def body(data: bytes, status: int = 200, media_type: str = RESULTS, **headers: str) -> Bad:
    """Answer with a body, and headers that may lie."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {"content-type": media_type, "content-length": str(len(data))}
        for name, value in (given | {name.replace("_", "-"): text for name, text in headers.items()}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def moved(location: str, status: int = 307) -> Bad:
    """Lead elsewhere."""
    return body(b"", status, location=location)


def trickles(before: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Bad:
    """Begin, and then send one byte at a time, for ever."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    return answer


def drops(before: bytes) -> Bad:
    """Say something, and hang up in the middle of it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)

    return answer
