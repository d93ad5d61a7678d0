"""Documents with several graphs, each read for itself, and descriptions that were read before."""

import pytest

from registry.errors import InvalidDataError, NotAllowedError
from registry.ingest.document import take_document
from registry.ingest.guard import Limits
from registry.ingest.reader import Bundle
from registry.ingest.sandbox import read_bundle_apart
from tests.registry.ingest.publishing import JSON_LD, PROJECT, publish

SPACE = "https://buddy.example"
TRIG = "application/trig"


def bundle(text: str, media_type: str = TRIG, limits: Limits | None = None) -> Bundle:
    """Read a document with several graphs as if it had been fetched."""
    return read_bundle_apart(
        text.encode(), media_type=media_type, address=f"{SPACE}/page", limits=limits or Limits()
    )


def test_each_graph_has_the_canonical_form_that_it_has_alone() -> None:
    text = "<#a> <#b> [ <#c> 1 ] ."
    found = bundle(f"<#m> <#n> 1 . <#g> {{ {text} }} <#h> {{ <#x> <#y> [] }} <#empty> {{}}")

    alone = publish(text, TRIG, address=f"{SPACE}/page")
    assert list(found.graphs) == [f"{SPACE}/page#g", f"{SPACE}/page#h"]
    assert found.graphs[f"{SPACE}/page#g"] == alone.canonical
    assert found.main.count(b"\n") == 1


def test_a_document_with_nothing_in_it_is_empty_and_no_error() -> None:
    assert bundle("# nothing yet") == Bundle(b"", {})


def test_graphs_in_json_ld_are_kept_apart_too() -> None:
    found = bundle('[{"@id": "#g", "@graph": {"@id": "#a", "https://a.example/": 1}}]', JSON_LD)

    assert list(found.graphs) == [f"{SPACE}/page#g"]


@pytest.mark.parametrize(
    ("text", "media_type", "code"),
    [
        ("<#a> <#b> <#c>", TRIG, "syntax-broken"),
        ("<!DOCTYPE html><p>Login", TRIG, "web-page-for-data"),
        ("<#g> { <#a> <#b> 1, 2, 3 } <#h> { <#a> <#b> 4, 5, 6 }", TRIG, "too-many-statements"),
        ("<#a> <#b> " + "[ <#b> " * 100, TRIG, "nested-too-deeply"),
        ('{"@context": "https://evil.example/"}', JSON_LD, "context-not-bundled"),
    ],
)
def test_a_bundle_passes_the_guards_of_every_document(text: str, media_type: str, code: str) -> None:
    with pytest.raises(InvalidDataError) as refused:
        bundle(text, media_type, Limits(statements=5))

    assert refused.value.code == code


def test_a_description_that_was_read_before_is_the_same_document() -> None:
    read = publish(PROJECT, address=f"{SPACE}/profile")

    taken = take_document(read.canonical, address=f"{SPACE}/profile", space=SPACE)

    assert (taken.digest, taken.canonical, set(taken.graph)) == (
        read.digest,
        read.canonical,
        set(read.graph),
    )


def test_what_was_read_elsewhere_is_checked_here_too() -> None:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    person = f"<{SPACE}/x> <{kind}> <http://schema.org/Person> .\n".encode()

    with pytest.raises(InvalidDataError, match="describes persons"):
        take_document(person, address=SPACE, space=SPACE)
    with pytest.raises(NotAllowedError, match="lie outside"):
        take_document(person, address=SPACE, space="https://other.example")
