"""The canonical form: equal statements, equal bytes."""

import pyoxigraph as ox
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from registry.ingest.canonical import canonicalise, digest, to_graph, use_one_schema_namespace
from tests.registry.ingest.publishing import JSON_LD, RDF_XML, publish

A, B = URIRef("https://buddy.example/a"), URIRef("https://buddy.example/b")
TEXT = '<https://buddy.example/a> <https://buddy.example/b> [ <https://buddy.example/b> "Samen"@nl ] .'
SAME = {
    "text/turtle": "@prefix b: <https://buddy.example/> . # in another way\n"
    'b:a   b:b  _:x . _:x b:b "Samen"@nl .',
    "application/n-triples": '_:z <https://buddy.example/b> "Samen"@nl .\n'
    "<https://buddy.example/a> <https://buddy.example/b> _:z .",
    JSON_LD: '{"@id": "https://buddy.example/a", "https://buddy.example/b": '
    '{"https://buddy.example/b": {"@value": "Samen", "@language": "nl"}}}',
    RDF_XML: f'<r:RDF xmlns:r="{RDF}" xmlns:b="https://buddy.example/"><r:Description r:about="https://buddy.example/a">'
    '<b:b r:parseType="Resource"><b:b xml:lang="nl">Samen</b:b></b:b></r:Description></r:RDF>',
}


def turtle(text: str) -> ox.Dataset:
    """Read statements."""
    return ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE))


def test_the_same_statements_have_one_hash_in_whatever_format_and_order() -> None:
    digests = {publish(text, media_type).digest for media_type, text in SAME.items()}

    assert digests == {publish(TEXT).digest}


def test_another_statement_has_another_hash() -> None:
    assert publish(TEXT).digest != publish(TEXT.replace("@nl", "@de")).digest


def test_the_hash_is_that_of_the_canonical_bytes() -> None:
    document = publish(TEXT)

    assert document.digest == digest(document.canonical)


def test_line_ends_of_other_kinds_stay_inside_their_text() -> None:
    statements = turtle(
        '<https://b.example/> <https://a.example/> "a\\u0085!b\\u2028!c\\r!d\\u000B!e" . <a:b> <a:c> 1 .'
    )

    lines = canonicalise(statements).decode().removesuffix("\n").split("\n")

    assert [line.startswith(start) for line, start in zip(lines, ("<a:b>", "<https:"), strict=True)] == [
        True,
        True,
    ]


def test_both_spellings_of_schema_org_become_one() -> None:
    statements = turtle(
        "@prefix s: <https://schema.org/> . <a:a> a s:Project ; s:name 's' ; s:date '1'^^s:Date ; "
        "<http://schema.org/url> <https://schema.org/docs/about> ; <b:b> 'https://schema.org/Project' ."
    )

    changed, count = use_one_schema_namespace(statements)

    text = canonicalise(changed).decode()
    assert count == 3
    assert "<http://schema.org/Project>" in text
    assert "<https://schema.org/docs/about>" in text
    assert '"https://schema.org/Project"' in text


def test_the_publisher_is_told_that_schema_org_was_respelt() -> None:
    document = publish("<https://buddy.example/a> <https://schema.org/name> 'Samen' .")

    assert [remark.code for remark in document.remarks] == ["schema-https"]
    assert "(statements: 1)" in document.remarks[0].message
    assert URIRef("http://schema.org/name") in set(document.graph.predicates())


def test_literals_stay_as_they_were_written() -> None:
    document = publish(f'<#a> <#b> "2026-01-01T00:00:00Z"^^<{XSD.dateTime}>, "007"^^<{XSD.integer}>, "x" .')

    written = {str(value) for value in document.graph.objects()}

    assert written == {"2026-01-01T00:00:00Z", "007", "x"}
    assert Literal("x") in set(document.graph.objects())


def test_the_graph_says_what_the_canonical_form_says() -> None:
    document = publish(TEXT)

    assert isomorphic(document.graph, Graph().parse(data=document.canonical.decode(), format="nt"))


def test_blank_nodes_of_two_documents_never_share_a_label() -> None:
    graphs = [
        publish(TEXT, address=f"https://buddy.example/{name}").graph for name in ("first", "second", "first")
    ]

    labels = [{node for node in graph.all_nodes() if isinstance(node, BNode)} for graph in graphs]

    assert not labels[0] & labels[1]
    assert labels[0] == labels[2]


def test_a_hundred_things_that_differ_are_put_in_order_at_once() -> None:
    text = "".join(f"_:b{number} <a:b> {number}, _:b{number + 1} .\n" for number in range(1000))

    assert len(to_graph(canonicalise(turtle(text)), blank_prefix="b")) == 2000
