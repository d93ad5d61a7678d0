"""Each role does its own, with two pairs of eyes, and nobody judges what is their own."""

from dataclasses import replace
from datetime import date

import pytest

from registry.account.actor import ANYBODY, Actor, Grant, Role
from tests.registry.certification.town import (
    ASSESSOR,
    BASIC,
    BODY,
    BOTH,
    BOTH_SIDES,
    DECIDER,
    LANTERN,
    LINK,
    OPERATOR,
    ORGANISATION,
    OWNER,
    PUBLISHER,
    SOURCE,
    WHY,
    Town,
    account,
    name,
    refused,
)


@pytest.mark.parametrize("actor", [OPERATOR, ANYBODY, account("stranger")], ids=name)
def test_a_case_of_others_is_not_there(place: Town, actor: Actor) -> None:
    with refused("case-unknown"):
        place.act(actor, "self-assess", place.open())


@pytest.mark.parametrize(
    ("before", "act", "wrong"),
    [
        ("open", "self-assess", ASSESSOR),
        ("submit", "read-documents", DECIDER),
        ("recommend", "grant", ASSESSOR),
        ("submit", "withdraw", DECIDER),
        ("recommend", "refuse", OWNER),
        ("open", "self-assess", PUBLISHER),
    ],
)
def test_each_role_does_its_own(place: Town, before: str, act: str, wrong: Actor) -> None:
    with refused("role-missing"):
        place.act(wrong, act, place.until(before), reason=WHY)


def test_a_publisher_brings_evidence(place: Town) -> None:
    assert place.act(PUBLISHER, "add-evidence", place.open(), **LINK).state == "draft"


def test_whoever_assessed_does_not_decide(place: Town) -> None:
    case = place.until("audit")
    place.act(BOTH, "recommend", case, level=BASIC)

    with refused("decider-has-assessed"):
        place.act(BOTH, "grant", case)
    assert place.act(DECIDER, "grant", case).in_force


def test_whoever_decided_does_not_assess(place: Town) -> None:
    case = place.act(BOTH, "suspend", place.until("grant"), reason=WHY)
    place.act(DECIDER, "reinstate", case, reason=WHY)

    with refused("assessor-has-decided"):
        place.act(BOTH, "meet-condition", case, number=1)


@pytest.mark.parametrize(
    "grant", [Grant(Role.OWNER, ORGANISATION), Grant(Role.PUBLISHER, ORGANISATION), Grant(Role.OWNER, SOURCE)]
)
def test_nobody_decides_on_their_own(place: Town, grant: Grant) -> None:
    case = place.until("recommend")

    with refused("conflict-of-interest"):
        place.act(account("both-sides", grant, Grant(Role.DECIDER, BODY)), "grant", case)


def test_a_token_does_not_hide_what_its_account_owns(place: Town) -> None:
    place.entitle(BOTH_SIDES)
    lent = Actor(BOTH_SIDES.account, frozenset({Grant(Role.DECIDER, BODY)}), "token:1")

    with refused("conflict-of-interest"):
        place.act(lent, "grant", place.until("recommend"))


def test_whoever_applied_does_not_decide_later_under_another_role(place: Town) -> None:
    case = place.until("recommend")
    changed = Actor(OWNER.account, frozenset({Grant(Role.DECIDER, BODY)}), "session")

    with refused("conflict-of-interest"):
        place.act(changed, "grant", case)


def test_a_body_does_not_judge_its_own(place: Town) -> None:
    own = f"koepel:authority [ koepel:body <{ORGANISATION}> ] , ["
    place.adopt(LANTERN.replace("koepel:authority [", own))

    with refused("body-judges-itself"):
        place.open(body=ORGANISATION)
    assert place.open(body=BODY).body == BODY


def test_a_body_decides_within_its_mandate(place: Town) -> None:
    case = place.until("recommend")
    ends = 'koepel:authorisedUntil "2026-12-31"^^xsd:date ; koepel:authorisedFrom'
    place.adopt(LANTERN.replace("koepel:authorisedFrom", ends))
    place.clock.day = date(2027, 1, 1)

    for day in (date(2027, 1, 1), date(2026, 12, 31)):
        with refused("mandate-missing"):
            place.act(DECIDER, "grant", case, on=day)
    there = replace(DECIDER, via="console")
    with refused("mandate-missing"):
        place.act(there, "grant", case)
    assert place.act(there, "grant", case, on=date(2026, 12, 31)).in_force
