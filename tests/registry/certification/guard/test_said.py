"""What is said with an act has a reason, leads to nobody, and points to what is there."""

from typing import Any

import pytest

from registry.certification.guard.said import REASONED
from tests.registry.certification.town import (
    ASSESSOR,
    DECIDER,
    LINK,
    OWNER,
    WHY,
    Town,
    refused,
)


@pytest.mark.parametrize("act", sorted(REASONED - {"extend", "reinstate", "uphold", "overturn", "appeal"}))
def test_a_decision_against_somebody_has_a_reason(place: Town, act: str) -> None:
    before = {"refuse": "recommend", "send-back": "submit"}.get(act, "grant")
    actor = ASSESSOR if act == "send-back" else DECIDER

    with refused("reason-missing"):
        place.act(actor, act, place.until(before), reason=" ")


@pytest.mark.parametrize("text", ["Ask an@example.org.", "Call +32 470 12 34 56."])
def test_no_text_leads_to_a_person(place: Town, text: str) -> None:
    case = place.open()

    with refused("text-personal"):
        place.act(OWNER, "withdraw", case, reason=text)
    with refused("text-personal"):
        place.act(OWNER, "add-evidence", case, **{**LINK, "title": text})


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"dated": "2026-03-03"}, "evidence-from-future"),
        ({"address": "plan.pdf"}, "evidence-address"),
        ({"kind": "upload"}, "upload-unexpected"),
        ({"supports": ["https://w3id.org/koepel/standard/cms#R99"]}, "use-unknown"),
    ],
)
def test_evidence_is_somewhere_and_speaks_for_something(
    place: Town, details: dict[str, Any], code: str
) -> None:
    with refused(code):
        place.act(OWNER, "add-evidence", place.open(), **{**LINK, **details})


@pytest.mark.parametrize(("dated", "fits"), [("2024-03-02", True), ("2024-03-01", False)])
def test_an_assessor_looks_at_evidence_that_is_there_and_recent(place: Town, dated: str, fits: bool) -> None:
    case = place.act(OWNER, "add-evidence", place.until("submit"), **{**LINK, "dated": dated})
    [judged, *_] = place.judgements(case)

    with refused("evidence-not-there"):
        number = "2" if fits else "1"
        place.act(ASSESSOR, "read-documents", case, judgements=[{**judged, "evidence": [number]}])
    if fits:
        place.act(ASSESSOR, "read-documents", case, judgements=[{**judged, "evidence": ["1"]}])


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_sessions_lie_within_the_case(place: Town, day: str) -> None:
    with refused("session-day"):
        place.audit(place.until("read-documents"), sessions=[day])


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x00", "\u202e", "\u2028", "\ud800"])
def test_no_text_holds_signs_that_nobody_sees(place: Town, sign: str) -> None:
    case = place.until("submit")

    with refused("text-hidden"):
        place.act(OWNER, "withdraw", case, reason=f"It is {sign} over.")
    assert place.act(OWNER, "withdraw", case, reason="It is over.\r\n\tFor now.").state == "withdrawn"


def test_a_document_that_a_finding_rests_on_stays_also_when_the_case_was_sent_back(place: Town) -> None:
    case = place.act(OWNER, "add-evidence", place.open(), **LINK)
    case = place.act(OWNER, "submit", place.act(OWNER, "self-assess", case))
    [judged, *_] = place.judgements(case)
    place.act(ASSESSOR, "read-documents", case, judgements=[{**judged, "evidence": ["1"]}])
    place.act(ASSESSOR, "send-back", case, reason=WHY)
    place.act(OWNER, "add-evidence", case, **LINK)

    with refused("evidence-judged"):
        place.act(OWNER, "remove-evidence", case, number="1")
    assert place.act(OWNER, "remove-evidence", case, number="2").acts[-1].name == "remove-evidence"


def test_no_act_holds_more_answers_than_any_standard_asks_for(place: Town) -> None:
    case = place.open()
    answer = {"use": str(place.standard(case).uses[0].iri), "claim": "met"}

    with refused("details-wrong"):
        place.act(OWNER, "self-assess", case, answers=[answer] * 1_001)
