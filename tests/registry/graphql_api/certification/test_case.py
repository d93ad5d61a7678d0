"""What the parties of a case see of it, and what lies ahead of them."""

from typing import Any

import pytest

from registry.account.actor import ANYBODY, Actor, Grant, Role, Scope
from registry.certification.proof.judgement import standing
from tests.registry.certification.town import (
    ADDRESS,
    ASSESSOR,
    BASIC,
    BODY,
    DECIDER,
    OPERATOR,
    ORGANISATION,
    OTHER_BODY,
    OWNER,
    PROJECT,
    PUBLISHER,
    SCHEME,
    SOURCE,
    Town,
)
from tests.registry.graphql_api.certification.hall import Hall, at, lent

CASES = (
    "query($on: Date, $state: [String!]) { cases(on: $on, state: $state) { totalCount nodes { number } } }"
)
CASE = "query($number: String!, $on: Date) { case(number: $number, on: $on) { state { notation } on } }"
STRANGER = Actor(
    f"{ADDRESS}/account/x", frozenset({Grant(Role.OWNER, "https://else.example/#us")}), "session"
)
RIVAL = Actor(f"{ADDRESS}/account/r", frozenset({Grant(Role.DECIDER, OTHER_BODY)}), "session")
KEEPER = Actor(f"{ADDRESS}/account/k", frozenset({Grant(Role.PUBLISHER, SOURCE)}), "session")
PARTIES = (OWNER, PUBLISHER, ASSESSOR, DECIDER, KEEPER)
OTHERS = (OPERATOR, STRANGER, RIVAL)


@pytest.mark.parametrize("actor", PARTIES)
def test_a_party_sees_its_cases(hall: Hall, actor: Actor) -> None:
    case = hall.town.until("submit").number

    assert hall.ask(CASES, actor)["cases"] == {"totalCount": 1, "nodes": [{"number": case}]}
    assert hall.ask(CASE, actor, number=case)["case"]["state"]["notation"] == "applied"


@pytest.mark.parametrize("actor", OTHERS)
def test_others_see_no_case(hall: Hall, actor: Actor) -> None:
    case = hall.town.until("grant").number

    assert hall.ask(CASES, actor)["cases"] == {"totalCount": 0, "nodes": []}
    assert hall.code(CASE, actor, number=case) == "CASE_UNKNOWN"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("{ cases { totalCount } }", "cases"),
        ('{ case(number: "0a1b2c3d4e5f") { number } }', "case"),
        ('{ overview(scheme: "urn:x") { on } }', "overview"),
        ("{ calendar { day } }", "calendar"),
        ('{ preview(standard: "cms", version: "1.0.0") { affected } }', "preview"),
    ],
)
def test_only_those_who_have_signed_in_may_ask(published: Hall, text: str, asked: str) -> None:
    assert published.code(text, ANYBODY) == "TOKEN_NEEDED"
    assert published.put(text).data == {asked: None}
    assert published.code(text, lent(OWNER, Scope.OPERATE)) == "TOKEN_READS_NOTHING"


def test_a_case_of_others_and_one_that_is_not_there_are_the_same(hall: Hall) -> None:
    there = hall.town.until("open").number

    told = [hall.put(CASE, STRANGER, number=number).errors[0] for number in (there, "0" * 12)]
    assert told[0]["message"].replace(there, "…") == told[1]["message"].replace("0" * 12, "…")
    assert [one["extensions"]["code"] for one in told] == ["CASE_UNKNOWN"] * 2


def test_cases_are_chosen_by_state_and_day(hall: Hall, place: Town) -> None:
    case = place.until("submit").number
    at(place, "2026-03-10")
    place.act(OWNER, "withdraw", case)

    assert hall.ask(CASES, OWNER, state=["applied"])["cases"]["totalCount"] == 0
    assert hall.ask(CASES, OWNER, state=["applied"], on="2026-03-05")["cases"]["totalCount"] == 1
    assert hall.ask(CASES, OWNER, on="2026-03-01")["cases"]["totalCount"] == 0
    assert hall.ask(CASE, OWNER, number=case, on="2026-03-09")["case"]["state"]["notation"] == "applied"
    assert hall.code(CASE, OWNER, number=case, on="2026-03-01") == "CASE_UNKNOWN"


def test_claimed_evidenced_and_confirmed_are_three_things(hall: Hall) -> None:
    case, text = (
        hall.town.until("audit"),
        """query($number: String!) { case(number: $number) { standings {
      use requirement { identifier } claimed claim evidenced confirmed judged machine outcome
      trust { notation }
      decidedBy { notation } level { notation } } } }""",
    )

    rows = hall.ask(text, ASSESSOR, number=case.number)["case"]["standings"]
    held = standing(hall.town.desk, case)
    assert [(one["use"], one["claimed"], one["evidenced"], one["confirmed"]) for one in rows] == [
        (str(one.use.iri), one.claimed, one.evidenced, one.confirmed) for one in held
    ]
    assert {(one["claimed"], one["evidenced"], one["confirmed"]) for one in rows} >= {
        (True, False, False),
        (True, True, True),
        (False, False, True),
    }
    assert [one["trust"]["notation"] for one in rows] == [one.trust for one in held]


def test_a_case_tells_its_whole_life_to_its_parties(hall: Hall) -> None:
    case, text = (
        hall.town.until("grant"),
        """query($number: String!) { case(number: $number) {
      subject { iri } scheme { iri } level { iri } organisation { iri } body { iri }
      version standard { token }
      states { since state { notation } } acts { act { notation } account behalf { iri } via }
      audits { sessions mentors mentees } recommendation { level { iri } conditions { text } } renews
      label { number inForce } } }""",
    )

    found = hall.ask(text, OWNER, number=case.iri)["case"]
    iris = [found[name]["iri"] for name in ("subject", "scheme", "level", "organisation", "body")]
    assert iris == [PROJECT, SCHEME, BASIC, ORGANISATION, BODY]
    assert (found["version"], found["standard"], found["renews"]) == ("1.0.0", {"token": "cms"}, None)
    assert [one["act"]["notation"] for one in found["acts"]][-2:] == ["recommend", "grant"]
    assert found["states"][0]["state"]["notation"] == "draft"
    assert found["audits"] == [{"sessions": ["2026-03-02", "2026-03-02"], "mentors": 3, "mentees": 3}]
    assert found["recommendation"] == {"level": {"iri": BASIC}, "conditions": []}
    assert found["label"] == {"number": case.number, "inForce": True}


def test_a_case_offers_what_somebody_could_do_next(hall: Hall) -> None:
    case, text = (
        hall.town.until("submit"),
        """query($number: String!) { case(number: $number) {
      offers { act { notation } refused { code message } } } }""",
    )

    def offered(actor: Actor) -> dict[str, str | None]:
        found = hall.ask(text, actor, number=case.number)["case"]["offers"]
        return {one["act"]["notation"]: one["refused"] and one["refused"]["code"] for one in found}

    assert offered(OWNER) == {"add-evidence": None, "withdraw": None}
    assert offered(ASSESSOR) == {"read-documents": None, "send-back": None}
    assert offered(DECIDER) == {}


def test_an_account_sees_what_it_may_do(published: Hall) -> None:
    text = "{ me { iri via roles { role { notation } organisation { iri } } scopes } }"

    assert published.ask(text) == {"me": None}
    assert published.ask(text, lent(DECIDER, Scope.READ, Scope.DECIDE))["me"] == {
        "iri": DECIDER.account,
        "via": "token:7",
        "roles": [{"role": {"notation": "decider"}, "organisation": {"iri": BODY}}],
        "scopes": ["READ", "DECIDE"],
    }


def due(hall: Hall, actor: Actor, months: int | None) -> list[tuple[Any, ...]]:
    text = (
        "query($months: Int) { calendar(months: $months) { kind day overdue subject { iri } body { iri } } }"
    )
    found = hall.ask(text, actor, months=months)["calendar"]
    return [(one["kind"], one["day"], one["overdue"]) for one in found]


def test_a_calendar_tells_its_party_what_is_due(hall: Hall, place: Town) -> None:
    place.until("grant")
    at(place, "2028-12-15")

    assert ("LABEL", "2029-03-02", False) in due(hall, OWNER, 3)
    assert ("RENEWAL", "2028-12-02", True) in due(hall, DECIDER, None)
    assert due(hall, OWNER, 1) == [one for one in due(hall, OWNER, None) if one[1] <= "2029-01-15"]


@pytest.mark.parametrize("months", [-1, 0, 2**31 - 1])
def test_any_number_of_months_can_be_asked_about(hall: Hall, months: int) -> None:
    hall.town.until("grant")

    assert len(due(hall, OWNER, months)) == (0 if months < 1 else len(due(hall, OWNER, None)))


def test_a_body_looks_over_its_members(hall: Hall) -> None:
    case, text = (
        hall.town.until("grant"),
        """query($scheme: String!, $body: String) {
      overview(scheme: $scheme, body: $body) { on body { iri } scheme { iri } version unknown
      blockers { requirement { identifier } count unmet members }
      members { totalCount nodes { subject { iri } state { notation } case label { inForce }
        cells { requirement { identifier } basic additional basis } } } } }""",
    )

    found = hall.ask(text, DECIDER, scheme=SCHEME)["overview"]
    (member,) = found["members"]["nodes"]
    assert (found["body"]["iri"], found["version"], found["unknown"]) == (BODY, "1.0.0", 0)
    assert (member["subject"]["iri"], member["case"], member["label"]) == (
        PROJECT,
        case.iri,
        {"inForce": True},
    )
    assert len(member["cells"]) == 10
    assert {one["basis"] for one in member["cells"]} <= {"machine", "person", "decision"}
    assert hall.code(text, OWNER, scheme=SCHEME) == "OVERVIEW_NOT_YOURS"
    assert hall.code(text, DECIDER, scheme=SCHEME, body=OTHER_BODY) == "OVERVIEW_NOT_YOURS"
    assert hall.code(text, DECIDER, scheme="urn:none") == "SCHEME_UNKNOWN"


def test_a_version_is_tried_on_the_labels_of_those_who_ask(hall: Hall) -> None:
    case, text = (
        hall.town.until("grant"),
        """query($version: String!) { preview(standard: "cms", version: $version) {
      label { number } now then affected
      shifts { use requirement { identifier } before after lost gained } } }""",
    )
    version = hall.town.desk.rulebook.standard("cms").versions[-1].number

    (found,) = hall.ask(text, OWNER, version=version)["preview"]
    assert (found["label"], found["now"]) == ({"number": case.number}, "REACHED")
    assert found["shifts"]
    assert all(one["before"] is None or one["after"] is None for one in found["shifts"])
    assert hall.ask(text, STRANGER, version=version) == {"preview": []}
    assert hall.code(text, OWNER, version="0.0.0") == "UNKNOWN_VERSION"
