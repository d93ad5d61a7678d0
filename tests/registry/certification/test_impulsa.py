"""The published history of one label is entered through the public interfaces, and asked about there.

What is published of it, and what was chosen, is told in `life.impulsa`.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from tests.registry.certification.life.impulsa import told
from tests.registry.certification.life.life import Life
from tests.registry.certification.life.scene import moved, opened
from tests.registry.certification.life.witness import labelled_in_graphql, labelled_in_sparql, look, select
from tests.registry.certification.town import BASIC, BODY, PLUS

QUESTION = Path(__file__).parents[2] / "ontology" / "questions" / "39.rq"
LABELLED = {
    "2021-06-30": (),
    "2021-07-01": ("first", BASIC, "1.0.0", BODY, "awarded"),
    "2024-01-01": ("first", BASIC, "1.0.0", BODY, "awarded"),
    "2024-06-03": ("first", BASIC, "1.0.0", BODY, "extended"),
    "2025-05-01": ("first", BASIC, "1.0.0", BODY, "extended"),
    "2025-07-27": ("first", BASIC, "1.0.0", BODY, "extended"),
    "2025-07-28": ("second", PLUS, "1.0.0", BODY, "upgraded"),
    "2025-08-01": ("second", PLUS, "1.0.0", BODY, "upgraded"),
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """The history, as it was entered on 22 November 2026; no test changes it."""
    with ExitStack() as stack:
        with moved("2025-02-03") as clock:
            folder = tmp_path_factory.mktemp("impulsa") / "registry"
            entered = stack.enter_context(told(stack.enter_context(opened(folder, clock))))
        yield entered


@pytest.fixture
def life(story: Life) -> Iterator[Life]:
    """The same, on that day."""
    with moved("2026-11-22") as clock:
        story.registry.clock = clock
        yield story


def test_on_each_day_both_interfaces_tell_level_version_body_and_state(life: Life) -> None:
    days = [date.fromisoformat(day) for day in LABELLED]
    rows = {
        date.fromisoformat(day): {(life.cases[row[0]], *row[1:])} if row else set()
        for day, row in LABELLED.items()
    }

    assert labelled_in_sparql(life.registry, life.project, days) == rows
    assert {day: labelled_in_graphql(life.registry, life.project, day) for day in days} == rows


def test_on_1_may_2025_the_label_was_one_of_those_that_end_within_six_months(life: Life) -> None:
    [row] = select(life.registry, QUESTION.read_text("utf-8"))

    assert (row["label"].rpartition("/")[2], row["level"]) == (life.cases["first"], BASIC)
    assert (row["holder"], row["ends"]) == (life.project, "2025-07-31")


def test_in_graphql_a_label_tells_how_it_stood_that_day_and_until_when(life: Life) -> None:
    text = """query($number: String!, $day: Date!) { label(iri: $number, on: $day) {
      inForce expires state { notation } } }"""
    found = [
        life.registry.ask(text, number=life.cases["first"], day=day)["data"]["label"]
        for day in ("2024-01-01", "2025-05-01", "2025-08-01")
    ]

    assert [(one["state"]["notation"], one["inForce"], one["expires"]) for one in found] == [
        ("awarded", True, "2024-07-01"),
        ("extended", True, "2025-07-31"),
        ("replaced", False, "2025-07-31"),
    ]


def test_six_people_were_heard_before_the_higher_level(life: Life) -> None:
    text = "query($number: String!) { label(iri: $number) { audit { sessions mentors mentees } } }"
    found = life.registry.ask(text, number=life.cases["second"])["data"]["label"]["audit"]

    assert found["mentors"] + found["mentees"] == 6


def test_the_second_label_can_be_relied_on_and_the_first_no_more(life: Life) -> None:
    first, second = (look(life.registry, life.cases[one]) for one in ("first", "second"))

    assert (first.state, first.valid, second.state, second.valid) == ("replaced", False, "upgraded", True)
    assert second.page == "Upgraded In force through 28 July 2028."


def test_what_lies_before_the_registry_is_shown_as_judged_by_people(life: Life) -> None:
    page = life.registry.visitor.get(f"/en/label/{life.cases['first']}").text

    assert "A machine decided 0 criteria from the published description" in page
