"""The demonstration: the example publishers' sites on this machine, and a registry that harvests them.

Each country gets a site of its own on a loopback port, which serves its documents as their
owners would. Nothing else about the harvest is special: it fetches over HTTP like any other.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from federation.source import Source
from registry.errors import NotAllowedError
from registry.vocabulary import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Site", "example_sites", "serve_sites"]


@dataclass(frozen=True)
class Site:
    """A publisher's site: a folder of documents, and where it is served."""

    name: str
    folder: Path
    port: int

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document on the site, as a source of its own."""
        documents = sorted(self.folder.glob("*.ttl"))
        return tuple(
            Source(f"http://127.0.0.1:{self.port}/{path.name}", self._space(path.stem)) for path in documents
        )

    def _space(self, document: str) -> str:
        return f"{EXAMPLE}{document}" if self.name == "papers" else f"{EXAMPLE}{self.name}/{document}"


def example_sites(examples: Path, first_port: int) -> tuple[Site, ...]:
    """List the sites of the example publishers, on consecutive ports."""
    folders = [*sorted(path for path in (examples / "countries").iterdir() if path.is_dir())]
    named = [(folder.name, folder) for folder in folders]
    named += [("fictitious", examples / "fictitious"), ("papers", examples)]
    return tuple(Site(name, folder, first_port + place) for place, (name, folder) in enumerate(named))


@contextmanager
def serve_sites(sites: tuple[Site, ...]) -> Iterator[None]:
    """Serve the sites on loopback while the block runs."""
    with ExitStack() as stack:
        for site in sites:
            stack.enter_context(_serving(site))
        yield


@contextmanager
def _serving(site: Site) -> Iterator[None]:
    handler = partial(_Quiet, directory=str(site.folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", site.port), handler)
    except OSError as error:
        raise NotAllowedError(
            "example-port-taken",
            "Port {port} of this machine is taken, so the example sites cannot be served. "
            "Choose other ports with --first-port.",
            port=site.port,
        ) from error
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files with the media types of RDF, and keeps no log of visits."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".ttl": "text/turtle"}  # noqa: RUF012 - as the library has it

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the harvest tells what happens."""
