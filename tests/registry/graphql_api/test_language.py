"""Texts come in the first language asked for that there is, then in English, then in what there is."""

import pytest

from tests.registry.graphql_api.conftest import Ask, Put

IMPULSE = "https://w3id.org/koepel/example/germany/impulspatenschaften#project"
TITLE = """query($iri: String!, $language: [Language!]!) {
  initiative(iri: $iri, language: $language) { title { value language } targetGroups { label } } }"""


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (["DE"], "de"),
        (["NL", "DE"], "de"),
        (["NL"], "en"),
        (["EN", "DE"], "en"),
        (["FR", "CA"], "en"),
        ([], "en"),
    ],
)
def test_a_text_comes_in_the_nearest_language(ask: Ask, asked: list[str], given: str) -> None:
    assert ask(TITLE, iri=IMPULSE, language=asked)["initiative"]["title"]["language"] == given


def test_one_language_needs_no_list(ask: Ask) -> None:
    assert ask(TITLE, iri=IMPULSE, language="DE")["initiative"]["targetGroups"] == [
        {"label": "Geflüchtete Person"}
    ]


def test_a_single_text_may_come_in_another_language(ask: Ask) -> None:
    text = """query($iri: String!) { initiative(iri: $iri, language: NL) {
      title { language } german: title(language: DE) { value language } } }"""

    found = ask(text, iri=IMPULSE)["initiative"]
    assert found == {
        "title": {"language": "en"},
        "german": {"value": "Impulspatenschaften", "language": "de"},
    }


def test_errors_are_told_in_the_language_of_the_reader(put: Put) -> None:
    (english,), (other,) = (
        put("{ projects(first: 1000) { totalCount } }", language).errors for language in ("en", "nl")
    )

    assert english["extensions"] == other["extensions"]
    assert english["message"] == "Ask for 0 to 100 at a time."
