"""What is due by when, for whom."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from registry.account.actor import ANYBODY, Actor, Grant, Role, Scope
from registry.certification.life.act import Act
from registry.certification.outlook.calendar import Due, Kind, dues
from registry.ledger import Event, Happening
from registry.scheme.scheme import Authority
from registry.validation.standard import Library, Version, load_library
from tests.registry.certification.dated import (
    BODY,
    CERTIFIER,
    OTHER_BODY,
    OWNER,
    SCHEME,
    STRANGER,
    act,
    caseload,
    labelled,
    opened,
    scheme,
    way,
)

TODAY = date(2026, 11, 22)
MENDED = ({"text": "Name a coordinator.", "due": "2026-12-24", "uses": []},)


def listed(found: tuple[Due, ...], kind: Kind) -> list[tuple[str, str]]:
    return [(due.day.isoformat(), due.about) for due in found if due.kind is kind]


def test_a_label_ends_on_its_last_day_and_reminds_twelve_six_and_three_months_before() -> None:
    found = dues(caseload(labelled()), TODAY)

    assert listed(found, Kind.LABEL) == [("2028-02-29", "")]
    assert listed(found, Kind.RENEWAL) == [("2027-02-28", "12"), ("2027-08-29", "6"), ("2027-11-29", "3")]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2027, 2, 27), ["12", "6", "3"]),
        (date(2027, 8, 28), ["12", "6", "3"]),
        (date(2027, 8, 29), ["6", "3"]),
        (date(2028, 2, 29), ["3"]),
        (date(2028, 3, 1), []),
    ],
    ids=["before", "last-day-of-the-first", "second", "last-day", "over"],
)
def test_a_reminder_stays_until_the_next_one(day: date, left: list[str]) -> None:
    assert [about for _, about in listed(dues(caseload(labelled()), day), Kind.RENEWAL)] == left


def test_an_extension_moves_the_end_and_the_reminders() -> None:
    extended = labelled(act("extend", "2026-05-01", expires="2028-12-31"))
    before, after = (dues(caseload(acts), TODAY) for acts in (labelled(), extended))

    assert listed(after, Kind.LABEL) == [("2028-12-31", "")]
    assert [due.key for due in before] == [due.key for due in after]
    assert [due.revision for due in before] == [0] * 4
    assert [(due.revision, due.touched) for due in after] == [(1, datetime(2026, 5, 1, 9, tzinfo=UTC))] * 4


@pytest.mark.parametrize(
    "ending", [act("revoke", "2026-06-01"), act("replace", "2026-06-01")], ids=["revoked", "replaced"]
)
def test_what_ended_before_its_day_is_no_longer_due_and_a_calendar_says_so(ending: Act) -> None:
    cases = caseload(labelled(ending, conditions=MENDED))
    closed = dues(cases, TODAY, closed=True)

    assert {due.kind for due in dues(cases, TODAY)} <= {Kind.APPEAL}
    assert {due.kind for due in closed if due.cancelled} == {Kind.LABEL, Kind.RENEWAL, Kind.CONDITION}


def test_a_label_that_ran_out_is_over_and_not_cancelled() -> None:
    closed = dues(caseload(labelled()), date(2029, 1, 1), closed=True)

    assert [(due.kind, due.cancelled) for due in closed] == [(Kind.LABEL, False)]
    assert dues(caseload(labelled()), date(2029, 1, 1)) == ()


def test_a_suspended_label_still_ends() -> None:
    found = dues(caseload(labelled(act("suspend", "2026-11-01"))), TODAY)

    assert listed(found, Kind.LABEL) == [("2028-02-29", "")]
    assert listed(found, Kind.APPEAL) == [("2026-12-01", "1")]


def test_nobody_is_reminded_who_has_applied_again() -> None:
    again = [
        opened("2026-11-01", "2", renews="https://register.example/case/1"),
        act("self-assess", "2026-11-02", "2"),
    ]
    drafted, applied = (
        caseload([*labelled(), *again, *more]) for more in ([], [act("submit", "2026-11-03", "2")])
    )

    assert len(listed(dues(drafted, TODAY), Kind.RENEWAL)) == 3
    assert listed(dues(applied, TODAY), Kind.RENEWAL) == []
    assert len(listed(dues(applied, TODAY), Kind.LABEL)) == 1


def test_a_condition_is_due_until_it_is_met_and_also_after_its_day() -> None:
    asked = labelled(conditions=MENDED)
    met = [*asked, act("meet-condition", "2026-11-20", number=1)]

    assert listed(dues(caseload(asked), TODAY), Kind.CONDITION) == [("2026-12-24", "1")]
    assert listed(dues(caseload(asked), date(2027, 1, 5)), Kind.CONDITION) == [("2026-12-24", "1")]
    assert listed(dues(caseload(met), TODAY), Kind.CONDITION) == []


def document(number: str, dated: str, *supports: str) -> Act:
    told: dict[str, Any] = {"number": number, "title": "Secret", "dated": dated, "supports": [*supports]}
    told |= {"kind": "link", "address": "", "media_type": "", "digest": "", "confidential": True}
    return act("add-evidence", "2025-02-02", **told)


def test_evidence_gets_too_old_unless_a_newer_document_speaks_for_the_same() -> None:
    acts = labelled()
    acts[4:4] = [document("e1", "2024-06-30", "urn:a"), document("e2", "2024-12-31", "urn:b")]
    newer = [*acts, document("e3", "2026-10-01", "urn:b", "urn:c")]

    assert listed(dues(caseload(acts), TODAY), Kind.EVIDENCE) == [("2026-06-30", "e1"), ("2026-12-31", "e2")]
    assert listed(dues(caseload(newer), TODAY), Kind.EVIDENCE) == [("2026-06-30", "e1"), ("2028-10-01", "e3")]


def test_where_a_scheme_says_nothing_of_age_no_evidence_gets_old() -> None:
    acts = [*labelled(), document("e1", "2020-01-01")]

    assert listed(dues(caseload(acts, scheme(evidence_months=None)), TODAY), Kind.EVIDENCE) == []


def test_an_appeal_may_come_in_until_its_last_day() -> None:
    refused = [*way(), act("refuse", "2026-11-01")]
    appealed = [*refused, act("appeal", "2026-11-10")]

    assert listed(dues(caseload(refused), date(2026, 12, 1)), Kind.APPEAL) == [("2026-12-01", "1")]
    assert dues(caseload(refused), date(2026, 12, 2)) == ()
    assert dues(caseload(appealed), TODAY) == ()
    assert dues(caseload(refused, scheme(appeal_days=0)), TODAY) == ()


def test_a_body_is_told_when_its_mandate_ends_and_no_other() -> None:
    mandates = scheme(authorities=(Authority(BODY, None, date(2027, 1, 1)), Authority(OTHER_BODY)))
    adopted = Event(SCHEME, Happening.ADOPTED, time=datetime(2026, 1, 1, tzinfo=UTC))
    known = replace(caseload([], mandates), events=(adopted,))

    assert [(due.day, due.touched) for due in dues(known, TODAY, actor=CERTIFIER)] == [
        (date(2027, 1, 1), adopted.time)
    ]
    assert dues(known, TODAY, actor=OWNER) == dues(known, TODAY, actor=ANYBODY) == ()
    assert dues(known, date(2027, 1, 2), actor=CERTIFIER) == ()


def coming() -> Library:
    library = load_library()
    versions = (Version("1.0.0"), Version("2.0.0", date(2026, 11, 1), date(2027, 7, 1)))
    return replace(library, standards={"cms": replace(library.standards["cms"], versions=versions)})


def test_a_version_that_was_announced_is_due_on_the_day_from_which_it_counts() -> None:
    known = caseload(labelled())

    assert listed(dues(known, TODAY, library=coming()), Kind.STANDARD) == [("2027-07-01", "2.0.0")]
    assert listed(dues(known, date(2026, 10, 31), library=coming()), Kind.STANDARD) == []
    assert listed(dues(known, date(2027, 7, 1), library=coming()), Kind.STANDARD) == []


def test_everybody_sees_the_end_of_a_label_and_only_the_parties_more() -> None:
    known = caseload([*labelled(conditions=MENDED), document("e1", "2025-01-01")])
    seen = {
        actor: {due.kind for due in dues(known, TODAY, actor=actor)}
        for actor in (CERTIFIER, OWNER, STRANGER, ANYBODY)
    }

    assert seen[CERTIFIER] == seen[OWNER] == {Kind.LABEL, Kind.RENEWAL, Kind.CONDITION, Kind.EVIDENCE}
    assert seen[STRANGER] == set()
    assert seen[ANYBODY] == {Kind.LABEL}


def test_a_refusal_is_nobodys_business() -> None:
    assert dues(caseload([*way(), act("refuse", "2026-11-01")]), TODAY, actor=ANYBODY) == ()


def test_a_token_that_may_not_read_sees_nothing() -> None:
    for scope, count in ((Scope.OPERATE, 0), (Scope.DECIDE, 4), (Scope.READ, 4)):
        actor = Actor("urn:c", frozenset({Grant(Role.DECIDER, BODY)}), "token:1", frozenset({scope}))

        assert len(dues(caseload(labelled()), TODAY, actor=actor)) == count


def test_one_can_look_a_few_months_ahead() -> None:
    known = caseload(labelled(conditions=MENDED))

    assert [due.kind for due in dues(known, TODAY, 2)] == [Kind.CONDITION]
    assert [due.kind for due in dues(known, TODAY, 4)] == [Kind.CONDITION, Kind.RENEWAL]
