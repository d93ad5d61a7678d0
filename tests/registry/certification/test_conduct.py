"""The way of a case from an application to a label and to its end."""

from datetime import date, timedelta

import pytest

from registry.certification.life.case import Case
from registry.errors import KoepelError
from registry.ledger import Happening
from tests.registry.certification.town import (
    ASSESSOR,
    BASIC,
    BODY,
    BOTH,
    DECIDER,
    LANTERN,
    ORGANISATION,
    OWNER,
    PLUS,
    PROJECT,
    SECOND,
    SOURCE,
    START,
    Town,
    example,
    refused,
)

YEAR = timedelta(days=365)


def replaced(place: Town, case: Case) -> str:
    """Tell the state of another case today."""
    return place.desk.case(case.iri).state


def test_a_case_goes_all_the_way_to_a_label(place: Town) -> None:
    case = place.until("grant")

    assert (case.state, case.organisation, case.in_force) == ("awarded", ORGANISATION, True)
    assert case.label is not None
    assert (case.label.subject, case.label.level, case.label.version) == (PROJECT, BASIC, "1.0.0")
    assert (case.label.valid_from, case.label.expires) == (START, date(2029, 3, 2))


def test_a_grant_freezes_what_was_assessed_and_how(place: Town) -> None:
    label = place.until("grant").label

    assert label is not None
    assert (label.source, label.digest) == (SOURCE, example("complete-project").digest)
    assert (label.assessed, label.standard) == (START, "cms")
    told = {(one["mode"], one["trust"]) for one in label.outcomes.values()}
    assert told >= {("machine", "self-declared"), ("person", "auditor-confirmed")}
    assert 0 <= label.index < 131_072


def test_every_act_says_who_acted_for_whom_and_how(place: Town) -> None:
    case = place.until("grant")

    acts = [event for event in place.home.ledger.acts() if event.happening is Happening.ACTED]
    assert [event.source for event in acts] == [case.iri] * 7
    assert (acts[0].actor, acts[0].behalf, acts[0].via) == (OWNER.account, ORGANISATION, "session")
    assert (acts[-1].actor, acts[-1].behalf) == (DECIDER.account, BODY)


def test_what_is_sent_back_is_mended_and_handed_in_again(place: Town) -> None:
    case = place.until("read-documents")

    place.act(ASSESSOR, "send-back", case, reason="The training is not described.")
    again = place.act(OWNER, "submit", place.act(OWNER, "self-assess", case))

    states = [state for _, state in again.states]
    assert states == ["draft", "self-assessed", "applied", "documents-read", "self-assessed", "applied"]


def test_an_applicant_may_withdraw(place: Town) -> None:
    case = place.act(OWNER, "withdraw", place.until("submit"))

    assert case.state == "withdrawn"
    assert place.open().state == "draft"  # and apply again


def test_the_state_at_any_past_day_can_be_asked(place: Town) -> None:
    case = place.until("grant")
    place.clock.day = date(2027, 5, 4)
    place.act(DECIDER, "suspend", case, reason="There is no coordinator.")
    place.clock.day = date(2029, 6, 1)

    days = (date(2026, 3, 1), START, date(2027, 5, 3), date(2027, 5, 4), date(2029, 3, 2), date(2029, 3, 3))
    states = [(found := place.desk.caseload().case(case.iri, day)) and found.state for day in days]

    assert states == [None, "awarded", "awarded", "suspended", "suspended", "expired"]


def test_a_label_is_suspended_reinstated_and_extended(place: Town) -> None:
    case = place.until("grant")

    suspended = place.act(DECIDER, "suspend", case, reason="There is no coordinator.")
    back = place.act(DECIDER, "reinstate", case, reason="There is one again.")
    longer = place.act(DECIDER, "extend", case, reason="The audit is later.", expires="2029-09-30")

    assert [one.in_force for one in (suspended, back, longer)] == [False, True, True]
    assert longer.label is not None
    assert (longer.state, longer.label.expires) == ("extended", date(2029, 9, 30))


@pytest.mark.parametrize(
    ("start", "end"), [(date(2028, 2, 29), date(2031, 2, 28)), (START, date(2029, 3, 2))]
)
def test_a_label_of_29_february_ends_on_28_february(place: Town, start: date, end: date) -> None:
    place.clock.day = start

    case = place.until("grant")

    assert case.label is not None
    assert case.label.expires == end
    assert [found and found.in_force for found in (case.on(end), case.on(end + timedelta(days=1)))] == [
        True,
        False,
    ]


def test_a_renewal_takes_the_place_of_the_label_before_it(place: Town) -> None:
    first = place.until("grant")
    place.clock.day = START + 2 * YEAR

    second = place.until("grant", renews=first.number)

    assert (second.state, replaced(place, first)) == ("renewed", "replaced")
    last = place.home.ledger.acts()[-2:]
    assert last[0].time == last[1].time  # written in one step


def test_a_higher_level_is_an_upgrade(place: Town) -> None:
    first = place.until("grant")

    second = place.until("grant", renews=first.number, level=PLUS)

    assert (second.state, replaced(place, first)) == ("upgraded", "replaced")


def test_a_label_can_be_renewed_late(place: Town) -> None:
    first = place.until("grant")
    place.clock.day = START + 4 * YEAR

    second = place.until("grant", renews=first.number)

    assert (second.state, replaced(place, first)) == ("renewed", "expired")


def test_neither_late_nor_early_renewals_move_years_that_count_from_the_first_award(place: Town) -> None:
    place.adopt(
        LANTERN.replace("koepel:appealDays 30", "koepel:countsFromFirstAward true ; koepel:appealDays 30")
    )
    first = place.until("grant")
    place.clock.day = date(2029, 9, 1)
    second = place.until("grant", renews=first.number)
    place.clock.day = date(2032, 1, 15)

    third = place.until("grant", renews=second.number)

    ends = [case.label and case.label.expires for case in (first, second, third)]
    assert ends == [date(2029, 3, 2), date(2032, 3, 2), date(2035, 3, 2)]


def test_a_new_label_can_begin_when_the_old_one_has_run_out(place: Town) -> None:
    first = place.until("grant")
    place.clock.day = date(2029, 1, 15)
    case = place.until("recommend", renews=first.number)

    with refused("term-overlaps"):
        place.act(DECIDER, "grant", case, valid_from="2029-03-02")
    granted = place.act(DECIDER, "grant", case, valid_from="2029-03-03")

    assert (granted.in_force, replaced(place, first)) == (False, "awarded")
    assert granted.on(date(2029, 3, 3)) is not None
    place.clock.day = date(2029, 3, 3)
    assert [place.desk.case(one.iri).in_force for one in (first, granted)] == [False, True]


def test_an_overturned_revocation_gives_the_label_another_place_in_the_status_list(place: Town) -> None:
    case = place.until("grant")
    place.act(DECIDER, "revoke", case, reason="The training is not held.")
    place.act(OWNER, "appeal", case, reason="It is held.")

    back = place.act(SECOND, "overturn", case, reason="It is held indeed.")

    assert case.label is not None
    assert back.label is not None
    assert (back.state, back.in_force) == ("awarded", True)
    assert back.label.index != case.label.index


def test_a_label_that_comes_back_makes_way_for_the_one_granted_meanwhile(place: Town) -> None:
    old = place.until("grant")
    place.act(DECIDER, "revoke", old, reason="The training is not held.")
    new = place.until("grant")
    place.act(OWNER, "appeal", old, reason="It is held.")

    back = place.act(SECOND, "overturn", old, reason="It is held indeed.")

    assert (back.state, replaced(place, new)) == ("replaced", "awarded")


def test_an_overturned_refusal_can_be_granted(place: Town) -> None:
    case = place.until("recommend")
    place.act(DECIDER, "refuse", case, reason="Too little.")
    place.act(OWNER, "appeal", case, reason="It is enough.")
    place.act(SECOND, "overturn", case, reason="It is enough.")

    assert place.act(DECIDER, "grant", case).state == "awarded"


def test_an_adopted_change_of_a_scheme_changes_no_case_that_was_handed_in(place: Town) -> None:
    case = place.until("recommend")
    place.adopt(LANTERN.replace("koepel:validityMonths 36", "koepel:validityMonths 12"))

    label = place.act(DECIDER, "grant", case).label

    assert label is not None
    assert label.expires == date(2029, 3, 2)
    later = place.until("grant", renews=case.number).label
    assert later is not None
    assert later.expires == date(2027, 3, 2)


def test_conditions_leave_open_what_is_to_be_mended(place: Town) -> None:
    case = place.until("read-documents")
    [first, *rest] = place.judgements(case)
    place.audit(case, judgements=[{**first, "outcome": "not-met"}, *rest])
    asked = {"text": "Write the list of helpers.", "due": "2026-09-01", "uses": [first["use"]]}
    place.act(ASSESSOR, "recommend", case, level=BASIC, conditions=[asked])

    granted = place.act(DECIDER, "grant", case)
    met = place.act(ASSESSOR, "meet-condition", case, number=1)

    assert granted.label is not None
    assert met.label is not None
    assert [one.met for label in (granted.label, met.label) for one in label.conditions] == [None, START]


def test_nothing_is_written_when_something_is_refused(place: Town) -> None:
    case = place.until("recommend")
    before = place.home.ledger.position()

    with pytest.raises(KoepelError):
        place.act(BOTH, "refuse", case)

    assert place.home.ledger.position() == before
