"""Lists come in pages as the Cursor Connections Specification says (sections 4.3 and 4.4)."""

from typing import Any

import pytest

from tests.registry.graphql_api.conftest import Ask, Put

PAGE = """query($first: Int, $after: String, $last: Int, $before: String) {
  standards { token }
  organisations(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { iri } edges { cursor node { iri } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def page(ask: Ask, **asked: Any) -> dict[str, Any]:
    """Ask for a page of organisations."""
    found: dict[str, Any] = ask(PAGE, **asked)["organisations"]
    return found


def places(found: dict[str, Any], everything: list[str]) -> list[int]:
    """Tell which items of a list a page holds."""
    assert [edge["node"]["iri"] for edge in found["edges"]] == [one["iri"] for one in found["nodes"]]
    return [everything.index(one["iri"]) for one in found["nodes"]]


@pytest.fixture(scope="module")
def everything(ask: Ask) -> tuple[list[str], list[str]]:
    """All organisations with their cursors, page by page."""
    iris: list[str] = []
    cursors: list[str] = []
    after = None
    while True:
        found = page(ask, first=70, after=after)
        iris += [edge["node"]["iri"] for edge in found["edges"]]
        cursors += [edge["cursor"] for edge in found["edges"]]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            return iris, cursors


def test_a_list_is_read_page_by_page_to_its_end(ask: Ask, everything: tuple[list[str], list[str]]) -> None:
    iris, cursors = everything

    assert len(set(iris)) == len(set(cursors)) == len(iris) == page(ask)["totalCount"] > 70


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"first": 3}, range(3)),
        ({"first": 3, "after": 4}, range(5, 8)),
        ({"last": 3, "before": 8}, range(5, 8)),
        ({"first": 3, "after": 4, "before": 7}, range(5, 7)),
        ({"first": 0}, range(0)),
        ({"first": 9, "last": 2}, range(7, 9)),
        ({"last": 4, "before": 2}, range(2)),
        ({"after": 5, "before": 3}, range(0)),
    ],
)
def test_a_page_holds_what_was_asked_for(
    ask: Ask, everything: tuple[list[str], list[str]], asked: dict[str, int], expected: range
) -> None:
    iris, cursors = everything
    given = {name: cursors[value] if name in ("after", "before") else value for name, value in asked.items()}

    assert places(page(ask, **given), iris) == list(expected)


def test_the_last_ones_are_given_from_the_end(ask: Ask, everything: tuple[list[str], list[str]]) -> None:
    iris, _ = everything
    found = page(ask, last=2)

    assert places(found, iris) == [len(iris) - 2, len(iris) - 1]
    assert (found["pageInfo"]["hasNextPage"], found["pageInfo"]["hasPreviousPage"]) == (False, True)


def test_a_page_knows_where_it_stands(ask: Ask, everything: tuple[list[str], list[str]]) -> None:
    _, cursors = everything
    info = page(ask, first=2, after=cursors[3])["pageInfo"]

    assert (info["startCursor"], info["endCursor"]) == (cursors[4], cursors[5])
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, True)
    assert page(ask, first=0)["pageInfo"]["startCursor"] is None


@pytest.mark.parametrize("asked", [{"first": 101}, {"first": -1}, {"last": 101}, {"last": -5}])
def test_a_page_has_a_greatest_length(put: Put, asked: dict[str, int]) -> None:
    (error,) = put(PAGE, **asked).errors

    assert error["message"] == "Ask for 0 to 100 at a time."
    assert error["extensions"] == {"code": "PAGE_TOO_LONG", "most": 100}


def test_a_cursor_of_one_list_is_none_of_another(put: Put, everything: tuple[list[str], list[str]]) -> None:
    _, cursors = everything
    text = "query($after: String) { projects(after: $after) { totalCount } }"

    assert put(text, after=cursors[0]).errors[0]["extensions"] == {"code": "CURSOR_OF_OTHER_LIST"}


def test_lists_inside_things_have_pages_too(ask: Ask) -> None:
    text = """query($after: String) { programmes(filter: {text: "menschen stärken"}) { nodes {
      taskAssignments(first: 2, after: $after) { totalCount nodes { iri } pageInfo { endCursor } }
    } } }"""
    first = ask(text)["programmes"]["nodes"][0]["taskAssignments"]
    second = ask(text, after=first["pageInfo"]["endCursor"])["programmes"]["nodes"][0]["taskAssignments"]

    assert first["totalCount"] > 4
    assert not {one["iri"] for one in first["nodes"]} & {one["iri"] for one in second["nodes"]}
