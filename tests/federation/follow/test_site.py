"""The site that `koepel publish` makes, read in every way in which a registry can read it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from federation.fetch import Fetched
from federation.listing import read_list
from federation.publishing.site.leaf import read_leaf
from federation.publishing.site.plan import Plan, lay_out
from federation.source import Kind, Source
from registry.home import Home
from registry.ingest.document import read_document
from tests.federation.description import text
from tests.federation.follow.peer import Peer, stated
from tests.federation.site import serve, status

if TYPE_CHECKING:
    from pathlib import Path

    from federation.publishing.site.leaf import Leaf

NAMES = ("brugge", "gent")
SITE = "https://buddy.example/"


def leaves(site: str) -> list[Leaf]:
    """Two descriptions that are to stand on a site."""
    return [read_leaf(text(name, site=site.rstrip("/")), f"{name}.ttl", site) for name in NAMES]


def files(site: str) -> dict[str, bytes]:
    """Make the site."""
    return lay_out(Plan(site, "nl"), leaves(site), {}, datetime(2026, 11, 21, tzinfo=UTC))


def test_the_page_says_what_the_file_beside_it_says() -> None:
    made = files(SITE)

    for leaf in leaves(SITE):
        page = read_document(made[leaf.page], media_type="text/html", address=leaf.address)
        assert (page.digest, page.remarks) == (leaf.document.digest, ())


@pytest.mark.parametrize(
    ("name", "kind", "media_type"),
    [
        ("catalogue.ttl", Kind.CATALOGUE, "text/turtle"),
        ("catalogue.jsonld", Kind.CATALOGUE, "application/ld+json"),
        ("sitemap.xml", Kind.SITEMAP, "application/xml"),
    ],
)
def test_the_lists_name_every_description_with_its_space(name: str, kind: Kind, media_type: str) -> None:
    fetched = Fetched(200, SITE + name, files(SITE)[name], {"content-type": media_type})

    listing = read_list(fetched, Source(SITE + name, SITE.rstrip("/"), kind))

    assert listing.complete
    assert [item.space for item in listing.items] == [SITE + name for name in NAMES]


def test_its_stream_brings_every_description(tmp_path: Path) -> None:
    with serve() as server, ThreadPoolExecutor(2) as executor:
        site = server.address("/")
        feed = files(site)["feed.trig"]
        server.publish(status(200, feed, Content_Type="application/trig"), "/feed.trig")
        peer = Peer(Home(tmp_path), "https://koepel.example", executor)

        peer.read(Source(f"{site}feed.trig", site.rstrip("/"), Kind.STREAM))

        assert stated(peer) == {leaf.address: leaf.document.digest for leaf in leaves(site)}
