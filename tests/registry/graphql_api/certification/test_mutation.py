"""The whole way of a case in GraphQL: every act is done, or refused with a code and a reason."""

import base64
from typing import Any

import pytest

from registry.account.actor import ANYBODY, Actor, Scope
from registry.certification.proof.evidence import exhibits
from registry.graphql_api.answer import Question, answer
from registry.graphql_api.session import Session
from tests.registry.certification.town import (
    ASSESSOR,
    BOTH,
    DECIDER,
    OPERATOR,
    OWNER,
    PLUS,
    PROJECT,
    PUBLISHER,
    SCHEME,
    SECOND,
    Town,
)
from tests.registry.graphql_api.certification.hall import Hall, at, lent

STATE = "number state { notation } on"
GRANT = "mutation($case: String!) { grant(case: $case, details: {}) { label { inForce } } }"
PDF = b"%PDF-1.7 minutes"


def doing(act: str, details: str = "") -> str:
    """Write what asks for an act in a case."""
    said = f", details: {details}" if details else ""
    return (
        f'mutation($case: String!, $reason: String! = "", $on: Date) '
        f"{{ {act}(case: $case, reason: $reason, on: $on{said}) {{ {STATE} }} }}"
    )


def do(hall: Hall, actor: Actor, act: str, case: str, details: str = "", **said: Any) -> str:
    """Do something in a case, and tell where it stands then."""
    found = hall.ask(doing(act, details), actor, case=case, **said)[act]["state"]["notation"]
    return str(found)


def begin(hall: Hall) -> str:
    """Begin an application."""
    text = "mutation($what: OpeningInput!) { openCase(details: $what) { number } }"
    number: str = hall.ask(text, OWNER, what={"subject": PROJECT, "scheme": SCHEME})["openCase"]["number"]
    return number


def judge(hall: Hall, case: str, act: str) -> str:
    """Let an assessor find everything met that no machine decides."""
    day = hall.town.clock.day.isoformat()
    judgements = hall.town.judgements(hall.town.desk.case(case), "MET")
    details: dict[str, Any] = {"judgements": judgements}
    if act == "audit":
        details |= {"sessions": [day, day], "mentors": 3, "mentees": 4}
    kind = "AuditInput" if act == "audit" else "JudgementInput"
    text = f"mutation($case: String!, $what: {kind}!) {{ {act}(case: $case, details: $what) {{ {STATE} }} }}"
    state: str = hall.ask(text, ASSESSOR, case=case, what=details)[act]["state"]["notation"]
    return state


def recommended(hall: Hall) -> str:
    """Bring a case to its recommendation."""
    return hall.town.until("recommend").number


def test_the_way_to_a_label_and_to_its_end(hall: Hall) -> None:
    case = begin(hall)

    assert do(hall, OWNER, "selfAssess", case, "{answers: []}") == "self-assessed"
    assert do(hall, OWNER, "submit", case) == "applied"
    assert do(hall, ASSESSOR, "sendBack", case, reason="The plan is missing.") == "self-assessed"
    assert do(hall, OWNER, "submit", case) == "applied"
    assert judge(hall, case, "readDocuments") == "documents-read"
    assert judge(hall, case, "audit") == "audited"
    assert (
        do(hall, ASSESSOR, "recommend", case, f'{{level: "{hall.town.desk.case(case).level}"}}')
        == "recommended"
    )
    assert do(hall, DECIDER, "grant", case, "{}") == "awarded"
    assert do(hall, DECIDER, "extend", case, '{expires: "2029-06-30"}', reason="Illness.") == "extended"
    assert do(hall, DECIDER, "suspend", case, reason="Nobody answers.") == "suspended"
    assert do(hall, OWNER, "appeal", case, reason="We do answer.") == "suspended"
    assert do(hall, SECOND, "overturn", case, reason="They do.") == "awarded"
    assert do(hall, DECIDER, "revoke", case, reason="The project ended.") == "revoked"


def test_a_refusal_can_be_appealed_and_upheld(hall: Hall) -> None:
    case = recommended(hall)

    assert do(hall, DECIDER, "refuse", case, reason="Too few meetings.") == "refused"
    assert do(hall, OWNER, "appeal", case, reason="There were more.") == "refused"
    assert do(hall, SECOND, "uphold", case, reason="There were not.") == "refused"


def test_a_suspension_can_end_and_an_application_be_taken_back(hall: Hall) -> None:
    case = hall.town.until("grant").number
    do(hall, DECIDER, "suspend", case, reason="Nobody answers.")

    assert do(hall, DECIDER, "reinstate", case, reason="They answer.") == "awarded"
    assert (
        do(hall, OWNER, "withdraw", hall.town.open(renews=hall.town.desk.case(case).iri).number)
        == "withdrawn"
    )


def test_a_condition_is_asked_for_and_met(hall: Hall) -> None:
    case = recommended(hall)
    use = next(str(one.iri) for one in hall.town.standard(hall.town.desk.case(case)).uses)
    details = f'{{conditions: [{{text: "Train two more.", due: "2026-06-30", uses: ["{use}"]}}]}}'
    do(hall, DECIDER, "grant", case, details)

    text = """mutation($case: String!) {
      meetCondition(case: $case, details: {number: 1}) { conditions { text due met } } }"""
    assert hall.ask(text, ASSESSOR, case=case)["meetCondition"]["conditions"] == [
        {"text": "Train two more.", "due": "2026-06-30", "met": "2026-03-02"}
    ]


def test_evidence_is_a_link_or_a_file_and_can_be_taken_out(hall: Hall) -> None:
    case, text = (
        begin(hall),
        """mutation($case: String!, $what: EvidenceInput!) {
      addEvidence(case: $case, details: $what) {
        evidence { number title address mediaType confidential content } } }""",
    )
    link = {
        "title": "Plan",
        "dated": "2026-02-01",
        "address": "https://buddy.example/plan",
        "confidential": False,
    }
    file = {
        "title": "Minutes",
        "dated": "2026-02-01",
        "content": base64.b64encode(PDF).decode(),
        "confidential": False,
    }

    for what in (link, file):
        found = hall.ask(text, PUBLISHER, case=case, what=what)["addEvidence"]["evidence"]
    assert [(one["address"], one["confidential"]) for one in found] == [
        (link["address"], False),
        (None, True),
    ]
    assert (found[1]["mediaType"], base64.b64decode(found[1]["content"])) == ("application/pdf", PDF)
    do(hall, OWNER, "removeEvidence", case, '{number: "2"}')
    assert [one.number for one in exhibits(hall.town.desk.case(case))] == ["1"]


def test_a_file_that_cannot_be_read_is_refused(hall: Hall) -> None:
    case = begin(hall)

    details = '{title: "Minutes", dated: "2026-02-01", content: "no bytes"}'
    assert hall.code(doing("addEvidence", details), OWNER, case=case) == "NO_BASE64"
    assert exhibits(hall.town.desk.case(case)) == ()


@pytest.mark.parametrize(
    ("actor", "act", "details", "code"),
    [
        (ASSESSOR, "grant", "{}", "ROLE_MISSING"),
        (OWNER, "grant", "{}", "ROLE_MISSING"),
        (BOTH, "suspend", "", "STATE_FORBIDS"),
        (DECIDER, "refuse", "", "REASON_MISSING"),
        (DECIDER, "grant", '{expires: "2049-01-01"}', "TERM_TOO_LONG"),
        (lent(DECIDER, Scope.READ, Scope.ASSESS), "grant", "{}", "ROLE_MISSING"),
        (OPERATOR, "grant", "{}", "CASE_UNKNOWN"),
        (lent(DECIDER, Scope.OPERATE), "grant", "{}", "ROLE_MISSING"),
        (ANYBODY, "grant", "{}", "ONLY_QUERIES"),
    ],
)
def test_what_a_rule_forbids_is_refused_with_its_code(
    hall: Hall, actor: Actor, act: str, details: str, code: str
) -> None:
    case = recommended(hall)

    assert hall.code(doing(act, details), actor, case=case) == code
    assert hall.town.desk.case(case).state == "recommended"


def test_an_act_of_tomorrow_is_refused(hall: Hall) -> None:
    case = recommended(hall)

    assert hall.code(doing("grant", "{}"), DECIDER, case=case, on="2026-03-03") == "ACT_IN_FUTURE"


def test_a_case_of_others_and_one_that_is_not_there_are_told_in_the_same_words(hall: Hall) -> None:
    there, stranger = recommended(hall), Actor("https://registry.example/account/x")

    told = [hall.put(GRANT, stranger, case=case).errors[0] for case in (there, "0" * 12)]
    assert [one["extensions"]["code"] for one in told] == ["CASE_UNKNOWN", "CASE_UNKNOWN"]
    assert told[0]["message"].replace(there, "…") == told[1]["message"].replace("0" * 12, "…")


def test_several_acts_are_done_in_order_each_whole_or_not_at_all(hall: Hall) -> None:
    case = hall.town.until("grant").number
    text = """mutation($case: String!) {
      first: suspend(case: $case, reason: "Nobody answers.") { state { notation } }
      again: suspend(case: $case, reason: "Nobody answers.") { state { notation } }
      last: reinstate(case: $case, reason: "They answer.") { state { notation } }
    }"""

    found = hall.put(text, DECIDER, case=case)
    assert found.data == {
        "first": {"state": {"notation": "suspended"}},
        "again": None,
        "last": {"state": {"notation": "awarded"}},
    }
    assert [(one["path"], one["extensions"]["code"]) for one in found.errors] == [
        (["again"], "STATE_FORBIDS")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "".join(f"a{n}: grant(case: $case, details: {{}}) {{ iri }} " for n in range(100)),
            "TOO_MANY_ALIASES",
        ),
        (
            "".join(f"a{n}: grant(case: $case, details: {{}}) {{ iri }} " for n in range(21)),
            "TOO_MANY_QUESTIONS",
        ),
    ],
)
def test_nobody_does_a_hundred_things_at_once(hall: Hall, text: str, code: str) -> None:
    case = recommended(hall)

    assert hall.code(f"mutation($case: String!) {{ {text} }}", DECIDER, case=case) == code
    assert hall.town.desk.case(case).state == "recommended"


def test_acts_in_a_fragment_are_counted_too(hall: Hall) -> None:
    acts = "".join(f"a{n}: grant(case: $case, details: {{}}) {{ iri }} " for n in range(25))
    text = f"mutation($case: String!) {{ ...all }} fragment all on Mutation {{ {acts} }}"

    assert hall.code(text, DECIDER, case=recommended(hall)) == "QUESTION_TOO_COSTLY"


def test_what_is_no_input_is_refused_before_anything_is_done(hall: Hall) -> None:
    case = recommended(hall)

    for details in ('{expires: "soon"}', "{secret: 1}", "{level: null}"):
        assert hall.code(doing("grant", details), DECIDER, case=case) == "VALIDATION"


def test_a_refusal_is_told_in_the_language_of_the_one_who_asks(hall: Hall) -> None:
    case = recommended(hall)
    session = Session(hall.edition, hall.town.home.ledger, desk=hall.town.desk, actor=DECIDER, language="nl")
    (error,) = answer(Question(doing("grant", '{level: "urn:none"}'), {"case": case}), session).errors
    assert error["extensions"]["level"] == "urn:none"
    assert error["message"]


def test_an_act_may_be_entered_later(hall: Hall, place: Town) -> None:
    case = recommended(hall)
    at(place, "2026-05-01")

    text = """mutation($case: String!) { grant(case: $case, on: "2026-03-20", details: {}) {
      on label { decided validFrom expires inForce } } }"""
    found = hall.ask(text, DECIDER, case=case)["grant"]
    assert found["label"] == {
        "decided": "2026-03-20",
        "validFrom": "2026-03-20",
        "expires": "2029-03-20",
        "inForce": True,
    }
    assert found["on"] == "2026-05-01"


def test_a_level_is_asked_for_and_reached(hall: Hall) -> None:
    case = hall.town.until("recommend", level=PLUS).number

    text = """mutation($case: String!) {
      grant(case: $case, details: {}) { level { iri } label { level { iri } } } }"""
    found = hall.ask(text, DECIDER, case=case)
    assert found["grant"] == {"level": {"iri": PLUS}, "label": {"level": {"iri": PLUS}}}


def test_a_grant_that_says_nothing_of_conditions_takes_those_that_were_recommended(hall: Hall) -> None:
    case = hall.town.until("audit")
    asked = {"text": "Train two more.", "due": "2026-09-01", "uses": []}
    hall.town.act(ASSESSOR, "recommend", case, level=case.level, conditions=[asked])

    assert do(hall, DECIDER, "grant", case.number, "{}") == "awarded"
    label = hall.town.desk.case(case.number).label
    assert label is not None
    assert [one.text for one in label.conditions] == ["Train two more."]
