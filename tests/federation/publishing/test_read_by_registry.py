"""A site that was published, read by the registry's own readers of lists and streams."""

from federation.fetch import Fetched
from federation.follow.member import Member
from federation.follow.page import read_page
from federation.listing import read_list
from federation.publishing.site.plan import Plan, lay_out
from federation.source import Kind, Source
from registry.ledger import Happening
from tests.federation.publishing.sample import NOW, SITE, leaf

FILES = lay_out(Plan(SITE, "en"), [leaf("one"), leaf("two")], {}, NOW)


def fetched(name: str, media_type: str, files: dict[str, bytes] = FILES) -> Fetched:
    """Fetch a file of the site, as if it were online."""
    return Fetched(200, SITE + name, files[name], {"content-type": media_type})


def test_the_registry_finds_every_description_in_the_catalogue() -> None:
    source = Source(SITE + "catalogue.ttl", SITE.rstrip("/"), Kind.CATALOGUE)

    for name, media_type in (("catalogue.ttl", "text/turtle"), ("catalogue.jsonld", "application/ld+json")):
        listing = read_list(fetched(name, media_type), source)

        assert listing.complete
        assert [(one.address, one.space, one.modified) for one in listing.items] == [
            (SITE + "one/profile.ttl", SITE + "one", "2026-10-01"),
            (SITE + "two/profile.ttl", SITE + "two", "2026-10-01"),
        ]


def test_the_registry_finds_every_description_in_the_sitemap() -> None:
    source = Source(SITE + "sitemap.xml", SITE.rstrip("/"), Kind.SITEMAP)

    listing = read_list(fetched("sitemap.xml", "application/xml"), source)

    assert [one.address for one in listing.items] == [SITE + "one", SITE + "two"]


def followed(files: dict[str, bytes]) -> list[Member]:
    """Read the members of the stream as a registry that follows it does, in their order."""
    page = read_page(fetched("feed.trig", "application/trig", files), SITE + "feed.trig", None)
    assert page.unclear == ()
    return sorted(page.members, key=lambda one: one.key)


def test_the_registry_reads_every_version_in_the_stream_with_the_digest_that_it_names() -> None:
    first, second = followed(FILES)

    assert [first.source, second.source] == [SITE + "one", SITE + "two"]
    assert first.happening is Happening.ACCEPTED
    assert first.canonical == leaf("one").document.canonical
    assert first.digest == leaf("one").document.digest


def test_the_registry_reads_a_tombstone_as_withdrawn() -> None:
    later = lay_out(Plan(SITE, "en"), [leaf("one")], FILES, NOW)

    *_, last = followed(later)

    assert (last.source, last.happening, last.canonical) == (SITE + "two", Happening.WITHDRAWN, None)
