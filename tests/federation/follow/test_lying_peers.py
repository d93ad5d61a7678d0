"""Streams that lie: about addresses, times, places and decisions, and that never end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from federation.feed.page import find_page
from federation.feed.stream import Stream
from federation.fetch import Fetcher
from federation.follow import follower, frontier
from federation.source import Kind, Source
from registry.formats import Format
from registry.home import Home
from registry.ingest.document import read_document
from registry.ledger import Event, Happening
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.follow.peer import AT_HOME, Peer, opened, stated
from tests.federation.site import Answer, Site, serve, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from federation.follow import Followed

TRIG = {"Content_Type": "application/trig"}
NOW = datetime(2026, 11, 21, tzinfo=UTC)
ABOUT = """
@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix happening: <https://w3id.org/koepel/code/happening/> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> .
@prefix tree: <https://w3id.org/tree#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#stream> a ldes:EventStream ; tree:view <feed> ; ldes:sequencePath schema:position ;
    ldes:timestampPath prov:generatedAtTime ; ldes:versionOfPath dct:isVersionOf .
"""
ORIGIN = "<https://origin.example>"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that says it is a registry."""
    with serve() as here:
        yield here


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    """A registry that follows it."""
    with ThreadPoolExecutor(1) as executor:
        yield Peer(Home(tmp_path), "https://koepel.example", executor, NOW)


def told(name: str, position: str, happening: str = "accepted", when: datetime = NOW, more: str = "") -> str:
    """Write down what a member says of itself."""
    return (
        f"<#stream> tree:member <m/{position}> . <m/{position}> dct:isVersionOf <{name}> ;"
        f' schema:position {position} ; prov:generatedAtTime "{when.isoformat()}"^^xsd:dateTime ;'
        f" {more} dct:type happening:{happening} .\n"
    )


def brought(site: Site, name: str, position: str, happening: str = "accepted", **terms: str) -> str:
    """Write down a member that brings a small description, with what it says of its way here."""
    space = site.address(f"/{name}")
    mail = terms.pop("mail", "")
    read = read_document(
        text(name, name, mail, site=site.address("")) if mail else text(name, name, site=site.address("")),
        media_type="text/turtle", address=space, space=space,
    )  # fmt: skip
    terms = {"dct:source": f"<{space}.ttl>", "prov:wasAttributedTo": ORIGIN, **terms}
    more = "".join(f"{way} {value} ;" for way, value in terms.items())
    more += f'dct:identifier "sha256:{read.digest}" ;'
    return f"{told(space, position, happening, more=more)}<m/{position}> {{\n{read.canonical.decode()}}}\n"


def follow(
    site: Site, peer: Peer, *members: str, kind: Kind = Kind.REGISTRY, heard: datetime | None = None
) -> Followed:
    """Let the site tell this, and follow it."""
    address = site.publish(status(200, (ABOUT + "".join(members)).encode(), **TRIG), "/feed")
    return peer.read(Source(address, site.address("").rstrip("/"), kind), heard=heard)


def own_page(peer: Peer) -> bytes:
    """Write down what the registry tells others in turn."""
    ledger = peer.home.ledger
    page = find_page(ledger, Stream(peer.address, ledger.lineage, 250), 1)
    assert page
    return b"".join(page.write(ledger, Format.N_QUADS))


def last(site: Site, peer: Peer, name: str) -> Event:
    """Tell what happened to a source last."""
    return peer.home.ledger.status()[site.address(f"/{name}")]


@pytest.mark.parametrize(
    "terms",
    [
        {"dct:source": '"not [an address"', "prov:wasAttributedTo": '"nor this"'},
        {"dct:source": "<javascript:alert(1)>", "prov:wasAttributedTo": "<urn:x:y>"},
        {"dct:source": f"<https://a.example/{'x' * 600}>"},
    ],
    ids=["texts", "schemes", "long"],
)
def test_what_is_no_address_is_not_told_to_others(site: Site, peer: Peer, terms: dict[str, str]) -> None:
    follow(site, peer, brought(site, "one", "1", **terms))

    page = own_page(peer).decode()

    assert stated(peer).keys() == {site.address("/one")}
    for lie in ("not%20", "nor%20", "javascript", "urn:x", "xxx"):
        assert lie not in page


@pytest.mark.parametrize(
    ("kind", "happening"), [(Kind.REGISTRY, Happening.RELEASED), (Kind.STREAM, Happening.HELD)]
)
def test_only_the_people_of_a_registry_settle_doubts_not_a_publisher(
    site: Site, peer: Peer, kind: Kind, happening: Happening
) -> None:
    follow(site, peer, brought(site, "one", "1", "released", mail=AUDIENCE + PRIVATE_MAILBOX), kind=kind)

    assert last(site, peer, "one").happening is happening


def test_a_number_without_end_stops_nobody(site: Site, peer: Peer) -> None:
    follow(site, peer, brought(site, "one", "1"), told(site.address("/two"), "9" * 400))

    assert stated(peer).keys() == {site.address("/one")}


def names(site: Site, peer: Peer) -> str:
    """Tell which descriptions readers see."""
    return "".join(sorted(one.removeprefix(site.address("/")) for one in stated(peer)))


def ended(site: Site, names: str, first: int, when: datetime, happening: str = "withdrawn") -> list[str]:
    """End descriptions, one after the other."""
    return [told(site.address(f"/{one}"), str(first + n), happening, when) for n, one in enumerate(names)]


def test_endings_that_were_not_there_before_are_not_believed_to_be_old(site: Site, peer: Peer) -> None:
    members = [brought(site, name, str(n)) for n, name in enumerate("abcdef", start=1)]
    follow(site, peer, *members)

    lies = ended(site, "abcd", 7, NOW - timedelta(days=30))
    followed = follow(site, peer, *members, *lies, heard=NOW - timedelta(hours=1))

    assert followed.event
    assert (followed.event.happening, names(site, peer)) == (Happening.HELD, "abcdef")


@pytest.mark.parametrize("happening", ["withdrawn", "erased"])
def test_many_endings_are_held_as_a_whole_and_not_in_part(site: Site, peer: Peer, happening: str) -> None:
    members = [brought(site, name, str(n)) for n, name in enumerate("abcdef", start=1)]
    follow(site, peer, *members)

    follow(site, peer, *members, *ended(site, "abc", 7, NOW, happening))

    assert names(site, peer) == "abcdef"


def test_what_is_taken_away_bit_by_bit_counts_together(site: Site, peer: Peer) -> None:
    peer.clock = now = datetime.now(UTC)
    members = [brought(site, name, str(n)) for n, name in enumerate("abcdef", start=1)]
    for end in range(5):
        follow(site, peer, *members, *ended(site, "abcdef"[:end], 7, now))

    assert names(site, peer) == "bcdef"


def test_a_page_may_be_longer_than_a_description(site: Site, peer: Peer) -> None:
    address = site.publish(status(200, (ABOUT + brought(site, "one", "1")).encode(), **TRIG), "/feed")

    with Fetcher(replace(AT_HOME, bytes=1000)) as fetcher:
        peer.read(Source(address, site.address("").rstrip("/"), Kind.REGISTRY), fetcher)

    assert names(site, peer) == "one"


class Endless(dict[str, Answer]):
    """Pages without end, each of which leads to the next; they say where it begins, or do not."""

    def __init__(self, site: Site, bound: str) -> None:
        super().__init__()
        self._site, self._bound = site, bound

    def get(self, path: str, _: Answer | None = None) -> Answer:  # type: ignore[override]
        """Make the page with this number; the view is the first."""
        number = int(path.rpartition("/")[2]) if path != "/feed" else 1
        here = ABOUT.replace("<feed>", f"<{self._site.address('/feed')}>")
        here = here.replace("<#stream>", f"<{self._site.address('/feed')}#stream>")
        member = brought(self._site, f"n{number}", str(number))
        lead = NEXT.format(self._site.address(f"/{number + 1}"), self._bound.format(number + 1))
        return status(200, f"{here}{member}{lead}".encode(), **TRIG)


NEXT = "<> tree:relation [ a tree:GreaterThanOrEqualToRelation ; tree:node <{0}> {1} ] ."
BOUND = "; tree:path schema:position ; tree:value {} "


def endless(site: Site, peer: Peer, bound: str) -> Followed:
    """Follow pages without end."""
    site.answers = Endless(site, bound)
    return peer.read(Source(site.address("/feed"), site.address("").rstrip("/"), Kind.REGISTRY))


def test_a_stream_without_end_keeps_nobody_for_ever(
    site: Site, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "MOST_PAGES", 3)
    followed = endless(site, peer, BOUND)

    assert (followed.is_unfinished, followed.requests) == (True, 3)
    assert len(stated(peer)) == 3


def test_a_long_stream_is_read_on_at_the_next_visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "MOST_PAGES", 2)
    with opened(tmp_path, "first", "second") as (first, second):
        first.describe(*"abcdef")
        visits = [second.follow(first) for _ in range(4)]

        assert [one.is_unfinished for one in visits] == [True, True, False, False]
        assert stated(second) == stated(first)


def test_a_stream_whose_pages_have_no_order_is_not_kept_in_memory_without_end(
    site: Site, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontier, "MOST_BYTES", 5000)
    followed = endless(site, peer, "")

    assert followed.error
    assert followed.error.code == "stream-too-wide"


def test_nothing_more_is_taken_from_a_stream_that_is_removed_meanwhile(site: Site, peer: Peer) -> None:
    space = site.address("").rstrip("/")
    page = (ABOUT + brought(site, "one", "1")).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        peer.home.ledger.append(Event(space, Happening.REMOVED, actor="operator"))
        status(200, page, **TRIG)(handler)

    peer.read(Source(site.publish(answer, "/feed"), space, Kind.REGISTRY))

    assert peer.home.ledger.status().keys() == {space}
    assert peer.home.ledger.status()[space].happening is Happening.REMOVED


@pytest.mark.parametrize("erased", ["one", "one/part", "one#part"])
def test_what_was_erased_does_not_come_back_in_a_larger_space(site: Site, peer: Peer, erased: str) -> None:
    space = site.address(f"/{erased}")
    peer.home.ledger.append(Event(space, Happening.REGISTERED, space))
    peer.home.ledger.erase(space, "They asked for it.", "operator")

    followed = follow(site, peer, brought(site, "one", "1"), brought(site, "two", "2"))

    assert (followed.counts["ended"], names(site, peer)) == (1, "two")
