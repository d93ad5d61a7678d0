"""The sites that are harvested while the harvest is killed: as they are at first, and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from federation.source import Kind, Source
from tests.federation.description import text
from tests.federation.faulty_server import Answer, FaultyServer, catalogue, document, status

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CHANGE", "open_sites", "sources"]

CHANGE: Final = "/change"
"""Whoever asks for this address changes the sites."""
OWN: Final = tuple(f"own-{number}" for number in range(8))
MEMBERS: Final = tuple(f"member-{number}" for number in range(6))
LIST: Final = "/list"


def sources(site: str) -> tuple[Source, ...]:
    """Name the sources that are registered: some descriptions, and a list of others."""
    own = tuple(Source(f"{site}/{name}", f"{site}/{name}", hours=24) for name in OWN)
    return (*own, Source(f"{site}{LIST}", site, Kind.CATALOGUE))


def open_sites(server: FaultyServer) -> None:
    """Publish everything as it is at first; some publish nothing that can be used."""
    site = server.address("")
    for name in (*OWN, *MEMBERS):
        server.publish(_description(site, name, "First"), f"/{name}")
    server.publish(status(404), "/own-6")
    server.publish(document(text("own-7", "First", "", site=site)), "/own-7")
    _list(server, MEMBERS)

    def change(handler: object) -> None:
        for path, answer in _changed(site):
            server.publish(answer, path)
        _list(server, (*MEMBERS[:-1], "member-6"))
        status(200)(handler)  # type: ignore[arg-type]

    server.publish(change, CHANGE)


def _changed(site: str) -> Iterator[tuple[str, Answer]]:
    yield "/own-0", _description(site, "own-0", "Second")
    yield "/own-1", status(410)
    yield "/own-2", status(500)
    yield "/own-3", document(b"]")
    yield "/own-6", _description(site, "own-6", "Second")
    yield "/own-7", _description(site, "own-7", "Second")
    yield "/member-0", _description(site, "member-0", "Second")
    yield "/member-6", _description(site, "member-6", "Second")


def _description(site: str, name: str, title: str) -> Answer:
    return document(text(name, title, site=site))


def _list(server: FaultyServer, names: tuple[str, ...]) -> None:
    server.publish(document(catalogue(server.address(f"/{name}") for name in names)), LIST)
