"""Descriptions that are not published yet."""

import pytest

from registry.draft import read_draft
from registry.errors import InvalidDataError, NotAllowedError

PREFIXES = "@prefix koepel: <https://w3id.org/koepel/def#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . "
OWN = "@base <https://buddy.example/profile.ttl> . " + PREFIXES


def test_a_draft_without_a_base_is_read_as_if_it_stood_on_a_site_of_its_own() -> None:
    draft = read_draft((PREFIXES + "<#project> a koepel:Project .").encode(), "my drafts/pröfile.ttl")

    assert {str(one) for one in draft.graph.subjects()} == {"https://draft.invalid/pr%C3%B6file.ttl#project"}
    assert [remark.code for remark in draft.remarks] == ["draft-without-address"]


def test_a_draft_that_gives_its_address_is_held_to_its_own_site() -> None:
    text = OWN + "<> foaf:primaryTopic <#project> . <https://other.example/x> a koepel:Project ."

    with pytest.raises(NotAllowedError, match=r"https://other\.example/x"):
        read_draft(text.encode(), "profile.ttl")


def test_a_draft_that_describes_its_own_things_is_read_without_remarks() -> None:
    draft = read_draft(
        (OWN + "<> foaf:primaryTopic </#project> . </#project> a koepel:Project .").encode(), "x"
    )

    assert draft.remarks == ()


def test_a_draft_with_full_names_and_no_address_may_describe_anything_but_is_told() -> None:
    text = "<https://one.example/x> a koepel:Project . <https://two.example/x> a koepel:Project ."

    draft = read_draft((PREFIXES + text).encode(), "profile.ttl")

    assert [remark.code for remark in draft.remarks] == ["draft-without-address"]


def test_a_broken_draft_is_named_as_its_author_knows_it() -> None:
    with pytest.raises(InvalidDataError, match=r"^mine/profile\.ttl: Line 1, "):
        read_draft(b"<#project> a", "mine/profile.ttl")


def test_a_draft_is_read_in_the_format_that_is_declared_for_it() -> None:
    draft = read_draft(
        b'{"@id": "https://a.example/", "@type": "https://a.example/T"}',
        "-",
        media_type="application/ld+json",
    )

    assert len(draft.graph) == 1
