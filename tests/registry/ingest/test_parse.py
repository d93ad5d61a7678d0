"""Statements: as many as the registry reads, each of which it can keep."""

import pytest

from registry.ingest.guard import Limits
from tests.registry.ingest.publishing import JSON_LD, PROJECT, RDF_XML, publish, refusal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def test_broken_turtle_is_refused_with_line_and_column_and_the_line_itself() -> None:
    error = refusal("@prefix a: <https://buddy.example/> .\na:b a a:c ;\n    a:d b:e .\n")

    assert (error.code, error.line, error.column) == ("syntax-broken", 3, 9)
    assert error.message.startswith(
        "Line 3, column 9: this is not valid Turtle. The prefix b: has not been declared."
    )
    assert "The line reads: “a:d b:e .”. Correct it" in error.message


def test_the_line_that_is_shown_cannot_steer_a_terminal() -> None:
    error = refusal('<#a> <#b> "\x1b[2J\u202e" wrong .')

    assert error.code == "syntax-broken"
    assert "\\u001b[2J\\u202e" in error.message


def test_a_document_that_states_nothing_is_refused() -> None:
    error = refusal("# to be written\n@prefix a: <https://buddy.example/> .\n")

    assert error.code == "no-statements"
    assert "valid Turtle, but it states nothing" in error.message


def test_json_ld_whose_names_are_unexplained_states_nothing() -> None:
    assert refusal('{"@id": "https://buddy.example/", "name": "Samen"}', JSON_LD).code == "no-statements"


def test_too_many_statements_are_refused_with_the_limit() -> None:
    error = refusal("".join(f"<#a> <#b> {number} .\n" for number in range(6)), limits=Limits(statements=5))

    assert error.code == "too-many-statements"
    assert "more than 5 statements" in error.message


def test_the_limits_of_every_day_are_a_hundred_thousand_statements_and_five_megabytes() -> None:
    assert (Limits().statements, Limits().blank_nodes, Limits().document_bytes) == (100_000, 5_000, 5_000_000)


def test_too_many_things_without_a_name_are_refused_with_the_limit() -> None:
    error = refusal("<#a> <#b> " + ", ".join(["[]"] * 6) + " .", limits=Limits(blank_nodes=5))

    assert error.code == "too-many-blank-nodes"
    assert "more than 5 things without a name" in error.message
    assert "Give them names (IRIs)" in error.message


def test_an_endless_iri_is_refused() -> None:
    error = refusal(f"<#{'a' * 3000}> <#b> 1 .")

    assert error.code == "iri-too-long"
    assert "more than 2000 characters" in error.message


def test_a_prefix_that_makes_a_small_document_large_is_refused() -> None:
    text = f"@prefix a: <https://buddy.example/{'x' * 1500}> .\n" + "a:b a:c a:d .\n" * 20

    error = refusal(text, limits=Limits(expanded_bytes=50_000))

    assert error.code == "expands-too-far"
    assert "more than 50000 characters" in error.message


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/turtle", "<#project> a <https://buddy.example/a> ."),
        ("text/turtle", "<//evil.example/x> a <https://buddy.example/a> ."),
        ("text/turtle", '<https://buddy.example/> <https://buddy.example/a> "1"^^<x> .'),
        (JSON_LD, '{"@id": "project", "@type": "https://buddy.example/a"}'),
        (RDF_XML, f'<r:RDF xmlns:r="{RDF}"><r:Description r:about="" r:value="1"/></r:RDF>'),
    ],
)
def test_a_relative_iri_in_a_document_without_an_address_is_refused(media_type: str, text: str) -> None:
    error = refusal(text, media_type, address="profile")

    assert error.code == "iri-relative"
    assert "nothing says what it is relative to" in error.message
    assert "State a base" in error.message


def test_a_document_without_an_address_may_state_its_base_itself() -> None:
    assert publish("@base <https://buddy.example/> . <#project> a <#b> .", address="profile.ttl").canonical


def test_relative_iris_are_relative_to_the_address() -> None:
    document = publish("<#project> a </kind> .")

    assert document.canonical.startswith(b"<https://buddy.example/profile#project> <")
    assert document.canonical.endswith(b" <https://buddy.example/kind> .\n")


def test_an_address_that_is_no_iri_is_refused() -> None:
    error = refusal(PROJECT, address="https://buddy.example/a b")

    assert error.code == "address-unusable"
    assert "signs such as spaces written as %20" in error.message


@pytest.mark.parametrize(
    "literal",
    [f'"<b>x</b>"^^<{RDF}HTML>', f'"<b/>"^^<{RDF}XMLLiteral>', '"a\\u0000b"', '"a"@nl--ltr'],
    ids=["HTML", "XML", "null character", "base direction"],
)
def test_text_that_is_not_plain_is_refused(literal: str) -> None:
    error = refusal(f"<#a> <#b> {literal} .")

    assert error.code == "literal-not-accepted"
    assert "Only plain text is accepted" in error.message


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("application/trig", "<#g> { <#a> <#b> 1 } <#h> { <#a> <#b> 2 } <#a> <#b> 3 ."),
        (
            JSON_LD,
            '[{"@id": "#g", "@graph": {"@id": "#a", "http://b.example/": 1}}, {"@graph": {"@id": "#a"}}]',
        ),
    ],
)
def test_named_graphs_are_read_as_one_description_with_a_remark(media_type: str, text: str) -> None:
    document = publish(text, media_type)

    assert [remark.code for remark in document.remarks] == ["graphs-merged"]
    assert "(2)" in document.remarks[0].message or "(1)" in document.remarks[0].message
    assert "@" not in document.canonical.decode()
