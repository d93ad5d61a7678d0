"""An answer comes from one state of the registry, and the next page from the state of the first one."""

from typing import Any

import pytest

from registry.graphql_api.answer import Answer, Question, answer
from registry.graphql_api.paging.cursor import Cursor
from registry.graphql_api.session import Session
from registry.home import Home
from registry.reading.edition import Edition
from tests.registry.graphql_api.conftest import Ask, Put, open_edition
from tests.registry.web.edition import EARLY

LISTS = """query($after: String) {
  organisations(first: 1, after: $after) { totalCount pageInfo { endCursor } }
  snapshot { id position labels }
}"""
TWO = """query($one: String, $other: String) {
  organisations(after: $one) { totalCount }
  projects(after: $other) { totalCount }
}"""


def put_early(home: Home, text: str, **variables: Any) -> Answer:
    """Put a question to the early snapshot."""
    return answer(Question(text, variables), Session(open_edition(home, EARLY), home.ledger))


@pytest.fixture(scope="module")
def early(home: Home) -> dict[str, Any]:
    """The first page of a list of the early snapshot."""
    data = put_early(home, LISTS).data
    assert data is not None
    return data


def test_every_answer_names_its_state(put: Put, edition: Edition) -> None:
    told = {"id": edition.snapshot.name, "position": edition.snapshot.stand.position}

    for text in (LISTS, "{ nonsense }", "{ organisations(first: 900) { totalCount } }"):
        extensions = put(text).extensions
        assert {name: extensions["snapshot"][name] for name in told} == told


def test_the_second_page_comes_from_the_state_of_the_first(put: Put, ask: Ask, early: dict[str, Any]) -> None:
    assert ask(LISTS)["organisations"]["totalCount"] > early["organisations"]["totalCount"]

    second = put(LISTS, after=early["organisations"]["pageInfo"]["endCursor"])
    assert second.data is not None
    assert second.data["organisations"]["totalCount"] == early["organisations"]["totalCount"]
    assert second.data["snapshot"] == early["snapshot"]
    assert second.extensions["snapshot"]["id"] == early["snapshot"]["id"]


def test_a_cursor_may_stand_in_the_question_itself(put: Put, early: dict[str, Any]) -> None:
    cursor = early["organisations"]["pageInfo"]["endCursor"]

    found = put(f'{{ organisations(after: "{cursor}") {{ totalCount }} }}')
    assert found.data == {"organisations": {"totalCount": early["organisations"]["totalCount"]}}


def test_a_state_that_is_gone_is_said_to_be(put: Put, early: dict[str, Any]) -> None:
    found = put(LISTS, after=Cursor("1-00000000", "0a1b2c3d", 3).written)

    assert (found.refused, found.status) == (True, 410)
    (error,) = found.errors
    assert error["extensions"]["code"] == "SNAPSHOT_GONE"
    assert error["extensions"]["nearest"] == early["snapshot"]["id"]


def test_cursors_of_two_states_do_not_go_into_one_question(put: Put, ask: Ask, early: dict[str, Any]) -> None:
    now = ask(LISTS)["organisations"]["pageInfo"]["endCursor"]

    found = put(TWO, one=now, other=early["organisations"]["pageInfo"]["endCursor"])
    assert found.errors[0]["extensions"]["code"] == "CURSORS_OF_SEVERAL_SNAPSHOTS"


def test_a_question_that_names_a_state_stays_with_it(home: Home, ask: Ask) -> None:
    now = ask(LISTS)["organisations"]["pageInfo"]["endCursor"]

    found = put_early(home, LISTS, after=now)
    assert found.errors[0]["extensions"]["code"] == "CURSOR_OF_OTHER_SNAPSHOT"


def test_a_snapshot_tells_its_labels(early: dict[str, Any]) -> None:
    assert early["snapshot"]["labels"] == [EARLY]
