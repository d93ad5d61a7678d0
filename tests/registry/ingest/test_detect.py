"""Which format it is: what the server says decides, and the content may not contradict it."""

import pytest

from registry.formats import Format
from tests.registry.ingest.publishing import JSON_LD, PROJECT, RDF_XML, TURTLE, publish, refusal

PAGE = "<!DOCTYPE html>\n<html lang='nl'><head><title>Samen</title></head><body>Welkom</body></html>"
JSON = '{"@id": "https://buddy.example/", "http://schema.org/name": "Samen"}'
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:schema="http://schema.org/">'
    '<schema:Project rdf:about="https://buddy.example/"/></rdf:RDF>'
)
BY_CONTENT = [
    (PROJECT, Format.TURTLE),
    ("# ours\n@prefix a: <http://a.example/> .\n<> a a:b .", Format.TURTLE),
    ("PREFIX a: <http://a.example/>\n<> a a:b .", Format.TURTLE),
    ("<#project> <http://a.example/b> <http://a.example/c> .", Format.TURTLE),
    (JSON, Format.JSON_LD),
    (f"[{JSON}]", Format.JSON_LD),
    (XML, Format.RDF_XML),
    (f'<?xml version="1.0"?>\n<!-- ours -->\n{XML}', Format.RDF_XML),
]


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/xhtml+xml", None])
def test_a_web_page_without_a_description_is_refused_with_the_way_to_the_data(media_type: str | None) -> None:
    error = refusal(PAGE, media_type)

    assert error.code == "web-page"
    assert "This is a web page, and no description for the registry was found in it" in error.message
    assert "JSON-LD or RDFa, in the words of https://w3id.org/koepel/def#" in error.message
    assert "Turtle or JSON-LD file itself" in error.message


@pytest.mark.parametrize("media_type", [TURTLE, JSON_LD, RDF_XML, "application/xml"])
def test_a_web_page_that_comes_for_data_is_refused(media_type: str) -> None:
    error = refusal(f"<?xml version='1.0'?>\n<!-- made by a machine -->\n{PAGE}", media_type)

    assert error.code == "web-page-for-data"
    assert "sends a web page, as servers do when a file is missing" in error.message


def test_a_web_page_behind_comments_or_with_the_ending_of_one_is_a_web_page() -> None:
    assert refusal(f"<!-- made by a machine -->\n{PAGE}", None).code == "web-page"
    assert refusal("<p>Welkom", "text/plain", address="https://buddy.example/a.html?b").code == "web-page"


@pytest.mark.parametrize(("text", "format_"), BY_CONTENT, ids=range(len(BY_CONTENT)))
@pytest.mark.parametrize("media_type", [None, "text/plain", "application/octet-stream"])
def test_where_the_server_says_nothing_the_content_decides(
    text: str, format_: Format, media_type: str | None
) -> None:
    assert publish(text, media_type).format is format_


def test_where_the_server_says_nothing_the_file_name_comes_first() -> None:
    triple = "<https://buddy.example/a> <https://buddy.example/b> <https://buddy.example/c> ."

    assert publish(triple, None, address="https://buddy.example/p.nt?version=2").format is Format.N_TRIPLES


@pytest.mark.parametrize(
    ("media_type", "text", "format_"),
    [
        ("application/json", JSON, Format.JSON_LD),
        ("application/xml", XML, Format.RDF_XML),
        ("text/xml; charset=UTF-8", XML, Format.RDF_XML),
        ("TEXT/TURTLE ; charset=utf8", PROJECT, Format.TURTLE),
    ],
)
def test_a_media_type_in_a_wider_sense_is_understood(media_type: str, text: str, format_: Format) -> None:
    assert publish(text, media_type).format is format_


@pytest.mark.parametrize(
    ("media_type", "text", "declared", "found"),
    [
        (TURTLE, JSON, "which means Turtle", "looks like JSON-LD"),
        (TURTLE, XML, "which means Turtle", "looks like RDF/XML"),
        (JSON_LD, PROJECT, "which means JSON-LD", "looks like Turtle"),
        (RDF_XML, JSON, "which means RDF/XML", "looks like JSON-LD"),
        (
            "application/n-triples",
            "@prefix a: <http://a.example/> .",
            "which means N-Triples",
            "looks like Turtle",
        ),
    ],
)
def test_content_that_contradicts_the_media_type_is_refused_naming_both(
    media_type: str, text: str, declared: str, found: str
) -> None:
    error = refusal(text, media_type)

    assert error.code == "format-contradicted"
    assert f"declared as {media_type}, {declared}" in error.message
    assert found in error.message


def test_content_that_contradicts_the_file_name_is_refused() -> None:
    error = refusal(JSON, None, address="https://buddy.example/profile.ttl")

    assert "declared as .ttl, which means Turtle, but the content looks like JSON-LD" in error.message


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", "text/csv", "text/n3"])
def test_another_media_type_is_refused_with_the_accepted_ones(media_type: str) -> None:
    error = refusal(b"\x89PNG", media_type)

    assert error.code == "format-not-accepted"
    assert f"declared as {media_type}" in error.message
    assert "text/turtle, application/ld+json" in error.message


def test_content_that_could_be_anything_is_refused_with_what_to_declare() -> None:
    error = refusal("Welkom bij ons project.", "text/plain")

    assert error.code == "format-unknown"
    assert "media type text/turtle or application/ld+json" in error.message
    assert "the ending .ttl or .jsonld" in error.message


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/turtle; charset=ISO-8859-1", PROJECT),
        ('text/turtle; charset="iso-8859-1"', PROJECT),
        (RDF_XML, f'<?xml version="1.0" encoding="ISO-8859-1"?>{XML}'),
    ],
)
def test_another_encoding_than_utf8_is_refused_even_where_the_bytes_would_fit(
    media_type: str, text: str
) -> None:
    error = refusal(text, media_type)

    assert error.code == "charset-not-utf8"
    assert "text in iso-8859-1" in error.message.replace("ISO", "iso")
