"""A publisher's site with many small descriptions and a sitemap, which takes its time for each.

Started as a program on a host of its own: `python -m tests.faults.slow_site ADDRESS COUNT SECONDS LOG`.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.federation.description import text

SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{0}</urlset>'


class SlowSite(BaseHTTPRequestHandler):
    """Serves a sitemap and what it lists, and notes each description in a file once it is sent."""

    def __init__(self, host: str, count: int, seconds: float, log: Path, *rest: object) -> None:
        self.site, self.count, self.seconds, self.log = f"http://{host}", count, seconds, log
        super().__init__(*rest)  # type: ignore[arg-type]  # as the server calls it

    def do_GET(self) -> None:
        """Send what is asked for."""
        name = self.path.strip("/")
        if name == "sitemap.xml":
            listed = "".join(f"<url><loc>{self.site}/{one}</loc></url>" for one in range(self.count))
            self._send(SITEMAP.format(listed).encode(), "application/xml")
        elif name.isdecimal() and int(name) < self.count:
            time.sleep(self.seconds)
            self._send(text(name, name, site=self.site), "text/turtle")
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{name}\n")
        else:
            self.send_error(404)

    def _send(self, data: bytes, media_type: str) -> None:
        self.send_response(200)
        self.send_header("content-type", media_type)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the side."""


if __name__ == "__main__":
    host, count, seconds, log = sys.argv[1:]
    handler = partial(SlowSite, host, int(count), float(seconds), Path(log))
    ThreadingHTTPServer((host, 80), handler).serve_forever()
