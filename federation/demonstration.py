"""The demonstration: a small federation on this machine.

The example publishers of each country have a site on a loopback port, which serves their documents as they
would. Each country has a registry that harvests them, and one European registry follows those of the
countries by their streams. Nothing else about it is special: all of them speak HTTP like any other.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Final

from federation.source import Kind, Source
from registry.errors import NotAllowedError
from registry.vocabulary import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Site", "Station", "country_stations", "european_station", "example_sites", "serve_sites"]

EVERY_MINUTE: Final = 1 / 60
"""How often a source is visited, in hours: who tries something out does not want to wait."""
HOST: Final = "127.0.0.1"
SHARED: Final = "papers"
"""The site of the publications that every country's documents quote."""
OWN: Final = ("fictitious", SHARED)
"""The sites that belong to no country."""


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
            Source(f"http://{HOST}:{self.port}/{path.name}", self._space(path.stem), hours=EVERY_MINUTE)
            for path in documents
        )

    def _space(self, document: str) -> str:
        return f"{EXAMPLE}{document}" if self.name == "papers" else f"{EXAMPLE}{self.name}/{document}"


@dataclass(frozen=True)
class Station:
    """A registry of the demonstration: where it keeps its data, where it is found, and whom it visits."""

    name: str
    folder: Path
    port: int
    sources: tuple[Source, ...]
    host: str = HOST

    @property
    def address(self) -> str:
        """Where readers and the other registries find it."""
        return f"http://{self.host}:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings with which it is started."""
        return {
            "KOEPEL_HOME": str(self.folder),
            "KOEPEL_HOST": self.host,
            "KOEPEL_PORT": str(self.port),
            "KOEPEL_ADDRESS": self.address,
            "KOEPEL_NAME": f"Koepel {self.name.title()}",
            "KOEPEL_ALLOW_LOOPBACK": "true",
            "KOEPEL_HOST_PAUSE": "0",
        }


def country_stations(sites: tuple[Site, ...], home: Path, first_port: int) -> tuple[Station, ...]:
    """Give each country a registry, on consecutive ports; it harvests its projects and what they quote."""
    shared = next(site for site in sites if site.name == SHARED)
    countries = [site for site in sites if site.name not in OWN]
    return tuple(
        Station(site.name, home / site.name, port, site.sources + shared.sources)
        for port, site in enumerate(countries, start=first_port)
    )


def european_station(
    sites: tuple[Site, ...], countries: tuple[Station, ...], home: Path, port: int
) -> Station:
    """Give Europe a registry, which follows those of the countries and harvests what belongs to none."""
    own = [source for site in sites if site.name in OWN for source in site.sources]
    followed = [Source(one.address, one.address, Kind.REGISTRY, hours=EVERY_MINUTE) for one in countries]
    return Station("europe", home / "europe", port, (*own, *followed))


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
        server = ThreadingHTTPServer((HOST, site.port), handler)
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
