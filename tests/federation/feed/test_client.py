"""A client that others wrote reads the stream to its end, and gets every change once, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from registry.home import Home
from registry.ingest.canonical import canonicalise, digest
from registry.ledger import Happening
from tests.federation.feed.client import Member, installed_client, read_stream
from tests.federation.feed.history import FIRST, SECOND, end, fill, publish
from tests.federation.feed.site import on_a_port

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.needs("npm")
IDENTIFIER = ox.NamedNode("http://purl.org/dc/terms/identifier")


@pytest.fixture(scope="session")
def client() -> Path:
    """The client."""
    return installed_client()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A registry whose stream has ten pages, with things that went away, came back and were erased."""
    home = Home(tmp_path / "home")
    fill(home.ledger)
    for number in range(10):
        publish(home.ledger, f"{SECOND}-{number}", f"Number {number}")
    end(home.ledger, FIRST, Happening.WITHDRAWN)
    publish(home.ledger, FIRST, "One, back again")
    home.ledger.erase(f"{SECOND}-3", "They asked for it.", "operator")
    return home


def positions(members: list[Member]) -> list[int]:
    """Tell which events the client found, in the order in which it gave them."""
    return [int(one.name.rpartition("/")[2]) for one in members]


def noticed(home: Home) -> list[int]:
    """Tell which events it should find."""
    return [one.event.position or 0 for one in home.ledger.changes(1, home.ledger.position())]


@pytest.mark.parametrize("order", ["none", "ascending"])
def test_every_change_is_found_exactly_once(home: Home, client: Path, order: str) -> None:
    with on_a_port(home) as address:
        found = positions(read_stream(client, f"{address}/feed", order))

    assert len(noticed(home)) == 19
    assert sorted(found) == noticed(home)
    assert order == "none" or found == noticed(home)


def test_every_text_arrives_as_it_was_published(home: Home, client: Path) -> None:
    with on_a_port(home) as address:
        members = read_stream(client, f"{address}/feed")

    told = {position: hashes(one) for position, one in zip(positions(members), members, strict=True)}
    assert all(said == found for said, found in told.values())
    changes = home.ledger.changes(1, home.ledger.position())
    whole = {one.event.position for one in changes if not (one.ends or one.erased)}
    assert {position for position, (said, _) in told.items() if said} == whole


def hashes(member: Member) -> tuple[str, str]:
    """Give the hash that a member names, and that of the text which came with it."""
    quads = list(ox.parse(member.statements, ox.RdfFormat.N_QUADS))
    said = [quad.object.value for quad in quads if quad.predicate == IDENTIFIER]
    inside = [quad for quad in quads if quad.graph_name == ox.NamedNode(member.name)]
    text = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in inside)
    return "".join(said), f"sha256:{digest(canonicalise(text))}" if inside else ""


def test_who_comes_back_gets_only_what_is_new(home: Home, client: Path, tmp_path: Path) -> None:
    with on_a_port(home) as address:
        before = read_stream(client, f"{address}/feed", folder=tmp_path / "state")
        seen = home.ledger.position()
        publish(home.ledger, SECOND, "Two, back again")
        home.ledger.erase(FIRST, "They asked for it.", "operator")
        after = read_stream(client, f"{address}/feed", folder=tmp_path / "state")

    assert sorted(positions(before) + positions(after)) == noticed(home)
    assert min(positions(after)) > seen
