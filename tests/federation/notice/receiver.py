"""An inbox as others run it: a receiver by the book (Linked Data Notifications, section 3.3).

It shares no code with the registry. What comes in is read with rdflib's JSON-LD parser, as others would.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rdflib import Graph

__all__ = ["Receiver", "serve_inbox"]


@dataclass
class Receiver:
    """An inbox that runs, what it answers, and what came in."""

    server: ThreadingHTTPServer
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    taken: list[Graph] = field(default_factory=list)
    asked: int = 0

    @property
    def site(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def take(self, media_type: str, data: bytes) -> int:
        """Take a notification, or say why not."""
        self.asked += 1
        if self.status != 201:
            return self.status
        if media_type != "application/ld+json":
            return 415
        self.taken.append(Graph().parse(data=data, format="json-ld"))
        return 201


@contextmanager
def serve_inbox() -> Iterator[Receiver]:
    """Run an inbox at /inbox while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a notification."""
            data = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(here.take(self.headers["Content-Type"], data))
            told = {"Location": f"/inbox/{len(here.taken)}", "Content-Length": "0"} | here.headers
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Receiver(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
