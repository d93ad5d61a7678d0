"""Data catalogues: which descriptions they name, and where each is best had."""

import json

import pytest

from federation.fetch import Fetched
from federation.listing import Item, Listing, read_list
from federation.source import Kind, Source
from registry.errors import KoepelError

SITE = "https://umbrella.example"
SOURCE = Source(f"{SITE}/catalogue", SITE, Kind.CATALOGUE)
PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix iana: <https://www.iana.org/assignments/media-types/text/> .
@prefix file: <http://publications.europa.eu/resource/authority/file-type/> .
@base <https://umbrella.example/catalogue> .
"""


def read(text: str, media_type: str = "text/turtle") -> Listing:
    """Read a catalogue as if it had been fetched."""
    data = (PREFIXES + text if media_type == "text/turtle" else text).encode()
    return read_list(Fetched(200, SOURCE.address, data, {"content-type": media_type}), SOURCE)


def items(text: str) -> list[tuple[str, str]]:
    """List the addresses and spaces that a catalogue names, without the site."""
    return [(item.address.removeprefix(SITE), item.space.removeprefix(SITE)) for item in read(text).items]


def test_a_dataset_is_had_where_its_distribution_in_rdf_is() -> None:
    listing = read("""<#c> a dcat:Catalog ; dcat:dataset </gent> . </gent> dct:modified "2026-10-01" ;
        dcat:distribution [ dcat:downloadURL </gent.csv> ; dcat:mediaType iana:csv ] ,
            [ dcat:downloadURL </gent.html> ] ,
            [ dcat:downloadURL </gent.ttl> ; dcat:mediaType iana:turtle ] .""")

    assert listing == Listing((Item(f"{SITE}/gent.ttl", f"{SITE}/gent", "2026-10-01"),), complete=True)


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        ("dcat:downloadURL </a>", [("/a", "/a")]),
        ("dcat:downloadURL </a.zip>", []),
        ("dcat:downloadURL </a> ; dct:format file:RDF_TURTLE", [("/a", "/a")]),
        ("dcat:downloadURL </a> ; dct:format file:CSV", []),
        ('dcat:downloadURL </a> ; dcat:mediaType "application/ld+json; charset=utf-8"', [("/a", "/a")]),
        ("dcat:accessURL </a.jsonld>", [("/a.jsonld", "/a.jsonld")]),
        ("dcat:accessURL </a>", []),
        ("dcat:accessURL </a/> ; dcat:mediaType iana:html", [("/a/", "/a")]),
        ("dcat:downloadURL <https://other.example/a.ttl>", []),
    ],
)
def test_what_a_distribution_says_of_its_format_decides(
    distribution: str, expected: list[tuple[str, str]]
) -> None:
    text = f"<#c> a dcat:Catalog ; dcat:dataset <#d> . <#d> dcat:distribution [ {distribution} ] ."

    assert items(text) == expected


def test_a_record_leads_to_what_it_is_about() -> None:
    text = """<#c> a dcat:Catalog ; dcat:record [ foaf:primaryTopic </gent#project> ; dct:modified "2026" ] .
        </gent#project> foaf:isPrimaryTopicOf </gent.jsonld> ."""

    assert read(text).items == (Item(f"{SITE}/gent.jsonld", f"{SITE}/gent", "2026"),)


def test_an_entry_whose_name_is_a_document_is_had_there() -> None:
    assert items("<#c> a dcat:Catalog ; dcat:resource </gent.ttl#project>, </photo.png>, </brugge> .") == [
        ("/gent.ttl", "/gent.ttl")
    ]


def test_two_entries_for_one_document_or_one_space_are_one() -> None:
    text = """<#c> dcat:dataset </a>, </b>, </c> . </a> dcat:distribution [ dcat:downloadURL </x.ttl> ] .
        </b> dcat:distribution [ dcat:downloadURL </x.ttl> ] . </c> foaf:isPrimaryTopicOf </y.ttl> ."""

    assert items(text) == [("/x.ttl", "/a"), ("/y.ttl", "/c")]


def test_a_catalogue_inside_a_web_page_is_read() -> None:
    words = {"@vocab": "http://www.w3.org/ns/dcat#", "downloadURL": {"@type": "@id"}}
    catalogue = {
        "@context": words,
        "@type": "Catalog",
        "dataset": {"distribution": {"downloadURL": "/gent.ttl"}},
    }
    page = f'<!DOCTYPE html><script type="application/ld+json">{json.dumps(catalogue)}</script>'

    assert read(page, "text/html").items == (Item(f"{SITE}/gent.ttl", f"{SITE}/gent.ttl"),)


def test_a_catalogue_in_pages_is_complete_when_all_pages_are_there() -> None:
    first = read("<#c> a dcat:Catalog ; dcat:dataset </a.ttl> . <?page=1> hydra:next </catalogue?page=2> .")
    second = read("<#c> a dcat:Catalog ; dcat:dataset </b.ttl> .")

    assert (first.parts, first.complete) == ((f"{SITE}/catalogue?page=2",), False)
    assert first.joined([second], SITE) == Listing((*first.items, *second.items), complete=True)
    assert not first.joined([], SITE).complete


@pytest.mark.parametrize(
    ("text", "media_type", "code"),
    [
        ("<#c> a dcat:Catalog ; dcat:dataset </a.ttl> , </b.t", "text/turtle", "syntax-broken"),
        ("<#c> a foaf:Document .", "text/turtle", "catalogue-missing"),
        ("<!DOCTYPE html><p>Login", "text/html", "catalogue-missing"),
        ("<!DOCTYPE html><p>Login", "application/ld+json", "web-page-for-data"),
        ('{"@context": "https://evil.example/"}', "application/ld+json", "context-not-bundled"),
    ],
)
def test_what_is_broken_or_no_catalogue_is_an_error_that_names_the_source(
    text: str, media_type: str, code: str
) -> None:
    with pytest.raises(KoepelError) as refused:
        read(text, media_type)

    assert (refused.value.code, refused.value.address) == (code, SOURCE.address)


def test_a_catalogue_without_entries_is_a_list_that_names_nothing() -> None:
    assert read("<#c> a dcat:Catalog .") == Listing((), complete=True)
