"""Sitemaps: what they name, and that one that is damaged names nothing."""

import gzip

import pytest

from federation.fetch import Fetched
from federation.listing import Item, Listing, read_list
from federation.source import Kind, Source
from registry.errors import KoepelError

SITE = "https://umbrella.example"
SOURCE = Source(f"{SITE}/sitemap.xml", SITE, Kind.SITEMAP)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def entry(place: str, changed: str = "") -> str:
    """Write one entry of a sitemap."""
    modified = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{place}</loc>{modified}<priority>0.5</priority></url>"


def sitemap(*entries: str, root: str = "urlset") -> bytes:
    """Write a sitemap of these entries."""
    body = "\n".join(entries)
    return f'<?xml version="1.0"?>\n<{root} xmlns="{NAMESPACE}">\n{body}\n</{root}>'.encode()


def read(data: bytes) -> Listing:
    """Read a sitemap as if it had been fetched."""
    return read_list(Fetched(200, SOURCE.address, data, {"content-type": "application/xml"}), SOURCE)


def code(data: bytes) -> str:
    """Give the code of the error with which a sitemap is refused."""
    with pytest.raises(KoepelError) as refused:
        read(data)
    return refused.value.code


def test_a_sitemap_names_pages_with_their_time() -> None:
    listing = read(sitemap(entry(f"{SITE}/gent/", "2026-10-01"), entry(f"{SITE}/brugge?a=1&amp;b=2")))

    gent = Item(f"{SITE}/gent/", f"{SITE}/gent", "2026-10-01")
    brugge = f"{SITE}/brugge?a=1&b=2"
    assert listing == Listing((gent, Item(brugge, brugge)), complete=True)


def test_what_lies_elsewhere_and_the_site_itself_are_left_out_and_the_rest_stands_once() -> None:
    places = [f"{SITE}/gent", "https://umbrella.example.evil/x", f"{SITE}/", f"{SITE}/gent", "ftp://x/y"]

    listing = read(sitemap(*map(entry, places)))

    assert [item.address for item in listing.items] == [f"{SITE}/gent"]
    assert listing.complete


def test_a_packed_sitemap_is_read() -> None:
    assert read(gzip.compress(sitemap(entry(f"{SITE}/gent")))).items


def test_an_index_names_its_parts_and_is_complete_when_all_are_there() -> None:
    places = [f"{SITE}/sitemap-1.xml", f"{SITE}/sitemap-2.xml"]
    index = read(
        sitemap(*(f"<sitemap><loc>{place}</loc></sitemap>" for place in places), root="sitemapindex")
    )
    parts = [read(sitemap(entry(f"{SITE}/{name}"))) for name in ("gent", "brugge")]

    assert (index.parts, index.complete) == (tuple(places), False)
    assert not index.joined(parts[:1], SITE).complete
    assert index.joined(parts, SITE) == Listing((*parts[0].items, *parts[1].items), complete=True)


def test_an_index_that_leads_elsewhere_is_refused() -> None:
    foreign = "<sitemap><loc>https://evil.example/sitemap.xml</loc></sitemap>"

    assert code(sitemap(foreign, root="sitemapindex")) == "sitemap-parts"


@pytest.mark.parametrize("length", [60, 200, -9, -1])
def test_a_sitemap_that_is_cut_off_is_an_error_and_no_shorter_list(length: int) -> None:
    whole = sitemap(*(entry(f"{SITE}/{number}") for number in range(20)))

    assert code(whole[:length]) == "sitemap-broken"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'<!DOCTYPE urlset [<!ENTITY a "aaaa">]><urlset/>', "sitemap-document-type"),
        (b"<!DOCTYPE html><html><body>Login</body></html>", "sitemap-document-type"),
        (b"<html><body>Login</body></html>", "sitemap-unknown"),
        (b'<rss version="2.0"/>', "sitemap-unknown"),
        (sitemap("<url>" * 100 + "</url>" * 100), "sitemap-unknown"),
        (b"", "document-empty"),
        (gzip.compress(b" " * 30_000_000), "document-too-large"),
    ],
    ids=["entities", "page", "XHTML", "RSS", "depth", "nothing", "bomb"],
)
def test_what_is_no_sitemap_is_an_error(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_a_sitemap_without_entries_is_a_list_that_names_nothing() -> None:
    assert read(sitemap()) == Listing((), complete=True)


def test_a_sitemap_with_more_than_can_be_read_says_that_it_is_not_all() -> None:
    listing = read(sitemap(*(entry(f"{SITE}/{number}") for number in range(50_001))))

    assert (len(listing.items), listing.complete) == (50_000, False)


def test_places_in_other_vocabularies_are_no_entries() -> None:
    image = f'<image xmlns="urn:image"><loc>{SITE}/photo</loc></image>'

    listing = read(sitemap(f"<url><loc>{SITE}/gent</loc>{image}</url>"))

    assert [item.address for item in listing.items] == [f"{SITE}/gent"]
