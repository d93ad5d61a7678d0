"""What an application is about, and whether it may begin."""

from typing import Any

import pytest

from registry.account.actor import ANYBODY, Actor, Scope
from registry.scheme.adoption import withdraw
from tests.registry.certification.town import (
    ASSESSOR,
    DECIDER,
    LANTERN,
    OPERATOR,
    ORGANISATION,
    OTHER_BODY,
    OWNER,
    PUBLISHER,
    SCHEME,
    SOURCE,
    SOURCE_OWNER,
    WHY,
    Town,
    refused,
)


@pytest.mark.parametrize(
    "actor", [PUBLISHER, ASSESSOR, DECIDER, OPERATOR, ANYBODY], ids=lambda one: one.account
)
def test_only_an_owner_applies(place: Town, actor: Actor) -> None:
    with refused("role-missing"):
        place.open(actor)

    assert place.open(SOURCE_OWNER).state == "draft"


def test_a_token_that_lends_too_little_is_refused(place: Town) -> None:
    lent = Actor(OWNER.account, OWNER.grants, "token:1", frozenset({Scope.READ}))

    with refused("role-missing"):
        place.open(lent)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"subject": f"{SOURCE}#nothing"}, "subject-undescribed"),
        ({"subject": ORGANISATION}, "subject-not-judged"),
        ({"scheme": "https://lantern.example/other"}, "scheme-unknown"),
        ({"level": "https://lantern.example/high"}, "level-unknown"),
        ({"body": OTHER_BODY}, "mandate-missing"),
        ({"renews": "0a1b2c3d4e5f"}, "nothing-to-renew"),
        ({"unheard": "of"}, "details-wrong"),
    ],
)
def test_an_application_is_about_what_there_is(place: Town, details: dict[str, Any], code: str) -> None:
    with refused(code):
        place.open(**details)


def test_one_application_at_a_time(place: Town) -> None:
    case = place.open()

    with refused("case-open-already"):
        place.open()
    place.act(OWNER, "withdraw", case)
    assert place.open().state == "draft"


def test_one_label_at_a_time(place: Town) -> None:
    case = place.until("grant")

    with refused("label-held"):
        place.open()
    assert place.open(renews=case.number).renews == case.iri


def test_a_revoked_label_is_not_renewed(place: Town) -> None:
    case = place.act(DECIDER, "revoke", place.until("grant"), reason=WHY)

    with refused("nothing-to-renew"):
        place.open(renews=case.number)
    assert place.open().renews == ""


def test_of_several_bodies_one_is_asked(place: Town) -> None:
    other = f"koepel:authority [ koepel:body <{OTHER_BODY}> ] , ["
    place.adopt(LANTERN.replace("koepel:authority [", other))

    with refused("body-unclear"):
        place.open()
    assert place.open(body=OTHER_BODY).body == OTHER_BODY


def test_a_withdrawn_scheme_takes_no_applications_and_ends_none(place: Town) -> None:
    case = place.until("submit")
    place.home.ledger.append(withdraw(place.desk.caseload().adopted, SCHEME, "operator", WHY))

    assert place.act(ASSESSOR, "read-documents", case).state == "documents-read"
    place.act(OWNER, "withdraw", case)
    with refused("scheme-withdrawn"):
        place.open()
