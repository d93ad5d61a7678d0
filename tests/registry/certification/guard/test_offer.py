"""What somebody could do next is offered, with what stands in the way."""

import pytest

from registry.account.actor import ANYBODY, Actor
from registry.certification.guard import offers
from tests.registry.certification.town import (
    BASIC,
    BOTH,
    DECIDER,
    OPERATOR,
    PUBLISHER,
    Town,
)


def test_an_offer_says_what_stands_in_the_way(place: Town) -> None:
    case = place.act(
        BOTH, "recommend", place.audit(place.until("read-documents"), judgements=[]), level=BASIC
    )

    found = {
        actor.account: {one.act: one.refused and one.refused.code for one in offers(place.desk, actor, case)}
        for actor in (BOTH, DECIDER, PUBLISHER)
    }

    assert found[BOTH.account] == dict.fromkeys(("grant", "refuse"), "decider-has-assessed")
    assert found[DECIDER.account] == {"grant": "level-not-reached", "refuse": None}
    assert found[PUBLISHER.account] == {"add-evidence": None}


@pytest.mark.parametrize("actor", [OPERATOR, ANYBODY])
def test_nobody_else_is_offered_anything(place: Town, actor: Actor) -> None:
    assert offers(place.desk, actor, place.open()) == ()
