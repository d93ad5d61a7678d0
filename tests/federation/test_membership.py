"""A list brings descriptions, and takes away what it no longer names, once that is certain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from federation.source import Kind, Source
from registry.ledger import Event, Happening
from tests.federation.description import text
from tests.federation.site import Site, serve, status
from tests.federation.visiting import TURTLE, Registry, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NAMES = "abcdef"
ENTRY = "dcat:dataset [ dcat:distribution [ dcat:downloadURL <{}> ] ] ;"
KINDS = pytest.mark.parametrize("kind", [Kind.SITEMAP, Kind.CATALOGUE])


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as here:
        yield here


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with opened(tmp_path) as here:
        yield here


def sitemap(addresses: list[str]) -> bytes:
    """Write a sitemap."""
    listed = "".join(f"<url><loc>{one}</loc></url>" for one in addresses)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


def catalogue(addresses: list[str]) -> bytes:
    """Write a DCAT catalogue."""
    listed = " ".join(ENTRY.format(one) for one in addresses)
    return f"@prefix dcat: <http://www.w3.org/ns/dcat#> . <> a dcat:Catalog ; {listed} .".encode()


def umbrella(site: Site, names: Iterable[str], kind: Kind = Kind.SITEMAP, **headers: str) -> Source:
    """Publish descriptions, and a list of them."""
    here = site.address("")
    for name in names:
        site.publish(status(200, text(name, name, site=here), Content_Type=TURTLE), f"/{name}")
    listed = [site.address(f"/{name}") for name in names]
    data, media_type = (
        (sitemap(listed), "application/xml") if kind is Kind.SITEMAP else (catalogue(listed), TURTLE)
    )
    address = site.publish(status(200, data, Content_Type=media_type, **headers), "/list")
    return Source(address, here, kind, owner=f"{here}/us")


def shown(site: Site, registry: Registry) -> str:
    """Tell which of the descriptions readers see."""
    return "".join(sorted(one.removeprefix(site.address("/")) for one in registry.ledger.published()))


@KINDS
def test_what_a_list_names_is_registered_and_visited_in_the_same_round(
    site: Site, registry: Registry, kind: Kind
) -> None:
    here = umbrella(site, NAMES, kind)

    visits = registry.visit(here)

    assert len(visits) == 1 + len(NAMES)
    assert shown(site, registry) == NAMES
    member = Source.of(registry.ledger.registrations()[site.address("/a")])
    assert (member.kind, member.via, member.owner) == (Kind.MEMBER, here.space, here.owner)


@KINDS
def test_a_list_that_is_the_same_is_no_news(site: Site, registry: Registry, kind: Kind) -> None:
    here = umbrella(site, NAMES, kind, ETag='"1"')
    registry.visit(here)
    position = registry.ledger.position()

    assert registry.outcomes(here) == ["not-modified"]
    site.publish(status(304), "/list")
    assert registry.outcomes(here) == ["not-modified"]
    assert registry.ledger.position() == position


@KINDS
def test_what_a_list_no_longer_names_is_withdrawn_and_returns_when_it_does(
    site: Site, registry: Registry, kind: Kind
) -> None:
    registry.visit(umbrella(site, NAMES, kind))

    registry.visit(umbrella(site, NAMES[:-1], kind))

    assert shown(site, registry) == NAMES[:-1]
    gone = registry.last(site.address("/f"))
    assert (gone.happening, gone.reason) == (
        Happening.WITHDRAWN,
        f"It is no longer listed by {site.address('/list')}.",
    )
    assert [one.outcome for one in registry.visit(umbrella(site, NAMES, kind))] == ["accepted", "restored"]
    assert shown(site, registry) == NAMES


@KINDS
@pytest.mark.parametrize("other", ["a", "a/part", "a#part"])
def test_a_list_brings_nothing_that_speaks_for_what_is_registered_otherwise(
    site: Site, registry: Registry, kind: Kind, other: str
) -> None:
    registry.ledger.append(Event(site.address(f"/{other}"), Happening.REGISTERED, site.address("/own.ttl")))

    registry.visit(umbrella(site, "abc", kind))

    assert shown(site, registry) == "bc"


@pytest.mark.parametrize(
    ("other", "happening"),
    [("a", Happening.REMOVED), ("a", Happening.ERASED), ("a/part", Happening.ERASED)],
)
def test_a_list_does_not_bring_back_what_the_registry_has_ended(
    site: Site, registry: Registry, other: str, happening: Happening
) -> None:
    gone = Event(site.address(f"/{other}"), Happening.REGISTERED, site.address("/own.ttl"))
    registry.ledger.append_all([(gone, None), (replace(gone, happening=happening), None)])

    registry.visit(umbrella(site, "abc"))

    assert shown(site, registry) == "bc"


def test_what_one_list_no_longer_names_and_another_does_comes_by_the_other(
    site: Site, registry: Registry
) -> None:
    names = [f"x/{name}" for name in NAMES]
    listed = sitemap([site.address(f"/{name}") for name in names])
    other = site.publish(status(200, listed, Content_Type="application/xml"), "/other")
    lists = umbrella(site, names), Source(other, site.address("/x"), Kind.SITEMAP)
    for one in lists:
        registry.visit(one)

    for _ in range(3):
        registry.pass_hours(200)
        registry.visit(umbrella(site, names[:-1]), lists[1])

    assert len(registry.ledger.published()) == len(names)
    assert registry.ledger.registrations()[site.address("/x/f")].via == lists[1].space
    assert registry.logged(site.address("/x/f"))[3:] == ["withdrawn", "transferred", "fetched", "restored"]


@KINDS
@pytest.mark.parametrize("left", ["abc", ""], ids=["half", "empty"])
def test_a_list_that_is_cut_off_loses_nobody_until_that_is_confirmed(
    site: Site, registry: Registry, kind: Kind, left: str
) -> None:
    registry.visit(umbrella(site, NAMES, kind))
    here = umbrella(site, left, kind)

    assert registry.outcomes(here) == ["held"]
    registry.pass_hours(11)
    assert registry.outcomes(here) == ["held"]
    assert shown(site, registry) == NAMES
    registry.pass_hours(1)
    registry.visit(here)
    assert shown(site, registry) == left


def test_a_list_that_recovers_is_no_longer_held(site: Site, registry: Registry) -> None:
    for names in (NAMES, "ab", NAMES):
        registry.visit(umbrella(site, names))

    assert registry.last(site.address("")).happening is Happening.ACCEPTED
    assert shown(site, registry) == NAMES


@pytest.mark.parametrize(
    "answer",
    [status(200, b"<!doctype html><p>Oops", Content_Type="text/html"), status(200, b""), status(500)],
    ids=["page", "nothing", "failing"],
)
def test_a_list_that_is_none_loses_nobody(site: Site, registry: Registry, answer: object) -> None:
    here = umbrella(site, NAMES)
    registry.visit(here)
    site.answers["/list"] = answer  # type: ignore[assignment]
    for _ in range(3):
        registry.visit(here)
        registry.pass_hours(24)

    assert shown(site, registry) == NAMES


def test_a_source_that_stands_for_itself_is_left_to_itself(site: Site, registry: Registry) -> None:
    own = Source(site.address("/a"), site.address("/a"))
    umbrella(site, NAMES)
    registry.visit(own)

    registry.visit(umbrella(site, NAMES))
    registry.visit(umbrella(site, NAMES[1:]))

    assert Source.of(registry.ledger.registrations()[own.space]) == own
    assert shown(site, registry) == NAMES


def test_what_the_registry_removed_does_not_come_back_through_a_list(site: Site, registry: Registry) -> None:
    registry.visit(umbrella(site, NAMES))
    registry.ledger.append(Event(site.address("/a"), Happening.REMOVED))

    registry.visit(umbrella(site, NAMES))
    registry.visit(umbrella(site, NAMES[1:]))

    assert registry.last(site.address("/a")).happening is Happening.REMOVED


def test_the_pages_of_a_site_that_describe_nothing_leave_no_trace(site: Site, registry: Registry) -> None:
    here = umbrella(site, "ab")
    site.publish(status(200, b"<!doctype html><p>News", Content_Type="text/html"), "/b")

    visits = registry.visit(here)

    assert sorted(one.outcome for one in visits) == ["accepted", "accepted", "ignored"]
    assert registry.logged(site.address("/b")) == []


def test_a_list_in_parts_loses_nobody_when_a_part_is_missing(site: Site, registry: Registry) -> None:
    here, space = umbrella(site, NAMES), site.address("")
    site.publish(status(200, sitemap([site.address(f"/{name}") for name in "abc"])), "/part-1")
    site.publish(status(200, sitemap([site.address(f"/{name}") for name in "def"])), "/part-2")
    parts = "".join(f"<sitemap><loc>{space}/part-{number}</loc></sitemap>" for number in (1, 2))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    site.publish(status(200, index.encode(), Content_Type="application/xml"), "/list")

    registry.visit(here)
    site.publish(status(500), "/part-2")
    registry.visit(here)

    assert shown(site, registry) == NAMES
    assert registry.last(space).happening is Happening.ACCEPTED


def test_a_list_whose_members_were_not_all_visited_counts_as_not_visited(
    site: Site, registry: Registry
) -> None:
    here = umbrella(site, NAMES)
    seen = []

    def stop_in_the_middle() -> None:
        for one in registry.visits(here):
            seen.append(one)
            if len(seen) == 4:
                return

    stop_in_the_middle()

    assert registry.notebook.of(here.space).due is None
    registry.visit(here)
    assert shown(site, registry) == NAMES
    assert registry.logged().count("accepted") == 1 + len(NAMES)
