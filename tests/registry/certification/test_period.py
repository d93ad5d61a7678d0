"""The life of a label is a row of periods that says the same as its case on every day."""

from datetime import date, timedelta

import pytest

from registry.certification.life.case import Case
from registry.certification.life.caseload import read_caseload
from registry.certification.life.period import periods
from registry.ledger import Ledger
from tests.registry.certification.acting import CASE, act, apply, award

TODAY = date(2026, 11, 22)


def case(ledger: Ledger, day: date = TODAY) -> Case:
    found = read_caseload(ledger, ledger.position()).case(CASE, day)
    assert found is not None
    return found


@pytest.fixture
def ledger() -> Ledger:
    """A ledger with a label from March 2024 to February 2027."""
    opened = Ledger.open("sqlite://")
    apply(opened, "2024-02-01")
    award(opened, "2024-03-01", "2027-02-28")
    return opened


def told(ledger: Ledger, day: date = TODAY) -> list[tuple[str, str, str, bool]]:
    return [(one.state, str(one.start), str(one.end), one.in_force) for one in periods(case(ledger, day))]


def test_an_application_has_no_periods() -> None:
    ledger = Ledger.open("sqlite://")
    apply(ledger, "2024-02-01")

    assert told(ledger) == []


def test_a_label_lasts_until_its_last_day_as_it_stands_now(ledger: Ledger) -> None:
    assert told(ledger) == [("awarded", "2024-03-01", "2027-02-28", True)]
    assert told(ledger, date(2027, 3, 1))[1:] == [("expired", "2027-03-01", "None", False)]


def test_each_act_ends_a_period_the_day_before(ledger: Ledger) -> None:
    act(ledger, "suspend", "2024-05-01", "No coordinator.")
    act(ledger, "reinstate", "2024-06-01")
    act(ledger, "revoke", "2024-07-01")

    assert told(ledger) == [
        ("awarded", "2024-03-01", "2024-04-30", True),
        ("suspended", "2024-05-01", "2024-05-31", False),
        ("awarded", "2024-06-01", "2024-06-30", True),
        ("revoked", "2024-07-01", "None", False),
    ]


def test_of_several_acts_on_a_day_the_last_counts(ledger: Ledger) -> None:
    act(ledger, "suspend", "2024-05-01")
    act(ledger, "reinstate", "2024-05-01")

    assert told(ledger) == [("awarded", "2024-03-01", "2027-02-28", True)]


def test_a_label_that_begins_later_is_not_in_force_before() -> None:
    ledger = Ledger.open("sqlite://")
    apply(ledger, "2026-10-01")
    award(ledger, "2026-11-01", "2029-12-31", valid_from="2027-01-01")

    assert told(ledger) == [("awarded", "2026-11-01", "2026-12-31", False)]
    assert told(ledger, date(2027, 1, 1))[1] == ("awarded", "2027-01-01", "2029-12-31", True)


def test_a_label_may_end_on_the_last_day_of_all() -> None:
    ledger = Ledger.open("sqlite://")
    apply(ledger, "2026-10-01")
    award(ledger, "2026-11-01", "9999-12-31")

    assert told(ledger)[0][:2] == ("awarded", "2026-11-01")


def test_every_day_lies_in_the_period_that_the_case_tells_of(ledger: Ledger) -> None:
    act(ledger, "extend", "2024-03-05", expires="2024-03-20")
    act(ledger, "suspend", "2024-03-10")
    act(ledger, "reinstate", "2024-03-12")
    now = case(ledger, date(2024, 4, 1))

    for number in range(31):
        day = date(2024, 3, 1) + timedelta(number)
        then = now.on(day)
        found = [one for one in periods(now) if one.start <= day and (one.end is None or day <= one.end)]
        assert then is not None
        assert [(one.state, one.in_force) for one in found] == [(then.state, then.in_force)]
