"""Acts keep to the order of days and to the state of the case."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.account.actor import Actor
from registry.certification.life.case import Case
from tests.registry.certification.town import (
    ASSESSOR,
    DECIDER,
    OWNER,
    SECOND,
    START,
    WHY,
    Town,
    refused,
)


def test_nothing_happens_in_the_future(place: Town) -> None:
    case = place.open()

    with refused("act-in-future"):
        place.act(OWNER, "self-assess", case, on=START + timedelta(days=1))


def test_nothing_happens_before_what_happened_last(place: Town) -> None:
    case = place.open()

    with refused("act-before-last"):
        place.act(OWNER, "self-assess", case, on=START - timedelta(days=1))


@pytest.mark.parametrize(
    ("actor", "act"), [(OWNER, "submit"), (ASSESSOR, "audit"), (DECIDER, "grant"), (DECIDER, "extend")]
)
def test_a_state_forbids_what_comes_later(place: Town, actor: Actor, act: str) -> None:
    told: dict[str, Any] = {
        "audit": {"sessions": ["2026-03-02"], "mentors": 1, "mentees": 1},
        "extend": {"expires": "2030-01-01"},
    }

    with refused("state-forbids"):
        place.act(actor, act, place.open(), reason=WHY, **told.get(act, {}))


@pytest.mark.parametrize("act", ["replace", "expire", ""])
def test_what_the_registry_does_by_itself_is_nobodys_to_do(place: Town, act: str) -> None:
    with refused("act-unknown"):
        place.act(DECIDER, act, place.until("open"))


def test_a_label_that_ran_out_does_not_change(place: Town) -> None:
    case = place.until("grant")
    place.clock.day = date(2029, 3, 2)
    assert place.act(DECIDER, "suspend", case, reason=WHY).state == "suspended"
    place.clock.day = date(2029, 3, 3)

    with refused("label-expired"):
        place.act(DECIDER, "reinstate", case, reason=WHY)


def meanwhile(place: Town, **opening: str) -> Case:
    """Let another label of the same project be granted ten days later, and look back after twenty."""
    place.clock.day = START + timedelta(days=10)
    other = place.until("grant", **opening)
    place.clock.day = START + timedelta(days=20)
    return other


@pytest.mark.parametrize(("before", "act"), [("grant", "revoke"), ("recommend", "refuse")])
def test_an_appeal_that_is_decided_in_the_past_gives_no_second_label(
    place: Town, before: str, act: str
) -> None:
    old, early = place.until(before), START + timedelta(days=5)
    place.act(OWNER, "appeal", place.act(DECIDER, act, old, reason=WHY), reason=WHY)
    other = meanwhile(place)

    with refused("act-before-last"):
        place.act(SECOND, "overturn", old, on=early, reason=WHY)
        place.act(DECIDER, "grant", old, on=early)
    if place.desk.case(old.iri).appealed:
        place.act(SECOND, "overturn", old, reason=WHY)
    assert [one.number for one in place.desk.caseload().labelled(place.clock.day)] == [other.number]


def test_an_extension_that_is_written_in_the_past_gives_no_second_label(place: Town) -> None:
    end, later = (START + timedelta(days=one) for one in (8, 60))
    old = place.act(DECIDER, "grant", place.until("recommend"), expires=end.isoformat())
    meanwhile(place, renews=old.number)

    with refused("act-before-last"):
        place.act(DECIDER, "extend", old, on=START, reason=WHY, expires=later.isoformat())
