"""The published history of one label can be entered as it happened.

Fundació Impulsa (Catalonia) tells on its site that its method got the quality seal for social mentoring at
level MC in 2021, that this was extended in 2024 to July 2025, and that an audit of July 2025 with six
interviews led to level MC+. Published are these years and months and the six interviews. The days, that three
mentors and three mentees were heard, the accounts and the description are chosen here. The scheme is a test's
own, with names of its own: only the Coordinadora de Mentoria Social awards its seal.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from registry.certification.life.case import Case
from registry.certification.proof.judgement import standing
from registry.validation.assessment import Outcome
from tests.registry.certification.town import (
    ASSESSOR,
    BASIC,
    BODY,
    DECIDER,
    OWNER,
    PLUS,
    PROJECT,
    SCHEME,
    Clock,
    Town,
    example,
)

TODAY = date(2026, 11, 22)
LISTED = datetime(2025, 2, 3, 12, tzinfo=UTC)
"""When the registry first published the description: long after the first award."""
GRANTED, EXTENDED, UPGRADED = date(2021, 7, 1), date(2024, 6, 3), date(2025, 7, 28)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    """A registry that came to know the project in 2025."""
    made = Town(tmp_path / "home", Clock(TODAY), published=LISTED)
    yield made
    made.home.ledger.close()


def judged(place: Town, case: Case) -> list[dict[str, str]]:
    """Judge every demand, as a body does where no machine was at hand."""
    return [{"use": str(use.iri), "outcome": "met"} for use in place.standard(case).uses]


def award(place: Town, on: date, day: date, **opening: Any) -> Case:
    """Enter a case that was decided in the past; its audit was held on a day."""
    case = place.act(OWNER, "open", on=day, subject=PROJECT, scheme=SCHEME, body=BODY, **opening)
    for act in ("self-assess", "submit"):
        place.act(OWNER, act, case, on=day)
    place.act(ASSESSOR, "read-documents", case, on=day)
    sessions = [day.isoformat()] * 2
    heard: dict[str, Any] = {
        "sessions": sessions,
        "mentors": 3,
        "mentees": 3,
        "judgements": judged(place, case),
    }
    place.act(ASSESSOR, "audit", case, on=day, **heard)
    place.act(ASSESSOR, "recommend", case, on=day, level=case.level)
    return place.act(DECIDER, "grant", case, on=on)


@pytest.fixture
def told(place: Town) -> tuple[Case, Case]:
    """The two cases, as they stand today."""
    first = award(place, GRANTED, date(2021, 5, 3), level=BASIC)
    place.act(
        DECIDER, "extend", first, on=EXTENDED, reason="The audit is in July 2025.", expires="2025-07-31"
    )
    second = award(place, UPGRADED, date(2025, 7, 8), level=PLUS, renews=first.number)
    return place.desk.case(first.iri), second


def test_the_label_was_in_force_at_each_of_its_levels_without_a_gap(
    place: Town, told: tuple[Case, Case]
) -> None:
    days = (date(2021, 6, 30), GRANTED, date(2024, 5, 1), EXTENDED, date(2025, 3, 1), UPGRADED, TODAY)

    found = [[case.level for case in place.desk.caseload().labelled(day)] for day in days]

    assert found == [[], [BASIC], [BASIC], [BASIC], [BASIC], [PLUS], [PLUS]]


def test_on_1_march_2025_it_was_extended_to_july(place: Town, told: tuple[Case, Case]) -> None:
    [case] = place.desk.caseload().labelled(date(2025, 3, 1))

    assert case.label is not None
    assert (case.state, case.label.body, case.label.version) == ("extended", BODY, "1.0.0")
    assert (case.label.decided, case.label.expires) == (GRANTED, date(2025, 7, 31))


def test_the_second_label_is_an_upgrade_that_took_the_place_of_the_first(told: tuple[Case, Case]) -> None:
    first, second = told

    assert (first.state, second.state) == ("replaced", "upgraded")
    assert second.label is not None
    assert (second.label.valid_from, second.label.expires) == (UPGRADED, date(2028, 7, 28))
    audit = second.last("audit")
    assert audit is not None
    assert audit.details["mentors"] + audit.details["mentees"] == 6


def test_what_lies_before_the_registry_says_that_no_machine_looked(told: tuple[Case, Case]) -> None:
    first, second = (case.last("grant") for case in told)

    assert first is not None
    assert second is not None
    assert (first.details["historic"], first.details["digest"]) == (True, "")
    assert {one["mode"] for one in first.details["outcomes"].values()} == {"person", "evidence"}
    assert (second.details["historic"], second.details["digest"]) == (
        False,
        example("complete-project").digest,
    )


def test_of_the_past_only_what_was_published_then_is_assessed(place: Town, told: tuple[Case, Case]) -> None:
    early, late = (standing(place.desk, case) for case in (told[0].on(GRANTED), told[1]) if case)

    assert {one.machine for one in early} == {None}
    assert Outcome.MET in {one.machine for one in late}
