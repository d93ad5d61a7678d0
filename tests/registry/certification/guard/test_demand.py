"""What a scheme asks for before a decision, and the days of a label."""

from typing import Any

import pytest

from tests.registry.certification.town import (
    ASSESSOR,
    BASIC,
    DECIDER,
    LANTERN,
    PLUS,
    WHY,
    Town,
    refused,
)


@pytest.mark.parametrize(
    "few", [{"sessions": ["2026-03-02"]}, {"mentors": 2}, {"mentees": 2}, {"mentors": 0, "mentees": 0}]
)
def test_an_audit_is_complete_before_anybody_recommends(place: Town, few: dict[str, Any]) -> None:
    case = place.audit(place.until("read-documents"), **few)

    with refused("audit-incomplete"):
        place.act(ASSESSOR, "recommend", case, level=BASIC)
    place.audit(case)
    assert place.act(ASSESSOR, "recommend", case, level=BASIC).state == "recommended"


@pytest.mark.parametrize("outcome", ["not-met", ""])
def test_a_level_is_reached_before_anybody_grants_it(place: Town, outcome: str) -> None:
    case = place.until("read-documents")
    place.audit(case, judgements=place.judgements(case, outcome) if outcome else [])
    place.act(ASSESSOR, "recommend", case, level=BASIC)

    with refused("level-not-reached"):
        place.act(DECIDER, "grant", case)


def test_a_condition_does_not_cover_what_nobody_judged(place: Town) -> None:
    case = place.until("read-documents")
    uses = [one["use"] for one in place.judgements(case)]
    place.audit(case, judgements=[])
    place.act(ASSESSOR, "recommend", case, level=BASIC)

    with refused("level-not-reached"):
        place.act(DECIDER, "grant", case, conditions=[{"text": "Mend.", "due": "2026-09-01", "uses": uses}])


def test_a_higher_level_asks_for_more(place: Town) -> None:
    more = "koepel:minimumAdditional 90"
    place.adopt(LANTERN.replace("koepel:minimumAdditional 3", more))
    case = place.until("recommend", level=PLUS)

    with refused("level-not-reached"):
        place.act(DECIDER, "grant", case)
    assert place.act(DECIDER, "grant", case, level=BASIC).in_force


def test_conditions_are_for_schemes_that_have_them(place: Town) -> None:
    place.adopt(LANTERN.replace("koepel:allowsConditions true", "koepel:allowsConditions false"))
    case = place.until("recommend")

    with refused("conditions-none"):
        place.act(DECIDER, "grant", case, conditions=[{"text": "Mend.", "due": "2026-09-01"}])


@pytest.mark.parametrize("due", ["2026-03-02", "2029-03-03"])
def test_a_condition_is_due_while_the_label_holds(place: Town, due: str) -> None:
    with refused("condition-day"):
        place.act(DECIDER, "grant", place.until("recommend"), conditions=[{"text": "Mend.", "due": due}])


def test_only_an_open_condition_is_met(place: Town) -> None:
    asked = {"text": "Mend.", "due": "2026-09-01"}
    case = place.act(DECIDER, "grant", place.until("recommend"), conditions=[asked])

    with refused("condition-not-open"):
        place.act(ASSESSOR, "meet-condition", case, number=2)
    place.act(ASSESSOR, "meet-condition", case, number=1)
    with refused("condition-not-open"):
        place.act(ASSESSOR, "meet-condition", case, number=1)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ({"valid_from": "2026-03-01"}, "term-before-decision"),
        ({"expires": "2029-03-03"}, "term-too-long"),
        ({"expires": "2026-03-01"}, "term-too-long"),
        ({"valid_from": "2029-03-03"}, "term-too-far"),
        ({"valid_from": "9999-12-31"}, "term-too-far"),
    ],
)
def test_a_label_holds_as_long_as_its_scheme_says(place: Town, term: dict[str, Any], code: str) -> None:
    with refused(code):
        place.act(DECIDER, "grant", place.until("recommend"), **term)


@pytest.mark.parametrize("day", ["2029-03-02", "2027-01-01"])
def test_an_extension_is_to_a_later_day(place: Town, day: str) -> None:
    with refused("extension-not-later"):
        place.act(DECIDER, "extend", place.until("grant"), reason=WHY, expires=day)


@pytest.mark.parametrize("day", ["2032-03-03", "9999-12-31"])
def test_all_extensions_together_are_no_longer_than_a_label_lasts(place: Town, day: str) -> None:
    case = place.act(DECIDER, "extend", place.until("grant"), reason=WHY, expires="2031-01-01")

    with refused("extension-too-long"):
        place.act(DECIDER, "extend", case, reason=WHY, expires=day)
    assert place.act(DECIDER, "extend", case, reason=WHY, expires="2032-03-02").in_force


def test_what_nobody_describes_any_more_gets_no_label(place: Town) -> None:
    case = place.until("recommend")
    place.take_away()

    with refused("description-gone"):
        place.act(DECIDER, "grant", case)
