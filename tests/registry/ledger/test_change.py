"""What readers noticed, on both databases."""

import pytest

from registry.ledger import Event, Happening, Ledger
from tests.registry.ledger.sample import FIRST, OTHER, SECOND, SOURCE, event

TERMS = '{"origin": "https://other-registry.example"}'


def noticed(ledger: Ledger) -> list[tuple[int | None, str]]:
    """Give what readers noticed: where, and what."""
    return [(one.event.position, one.event.happening.value) for one in ledger.changes(1, ledger.position())]


def accept_both(ledger: Ledger) -> None:
    """Publish a first version and a second one."""
    ledger.append_all([(event(Happening.ACCEPTED, one), one) for one in (FIRST, SECOND)])


def test_what_is_published_and_what_ends_is_noticed(ledger: Ledger) -> None:
    accept_both(ledger)
    ledger.append_all([(event(one), None) for one in (Happening.FETCHED, Happening.UNREACHABLE)])
    ledger.append(event(Happening.WITHDRAWN))

    assert noticed(ledger) == [(1, "accepted"), (2, "accepted"), (5, "withdrawn")]


@pytest.mark.parametrize("happening", [Happening.WITHDRAWN, Happening.REMOVED])
def test_the_end_of_what_nobody_saw_is_not_noticed(ledger: Ledger, happening: Happening) -> None:
    ledger.append(event(Happening.HELD, FIRST), FIRST)
    ledger.append(event(happening))
    ledger.append(event(Happening.ACCEPTED, SECOND, source=OTHER), SECOND)

    assert noticed(ledger) == [(3, "accepted")]


def test_a_return_without_a_version_is_not_noticed(ledger: Ledger) -> None:
    accept_both(ledger)
    ledger.append(event(Happening.REMOVED))
    ledger.append(event(Happening.RESTORED))

    assert noticed(ledger)[-1] == (3, "removed")


def test_a_change_tells_a_beginning_from_what_goes_on(ledger: Ledger) -> None:
    accept_both(ledger)
    ledger.append(event(Happening.WITHDRAWN))
    ledger.append(event(Happening.ACCEPTED, FIRST))

    changes = ledger.changes(1, 4)
    assert [one.before and one.before.value for one in changes] == [None, "accepted", "accepted", "withdrawn"]
    assert [one.begins for one in changes] == [True, False, False, True]
    assert [one.ends for one in changes] == [False, False, True, False]


def test_a_change_knows_the_terms_of_its_time(ledger: Ledger) -> None:
    ledger.append(Event(SOURCE, Happening.REGISTERED, "https://buddy.example/a"))
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.append(Event(SOURCE, Happening.TRANSFERRED, "https://buddy.example/b", terms=TERMS))
    ledger.append(event(Happening.ACCEPTED, SECOND), SECOND)

    assert [one.terms for one in ledger.changes(1, 4)] == ["", TERMS]


def test_a_change_tells_that_its_text_was_erased_since(ledger: Ledger) -> None:
    accept_both(ledger)
    ledger.erase(SOURCE, "", "operator")
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)

    assert [one.erased for one in ledger.changes(1, 4)] == [True, True, False, False]


def test_the_latest_changes_come_first_and_stop_at_a_position(ledger: Ledger) -> None:
    accept_both(ledger)
    ledger.append(event(Happening.REMOVED))

    assert [one.event.position for one in ledger.latest_changes(2)] == [3, 2]
    assert [one.event.position for one in ledger.latest_changes(5, until=2)] == [2, 1]


def test_the_ledger_is_told_part_by_part_without_those_in_which_nothing_was_noticed(ledger: Ledger) -> None:
    accept_both(ledger)
    ledger.append_all([(event(Happening.FETCHED), None)] * 4)
    ledger.append(event(Happening.REMOVED))

    assert [(one.number, one.first, one.last) for one in ledger.sheets(3)] == [(1, 1, 2), (3, 7, 7)]
    assert [one.number for one in ledger.sheets(3, after=3)] == [3]
    (first, _), times = ledger.sheets(3), [one.time for one in ledger.events()]
    assert (first.start, first.end) == (times[0], times[1])


def test_parts_that_erasures_touched_are_told_with_their_number(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, SECOND, source=OTHER), SECOND)
    accept_both(ledger)
    ledger.erase(SOURCE, "", "operator")
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.erase(SOURCE, "", "operator")

    assert ledger.retouched(2) == {1: 2, 2: 2, 3: 1}
    assert ledger.retouched(2, 3) == {3: 1}
