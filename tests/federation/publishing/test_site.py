"""A small site made of descriptions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT

from federation.publishing.site.leaf import Leaf, base_of, read_leaf, read_own_leaf, refuse_twice
from federation.publishing.site.plan import Plan, lay_out
from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from tests.federation.description import text
from tests.federation.publishing.sample import NOW, SITE, leaf, read_back

PLAN = Plan(SITE, "en", tokens=("c0de",))


def site(*leaves: Leaf) -> dict[str, bytes]:
    """Lay out a site of these descriptions, for the first time."""
    return lay_out(PLAN, leaves, {}, NOW)


def test_a_site_holds_a_page_and_turtle_for_each_description_and_what_leads_to_them() -> None:
    assert sorted(site(leaf("one"), leaf("two"))) == [
        ".well-known/koepel",
        "catalogue.jsonld",
        "catalogue.ttl",
        "feed.trig",
        "index.html",
        "one/index.html",
        "one/profile.ttl",
        "sitemap.xml",
        "two/index.html",
        "two/profile.ttl",
    ]


def test_the_same_descriptions_at_the_same_moment_give_the_same_bytes() -> None:
    assert site(leaf("one"), leaf("two")) == site(leaf("two"), leaf("one"))


def test_the_registry_reads_the_turtle_and_the_page_as_the_same_description() -> None:
    one = leaf("one")
    files = site(one)

    turtle = read_back(files["one/profile.ttl"], one.address)
    page = read_back(files["one/index.html"], one.address)

    assert turtle.digest == page.digest == one.document.digest


def test_the_catalogue_says_where_each_description_can_be_fetched() -> None:
    files = site(leaf("one"), leaf("two"))
    turtle = Graph().parse(data=files["catalogue.ttl"], format="turtle")
    json_ld = Graph().parse(data=files["catalogue.jsonld"], format="json-ld")

    assert set(turtle.subjects(RDF.type, DCAT.Dataset)) == {URIRef(SITE + "one"), URIRef(SITE + "two")}
    assert {str(one).removeprefix(SITE) for one in turtle.objects(None, DCAT.downloadURL)} <= set(files)
    assert set(turtle) == set(json_ld)


def test_the_codes_of_registries_stand_on_the_site_and_in_the_pages() -> None:
    files = site(leaf("one"))

    told = json.loads(files[".well-known/koepel"])

    assert told["registrations"] == ["c0de"]
    assert told["profiles"] == [SITE + "one"]
    assert b'<meta name="koepel-registration" content="c0de">' in files["one/index.html"]


def test_a_code_stays_until_another_is_given() -> None:
    former = site(leaf("one"))

    again = lay_out(replace(PLAN, tokens=()), [leaf("one")], former, NOW)

    assert again == former


def test_the_sitemap_lists_the_pages_with_the_day_of_their_last_change() -> None:
    tree = ET.fromstring(site(leaf("one"))["sitemap.xml"])  # noqa: S314 - written a moment ago

    assert [one.text for one in tree.iter() if one.text and one.text.strip()] == [SITE + "one", "2026-10-01"]


@pytest.mark.parametrize(
    ("address", "page", "turtle"),
    [
        ("bridge", "bridge/index.html", "bridge/profile.ttl"),
        ("gent/bridge", "gent/bridge/index.html", "gent/bridge/profile.ttl"),
        ("bridge.ttl", "bridge.html", "bridge.ttl"),
        ("bridge.html", "bridge.html", "bridge.ttl"),
        ("bridge.jsonld", "bridge.html", "bridge.ttl"),
        ("", "index.html", "profile.ttl"),
    ],
)
def test_a_page_stands_where_the_description_says_that_it_stands(
    address: str, page: str, turtle: str
) -> None:
    one = leaf(address)

    assert (one.page, one.turtle) == (page, turtle)
    assert {page, turtle} <= set(site(one))


def test_a_description_in_two_languages_has_two_pages_that_lead_to_each_other() -> None:
    both = text(title="One").replace(b'One"@en', b'One"@en, "Eentje (fictief)"@nl')
    files = site(read_leaf(both, "one.ttl", SITE))

    english, dutch = files["one/index.html"].decode(), files["one/index.nl.html"].decode()

    assert '<html lang="en">' in english
    assert 'hreflang="nl">Nederlands</a>' in english
    assert '<html lang="nl">' in dutch
    assert "Eentje (fictief)</span></h1>" in dutch


def test_a_file_that_does_not_say_where_it_stands_gets_an_address_from_its_name() -> None:
    plain = text().replace(b"@base <https://buddy.example/one> .", b"")

    assert read_leaf(plain, "De brug!.ttl", SITE).address == SITE + "De-brug"
    with pytest.raises(InvalidDataError, match="does not say at which address"):
        read_own_leaf(plain, "bridge.ttl")


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("elsewhere", "https://buddy.example/", "https://other.example/", "names-outside-site"),
        ("hidden", "example/one", "example/.one", "address-no-file"),
        ("asking", "example/one", "example/one?x=1", "address-no-file"),
        ("climbing", "example/one", "example/a%2F..%2F..%2Fone", "address-no-file"),
        ("stranger", "<#organisation> a", "<https://other.example/#o> a", "names-outside-site"),
    ],
)
def test_a_description_that_does_not_belong_on_the_site_is_refused(
    name: str, old: str, new: str, code: str
) -> None:
    with pytest.raises(KoepelError) as error:
        read_leaf(text().replace(old.encode(), new.encode()), f"{name}.ttl", SITE)

    assert error.value.code == code
    assert error.value.address == f"{name}.ttl"


def test_a_description_that_stands_elsewhere_on_the_host_is_refused_with_what_to_change() -> None:
    with pytest.raises(NotAllowedError, match=r"does not lie under .*/projects/. Change"):
        read_leaf(text(), "one.ttl", SITE + "projects/")


@pytest.mark.parametrize(
    ("leaves", "code"),
    [
        ((leaf("one"), replace(leaf("one"), name="again.ttl")), "place-taken"),
        ((leaf("a"), leaf("a.html"), leaf("a.ttl")), "place-taken"),
        ((leaf(""), leaf("one")), "place-of-site"),
        ((leaf("catalogue.ttl"),), "place-of-site"),
    ],
)
def test_two_descriptions_never_share_a_file(leaves: Sequence[Leaf], code: str) -> None:
    with pytest.raises(NotAllowedError) as error:
        refuse_twice(leaves)

    assert error.value.code == code


def test_an_address_of_a_site_is_one_of_the_web() -> None:
    assert base_of("http://127.0.0.1:8000/a") == "http://127.0.0.1:8000/a/"
    for wrong in ("buddy.example", "https://buddy.example/?a", "https://buddy.example/#a", "file:///a"):
        with pytest.raises(InvalidDataError):
            base_of(wrong)


def test_publishing_again_leaves_the_stream_as_it_was_and_adds_what_changed() -> None:
    former = site(leaf("one"), leaf("two"))

    later = lay_out(PLAN, [leaf("one"), leaf("two", title="Anew")], former, NOW + timedelta(days=1))

    assert later["feed.trig"].startswith(former["feed.trig"])
    assert later["feed.trig"].count(b"tree#member") == 3
