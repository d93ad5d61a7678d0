"""A question that asks too much is refused before anything is read, with what to do next."""

from typing import Any

import pytest

from registry.graphql_api.answer import Question, answer
from registry.graphql_api.limit.bounds import Bounds
from registry.graphql_api.session import Session
from registry.home import Home
from registry.reading.edition import Edition
from tests.registry.graphql_api.conftest import Ask, Put

NESTED = "{ projects { nodes " + "{ parts { nodes " * 6 + "{ iri }" + " } }" * 6 + " } }"
SPREAD = (
    "query { projects { nodes { ...a } } } fragment a on Initiative { parts { nodes { ...b } } } "
    "fragment b on Initiative { parts { nodes { parts { nodes { parts { nodes { ...c } } } } } } } "
    "fragment c on Initiative { parts { nodes { iri } } }"
)


def cost(put: Put, text: str, **variables: Any) -> int:
    """Tell what a question is estimated to cost."""
    estimated: int = put(text, **variables).extensions["cost"]["estimated"]
    return estimated


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NESTED, "QUESTION_TOO_DEEP"),
        (SPREAD, "QUESTION_TOO_DEEP"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }", "TOO_MANY_ALIASES"),
        ("{ " + "__typename @include(if: true) " * 31 + "}", "TOO_MANY_DIRECTIVES"),
        ("{ " + "snapshot { id } " * 21 + "}", "TOO_MANY_QUESTIONS"),
        ("{ standards { " + "token " * 2000 + "} }", "QUESTION_TOO_LONG"),
        ("{ a " * 600 + "}" * 600, "QUESTION_TOO_NESTED"),
        ("{ projects(first: 100) { nodes { parts(first: 100) { nodes { parts { nodes { iri } } } } } } }",
         "QUESTION_TOO_COSTLY"),
        ("{ documents { nodes { report { conforms } } } }", "QUESTION_TOO_COSTLY"),
        ("{ projects { ", "SYNTAX"),
        ("{ nonsense }", "VALIDATION"),
        ("query A { snapshot { id } } query B { snapshot { id } }", "UNKNOWN_OPERATION"),
        ("mutation { forget }", "ONLY_QUERIES"),
    ],
)  # fmt: skip
def test_what_asks_too_much_or_nonsense_is_told_why(put: Put, text: str, code: str) -> None:
    found = put(text)

    assert (found.refused, found.data, found.status) == (True, None, 400)
    assert found.errors[0]["extensions"]["code"] == code
    assert "Something went wrong" not in found.errors[0]["message"]


def test_the_cost_of_a_page_grows_with_its_length(put: Put) -> None:
    text = "query($first: Int) { projects(first: $first) { nodes { publisher { title { value } } } } }"

    assert [cost(put, text, first=first) for first in (0, 1, 10, 100)] == [1, 4, 31, 301]
    assert cost(put, text) == 61


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ snapshot { id time } }", 1),
        ("{ projects(first: 10) { totalCount } }", 1),
        ("{ projects(first: 10) { pageInfo { endCursor } edges { cursor } } }", 12),
        (
            "{ projects(last: 3) { ...page } } fragment page on InitiativeSearchConnection { nodes { iri } }",
            4,
        ),
        ("query($n: Int = 7) { projects(first: $n) { nodes { iri } } }", 8),
        ('{ initiative(iri: "urn:a", asOf: "2026-01-01T00:00:00Z") { iri } }', 2_001),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ("{ __schema { types { name fields { name } } } }", 200),
        ("{ projects(first: 2) { nodes { ... on Listed { documents { iri } } } } }", 5),
    ],
)
def test_the_cost_is_known_before_the_answer(put: Put, text: str, expected: int) -> None:
    assert cost(put, text) == expected


def test_fragments_that_multiply_are_counted_as_often_as_they_come(put: Put) -> None:
    fragments = "".join(
        f"fragment f{n} on Initiative {{ one: partOf {{ ...f{n + 1} }} two: partOf {{ ...f{n + 1} }} }} "
        for n in range(8)
    )
    text = f'{{ initiative(iri: "urn:a") {{ ...f0 }} }} {fragments} fragment f8 on Initiative {{ iri }}'

    assert cost(put, text) == 2**9 - 1


def test_an_operator_sets_the_limits(home: Home, edition: Edition) -> None:
    session = Session(edition, home.ledger, Bounds(depth=2, page=5))

    for text, code in (
        ("{ projects { nodes { iri } } }", "QUESTION_TOO_DEEP"),
        ("{ projects(first: 6) { totalCount } }", "PAGE_TOO_LONG"),
    ):
        assert answer(Question(text), session).errors[0]["extensions"]["code"] == code


def test_the_usual_question_of_a_portal_is_far_within_the_limits(put: Put, ask: Ask) -> None:
    text = """{ projects(first: 100) { totalCount nodes { iri title { value } description { value }
      countries { name } municipalities targetGroups { label } publisher { title { value } }
      partOf { title { value } } readiness { standard { token } basic } labels { title { value } } }
      facets { name values { label count } } pageInfo { endCursor hasNextPage } } }"""

    assert cost(put, text) < 5_000
    assert ask(text)["projects"]["nodes"]


def test_an_unexpected_error_keeps_its_reasons_to_itself(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret path")

    monkeypatch.setattr("registry.graphql_api.query.lists.read_schemes", broken)

    (error,) = put("{ codeLists { name } }").errors
    assert error["extensions"] == {"code": "FAILURE"}
    assert "secret" not in error["message"]
