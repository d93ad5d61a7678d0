"""Streams of other software, written by hand: trees of pages, times, and what is wrong with them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from federation.source import Kind, Source
from registry.home import Home
from registry.ledger import Happening
from tests.federation.description import AUDIENCE
from tests.federation.follow.peer import Peer, stated
from tests.federation.site import Site, serve, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRIG = {"Content_Type": "application/trig"}
PREFIXES = """
@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix happening: <https://w3id.org/koepel/code/happening/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> .
@prefix tree: <https://w3id.org/tree#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ABOUT = """<#stream> a ldes:EventStream ; tree:view <feed> ; ldes:timestampPath prov:generatedAtTime ;
    ldes:versionOfPath dct:isVersionOf ; ldes:versionDeleteObject as:Delete ."""
VERSION = """
<#stream> tree:member <{name}-{day}> . <{name}-{day}> a koepel:Project ;
  dct:isVersionOf <{name}> ; prov:generatedAtTime "2026-10-{day:02}T10:00:00Z"^^xsd:dateTime ;
  dct:modified "2026-10-{day:02}"^^xsd:date ;
  dct:title "Fictitious project of day {day}"@en ; dct:description "Newcomers and residents meet."@en ;
  dct:publisher <{name}#organisation> ; foaf:depiction [ dct:title "A picture"@en ] ;
  {audience} dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  koepel:country <http://publications.europa.eu/resource/authority/country/BEL> .
<{name}#organisation> a <http://www.w3.org/ns/org#Organization> ; foaf:name "Fictitious organisation"@en .
"""
DELETION = """<#stream> tree:member <{name}-{day}> . <{name}-{day}> a as:Delete ;
  dct:isVersionOf <{name}> ; prov:generatedAtTime "2026-10-{day:02}T10:00:00Z"^^xsd:dateTime ."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that has a stream."""
    with serve() as here:
        yield here


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    """A registry that follows it."""
    with ThreadPoolExecutor(2) as executor:
        clock = datetime(2026, 11, 21, tzinfo=UTC)
        yield Peer(Home(tmp_path), "https://koepel.example", executor, clock)


def version(name: str, day: int) -> str:
    """Write one version of a project."""
    return VERSION.format(name=name, day=day, audience=AUDIENCE)


def deletion(name: str, day: int) -> str:
    """Write that a project is gone."""
    return DELETION.format(name=name, day=day)


def relation(page: str, kind: str, day: int) -> str:
    """Lead to a page whose members lie after or before a day."""
    return f"""<> tree:relation [ a tree:{kind}Relation ; tree:node <{page}> ;
        tree:path prov:generatedAtTime ; tree:value "2026-10-{day:02}T00:00:00Z"^^xsd:dateTime ] ."""


def publish(site: Site, page: str, *parts: str, **headers: str) -> None:
    """Put a page of the stream on the site."""
    base = f"@base <{site.address(f'/{page}')}> .\n"
    text = base + PREFIXES + "".join(parts)
    site.publish(status(200, text.encode(), **(headers or TRIG)), f"/{page}")


def stream(site: Site) -> Source:
    """Say where the stream is."""
    return Source(site.address("/feed"), site.address("/").rstrip("/"), Kind.STREAM)


def history(peer: Peer, site: Site) -> list[tuple[str, str]]:
    """Tell what happened to the sources of a stream, in order."""
    known = peer.home.ledger.events()
    via = [one for one in known if one.via and one.happening is not Happening.REGISTERED]
    return [(one.source.removeprefix(site.address("/")), one.happening.value) for one in via]


def test_a_member_becomes_a_document_about_its_thing(site: Site, peer: Peer) -> None:
    publish(site, "feed", ABOUT, version("gent", 1))

    assert peer.read(stream(site)).counts == {"accepted": 1}
    ((_, canonical),) = peer.home.ledger.canonical(stated(peer).values())
    assert f"<{site.address('/gent')}> <http://purl.org/dc/terms/title>".encode() in canonical
    assert all(part in canonical for part in (b'"Fictitious organisation"@en', b'"A picture"@en'))
    assert b"isVersionOf" not in canonical
    assert b"gent-1" not in canonical


def test_members_come_in_the_order_of_their_times_through_a_tree_of_pages(site: Site, peer: Peer) -> None:
    publish(
        site,
        "feed",
        ABOUT,
        relation("late", "GreaterThanOrEqualTo", 5),
        relation("early", "LessThan", 5),
    )
    publish(site, "late", deletion("gent", 9), version("gent", 6))
    publish(site, "early", version("gent", 3), relation("earlier", "LessThan", 3))
    publish(site, "earlier", version("gent", 1))

    peer.read(stream(site))

    assert history(peer, site) == [("gent", "accepted")] * 3 + [("gent", "withdrawn")]
    assert stated(peer) == {}


def test_what_was_read_is_not_taken_again_and_pages_of_the_past_are_not_asked_for(
    site: Site, peer: Peer
) -> None:
    ways = [relation("late", "GreaterThanOrEqualTo", 5), relation("early", "LessThan", 5)]
    publish(site, "feed", ABOUT, *ways)
    publish(site, "early", version("gent", 1))
    publish(site, "late", version("gent", 6))
    peer.read(stream(site))
    publish(site, "late", version("gent", 6), version("brugge", 6), version("gent", 7))
    site.asked.clear()

    followed = peer.read(stream(site))

    assert followed.counts == {"accepted": 2}
    assert [path for path, _ in site.asked if path != "/robots.txt"] == ["/feed", "/late"]


@pytest.mark.parametrize("outside", ["https://other.example/gent", "gent/../../elsewhere", ""])
def test_a_stream_speaks_of_its_own_space_only(site: Site, peer: Peer, outside: str) -> None:
    publish(site, "feed", ABOUT, version("gent", 1).replace("isVersionOf <gent>", f"isVersionOf <{outside}>"))
    source = Source(site.address("/feed"), site.address("/feed"), Kind.STREAM)

    assert peer.read(source).counts == {"foreign": 1}
    assert stated(peer) == {}


def test_a_member_in_a_graph_of_its_own_is_read(site: Site, peer: Peer) -> None:
    told, _, said = version("gent", 1).partition("dct:modified")
    publish(site, "feed", ABOUT, told.rstrip(" ;\n") + " .", f"<gent-1> {{ <gent-1> dct:modified {said} }}")

    peer.read(stream(site))

    assert history(peer, site) == [("gent", "accepted")]


@pytest.mark.parametrize("media_type", ["text/turtle", "application/trig"])
def test_a_page_may_come_in_another_format(site: Site, peer: Peer, media_type: str) -> None:
    publish(site, "feed", ABOUT, version("gent", 1), Content_Type=media_type)

    assert peer.read(stream(site)).counts == {"accepted": 1}


def test_a_page_in_json_ld_is_read(site: Site, peer: Peer) -> None:
    page = """{"@context": {"dct": "http://purl.org/dc/terms/", "tree": "https://w3id.org/tree#"},
      "@id": "#stream", "@type": "https://w3id.org/ldes#EventStream", "tree:view": {"@id": "/feed"},
      "https://w3id.org/ldes#timestampPath": {"@id": "dct:modified"},
      "tree:member": {"@id": "/gent", "dct:modified": "2026-10-01T10:00:00Z",
        "@type": "https://w3id.org/koepel/def#Project", "dct:title": "Only a title"}}"""
    site.publish(status(200, page.encode(), Content_Type="application/ld+json"), "/feed")

    assert peer.read(stream(site)).counts == {"rejected": 1}
    assert history(peer, site) == [("gent", "rejected")]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<> a foaf:Document .", "stream-missing"),
        ("<#stream> a ldes:EventStream ; tree:view <> .", "stream-without-order"),
        ("<#stream> a ldes:EventStream", "syntax-broken"),
    ],
)
def test_what_is_no_stream_is_told(site: Site, peer: Peer, page: str, code: str) -> None:
    publish(site, "feed", page)

    followed = peer.read(stream(site))

    assert followed.error is not None
    assert followed.error.code == code


def test_a_broken_page_stops_nothing_is_told_once_and_read_when_it_is_mended(site: Site, peer: Peer) -> None:
    publish(
        site, "feed", ABOUT, relation("one", "GreaterThanOrEqualTo", 1), relation("two", "GreaterThan", 5)
    )
    publish(site, "one", version("gent", 1), version("brugge", 2), "<a> <b> ")
    publish(site, "two", version("gent", 6))
    peer.read(stream(site))
    told = peer.read(stream(site)).event
    known = stated(peer)
    publish(site, "one", version("gent", 1), version("brugge", 2))

    mended = peer.read(stream(site))

    assert told is not None
    assert (told.happening, "/one of the stream cannot be read" in told.reason) == (Happening.REJECTED, True)
    assert mended.counts == {"accepted": 1}
    assert stated(peer).items() > known.items()
    of_stream = [one.happening for one in peer.home.ledger.events(source=stream(site).space)]
    assert of_stream.count(Happening.REJECTED) == 1
    assert of_stream[-1] is Happening.FETCHED or Happening.ACCEPTED in of_stream


def test_a_member_that_makes_no_sense_is_told_and_stops_nothing(site: Site, peer: Peer) -> None:
    no_time = "<#stream> tree:member <x-1> . <x-1> dct:isVersionOf <x> ."
    unheard = "<#stream> tree:member <y-1> . <y-1> dct:isVersionOf <y> ; dct:type happening:lost ; "
    publish(
        site,
        "feed",
        ABOUT,
        no_time,
        unheard + 'prov:generatedAtTime "2026-10-01T00:00:00Z" .',
        version("gent", 1),
    )

    followed = peer.read(stream(site))

    assert followed.event is not None
    assert followed.event.happening is Happening.REJECTED
    assert "/x-1 of the stream does not say what it is about" in followed.event.reason
    assert "unknown here: lost" in followed.event.reason
    assert history(peer, site) == [("gent", "accepted")]


def test_a_text_that_is_not_the_one_that_was_named_is_rejected(site: Site, peer: Peer) -> None:
    altered = """<#stream> tree:member <m> . <m> dct:isVersionOf <gent> ; dct:type happening:accepted ;
        prov:generatedAtTime "2026-10-01T00:00:00Z" ; dct:identifier "sha256:00" .
        <m> { <gent> a koepel:Project }"""
    publish(site, "feed", ABOUT, altered)

    peer.read(stream(site))

    (told,) = [one for one in peer.home.ledger.events() if one.happening is Happening.REJECTED]
    assert told.source == site.address("/gent")
    assert "is not the one that it names: its hash is" in told.reason


def test_a_registered_stream_that_was_removed_is_read_from_its_beginning(site: Site, peer: Peer) -> None:
    publish(site, "feed", ABOUT, version("gent", 1))
    peer.read(stream(site))
    here = peer.home.ledger.registrations()[stream(site).space]
    peer.end_source(here.source)

    assert peer.read(stream(site)).counts == {"unchanged": 1}


def test_two_members_of_the_same_moment_are_both_taken_though_one_comes_later(site: Site, peer: Peer) -> None:
    publish(site, "feed", ABOUT, version("gent", 1))
    peer.read(stream(site))
    publish(site, "feed", ABOUT, version("gent", 1), version("brugge", 1))

    assert peer.read(stream(site)).counts == {"accepted": 1}
