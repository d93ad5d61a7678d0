"""Appeals come in time, once, and are decided by somebody else."""

from datetime import timedelta

from tests.registry.certification.town import (
    DECIDER,
    LANTERN,
    OWNER,
    SECOND,
    START,
    WHY,
    Town,
    refused,
)


def test_an_appeal_comes_in_time(place: Town) -> None:
    case = place.act(DECIDER, "refuse", place.until("recommend"), reason=WHY)
    place.clock.day = START + timedelta(days=31)

    with refused("appeal-late"):
        place.act(OWNER, "appeal", case, reason=WHY)
    assert place.act(OWNER, "appeal", case, reason=WHY, on=START + timedelta(days=30)).appealed


def test_where_a_scheme_has_no_appeal_there_is_none(place: Town) -> None:
    place.adopt(LANTERN.replace("koepel:appealDays 30", "koepel:appealDays 0"))
    case = place.act(DECIDER, "refuse", place.until("recommend"), reason=WHY)

    with refused("appeal-none"):
        place.act(OWNER, "appeal", case, reason=WHY)


def test_an_appeal_is_decided_by_somebody_else_and_once(place: Town) -> None:
    case = place.act(DECIDER, "suspend", place.until("grant"), reason=WHY)

    with refused("appeal-not-open"):
        place.act(SECOND, "uphold", case, reason=WHY)
    place.act(OWNER, "appeal", case, reason=WHY)
    with refused("appeal-undecided"):
        place.act(SECOND, "revoke", case, reason=WHY)
    with refused("appeal-own-decision"):
        place.act(DECIDER, "uphold", case, reason=WHY)
    assert not place.act(SECOND, "uphold", case, reason=WHY).appealed
    with refused("appeal-again"):
        place.act(OWNER, "appeal", case, reason=WHY)


def test_no_new_label_takes_the_place_of_one_about_which_an_appeal_is_open(place: Town) -> None:
    old = place.act(DECIDER, "suspend", place.until("grant"), reason=WHY)
    place.act(OWNER, "appeal", old, reason=WHY)
    new = place.until("recommend", renews=old.number)

    with refused("appeal-undecided"):
        place.act(DECIDER, "grant", new)
    place.act(SECOND, "uphold", old, reason=WHY)
    assert place.act(DECIDER, "grant", new).in_force
