"""JSON-LD contexts: bundled ones are used, all others are refused by name."""

import json

import pytest
from rdflib import URIRef

from registry.ingest.context import bundled_contexts
from registry.ingest.guard import Limits
from tests.registry.ingest.publishing import JSON_LD, publish, refusal

PROJECT = "https://buddy.example/#project"
EVIL = "https://evil.example/context.jsonld"


def in_context(context: object, **rest: object) -> str:
    """Write a small JSON-LD document."""
    return json.dumps({"@context": context, "@id": PROJECT, **rest})


@pytest.mark.parametrize(
    "context",
    [
        EVIL,
        [EVIL],
        ["https://schema.org", EVIL],
        {"a": {"@id": "https://buddy.example/a", "@context": EVIL}},
        "context.jsonld",
        "//evil.example/context.jsonld",
        "https://schema.org.evil.example",
    ],
)
def test_a_context_that_is_not_bundled_is_refused_by_name_with_the_bundled_ones(context: object) -> None:
    error = refusal(in_context(context, **{"https://buddy.example/a": {"a": 1}}), JSON_LD)

    assert error.code == "context-not-bundled"
    assert f"uses the context {error.params['context']}, and contexts are never loaded" in error.message
    assert str(error.params["context"]) in json.dumps(context)
    assert "https://w3id.org/koepel/context.jsonld, https://schema.org" in error.message


def test_a_context_deep_inside_the_document_is_seen_too() -> None:
    inner = {"https://buddy.example/a": [{"https://buddy.example/b": {"@context": EVIL, "c": 1}}]}

    assert EVIL in refusal(in_context({}, **inner), JSON_LD).message


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "FILE:/etc/passwd", "../../etc/passwd", "/etc/passwd"]
)
def test_a_context_on_a_disk_is_refused(place: str) -> None:
    error = refusal(in_context(place), JSON_LD)

    assert error.code == "context-not-bundled"
    assert f"uses the context {place}," in error.message


@pytest.mark.parametrize("imported", [EVIL, "https://schema.org", "file:///etc/passwd", {"a": 1}])
def test_an_import_is_refused_even_of_a_bundled_context(imported: object) -> None:
    error = refusal(in_context([{"@import": imported}]), JSON_LD)

    assert error.code == "context-imported"
    assert "Remove @import" in error.message


def test_an_import_in_the_context_of_one_term_is_refused() -> None:
    term = {"a": {"@id": "https://buddy.example/a", "@context": {"@import": EVIL}}}

    assert refusal(in_context(term), JSON_LD).code == "context-imported"


@pytest.mark.parametrize("address", sorted(bundled_contexts()))
def test_a_bundled_context_explains_the_names(address: str) -> None:
    document = publish(in_context(address, **{"@type": "schema:Project", "schema:name": "Samen"}), JSON_LD)

    assert str(document.graph.value(URIRef(PROJECT), URIRef("http://schema.org/name"))) == "Samen"


def test_with_the_context_of_schema_org_plain_names_and_links_are_understood() -> None:
    document = publish(in_context("https://schema.org", name="Samen", url="https://buddy.example/"), JSON_LD)

    link = document.graph.value(URIRef(PROJECT), URIRef("http://schema.org/url"))
    assert link == URIRef("https://buddy.example/")


def test_an_own_context_beside_a_bundled_one_works() -> None:
    own = {"site": {"@id": "schema:url", "@type": "@id"}}

    document = publish(in_context(["https://schema.org/", own], site="https://buddy.example/"), JSON_LD)

    assert URIRef("https://buddy.example/") in set(document.graph.objects())


def test_a_context_stated_too_often_is_refused() -> None:
    many = json.dumps([{"@context": "https://schema.org"}] * 6)

    error = refusal(many, JSON_LD, limits=Limits(contexts=5))

    assert error.code == "too-many-contexts"
    assert "states a @context 6 times; at most 5 are read" in error.message


def test_broken_json_is_refused_with_line_and_column() -> None:
    error = refusal('{\n  "@id": "https://buddy.example/",\n  "a" 1\n}', JSON_LD)

    assert (error.code, error.line, error.column) == ("syntax-broken", 3, 7)
    assert "not valid JSON-LD" in error.message
    assert '“"a" 1”' in error.message


def test_a_name_that_stands_twice_in_one_object_is_refused() -> None:
    error = refusal('{"@id": "https://buddy.example/", "@id": "https://buddy.example/b"}', JSON_LD)

    assert error.code == "name-repeated"
    assert "gives @id twice in one object" in error.message


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "9" * 5000])
def test_a_number_that_no_reader_agrees_on_is_refused(number: str) -> None:
    error = refusal(f'{{"@id": "https://buddy.example/", "https://buddy.example/a": {number}}}', JSON_LD)

    assert error.code == "number-unreadable"
    assert "Write it with fewer digits, or as text" in error.message


def test_half_a_character_is_refused() -> None:
    error = refusal('{"@id": "https://buddy.example/", "https://buddy.example/a": "\\ud800"}', JSON_LD)

    assert error.code == "character-broken"
    assert "half a character (\\ud800)" in error.message


def test_json_ld_that_breaks_the_rules_of_contexts_is_refused_with_the_reason() -> None:
    error = refusal(in_context({"a": {"@id": "https://buddy.example/a", "@type": "@nonsense"}}, a=1), JSON_LD)

    assert error.code == "meaning-broken"
    assert "not valid JSON-LD" in error.message
    assert "@nonsense" in error.message
