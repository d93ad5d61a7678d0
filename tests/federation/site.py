"""A publisher's site on this machine, which answers as well or as badly as a test wants."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server on this machine: what it answers by path, and what it was asked."""

    server: ThreadingHTTPServer
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def address(self, path: str = "/profile.ttl", host: str = "127.0.0.1") -> str:
        """Give an address on this site."""
        return f"http://{host}:{self.server.server_address[1]}{path}"

    def publish(self, answer: Answer, path: str = "/profile.ttl") -> str:
        """Put an answer at a path, and give its address."""
        self.answers[path] = answer
        return self.address(path)


@contextmanager
def serve() -> Iterator[Site]:
    """Serve a site while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer as the test says, and remember the question."""
            here.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            here.answers.get(self.path, status(404))(self)

        def log_message(self, *_: object) -> None:
            """Keep the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer with a status, headers and a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drip(part: bytes, pause: float) -> Answer:
    """Answer with a body that comes in small parts and never ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(part)
                time.sleep(pause)
        except OSError:
            return

    return answer


def say(raw: bytes) -> Answer:
    """Answer with bytes that need not be HTTP."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)

    return answer


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Answer with headers that never end."""
    try:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-More: more\r\n")
            time.sleep(0.05)
    except OSError:
        return
