"""The rhythm of a source: soon after a failure, then less and less often, and never all at once."""

from datetime import UTC, datetime, timedelta

import pytest

from federation.notebook import Note
from federation.rhythm import again, is_full_turn, next_visit

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHANCES = [number / 100 for number in range(101)]


def test_visits_are_spread_around_the_usual_time() -> None:
    waits = [next_visit(NOW, 24, chance) - NOW for chance in CHANCES]

    assert min(waits) >= 21 * HOUR
    assert max(waits) <= 27 * HOUR
    assert len(set(waits)) == len(CHANCES)


def test_what_is_to_be_confirmed_comes_first() -> None:
    assert next_visit(NOW, 24, 0.5, [NOW + 3 * HOUR]) == NOW + 3 * HOUR
    assert next_visit(NOW, 24, 0.5, [NOW - HOUR]) == NOW
    assert next_visit(NOW, 1, 0.5, [NOW + 3 * HOUR]) == NOW + HOUR


@pytest.mark.parametrize("hours", [0.1, 1, 24, 24 * 30])
def test_what_fails_is_tried_less_and_less_often_and_never_less_than_usual(hours: float) -> None:
    waits = [again(NOW, hours, 0.5, failures) - NOW for failures in range(1, 200)]

    assert waits == sorted(waits)
    assert waits[0] == min(timedelta(minutes=15), timedelta(hours=hours))
    assert waits[-1] == timedelta(hours=hours)


def test_a_server_is_left_alone_as_long_as_it_asks_up_to_a_week() -> None:
    assert again(NOW, 24, 0.5, 1, wait=3 * 3600) - NOW == 3 * HOUR
    assert again(NOW, 24, 0.5, 1, wait=1) - NOW == timedelta(minutes=15)
    assert again(NOW, 24, 0.5, 1, wait=1e9) - NOW == timedelta(days=7)


def test_every_source_is_read_in_full_once_a_week_each_at_its_own_moment() -> None:
    notes = [Note(f"https://buddy.example/{number}", read=NOW) for number in range(100)]

    due = [sum(is_full_turn(note, NOW + day * timedelta(days=0.1)) for note in notes) for day in range(71)]

    assert (due[55], due[70]) == (0, 100)
    assert 10 < due[63] < 90
    assert is_full_turn(Note("https://buddy.example/new"), NOW)
