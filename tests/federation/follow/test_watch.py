"""A stream that takes away a lot at once is held until that has stood for a while, or a person says so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from federation.follow.member import Member
from federation.follow.watch import Watch
from registry.ledger import Event, Happening
from tests.federation.follow.peer import SITE, Peer, opened, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NAMES = tuple(f"project-{number}" for number in range(6))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Peer, Peer]]:
    """Two registries; the second follows the first, which then ends four of its six descriptions."""
    with opened(tmp_path, "first", "second") as (first, second):
        first.describe(*NAMES)
        second.follow(first)
        for name in NAMES[:4]:
            first.end(name, Happening.WITHDRAWN)
        yield first, second


def last_of(first: Peer, second: Peer) -> Event:
    """Tell what was written last about the stream of the first registry."""
    return second.home.ledger.status()[first.address]


def test_a_stream_that_ends_most_of_what_it_brought_is_held(pair: tuple[Peer, Peer]) -> None:
    first, second = pair

    followed = second.follow(first)

    assert len(stated(second)) == 6
    assert followed.event is not None
    assert followed.event.happening is last_of(first, second).happening is Happening.HELD
    assert followed.event.reason.startswith("It ends 4 of the 6 descriptions that it brought.")


def test_the_hold_is_written_once_and_nothing_after_it_is_taken(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.follow(first)
    first.describe("later")
    before = second.home.ledger.position()

    second.follow(first)

    assert second.home.ledger.position() == before


def test_what_has_stood_long_enough_is_believed(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.follow(first)
    second.pass_hours(13)

    second.follow(first)

    assert stated(second) == stated(first)
    assert last_of(first, second).happening is Happening.ACCEPTED


def test_a_person_may_let_it_pass(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.follow(first)
    second.home.ledger.append(Event(first.address, Happening.RELEASED, first.address, actor="operator"))

    second.follow(first)

    assert stated(second) == stated(first)


def test_whoever_begins_to_follow_gets_what_was_before_without_being_held(
    pair: tuple[Peer, Peer], tmp_path: Path
) -> None:
    first, _ = pair

    with opened(tmp_path, "third") as (third,):
        followed = third.follow(first)

        assert followed.counts == {"accepted": 6, "withdrawn": 4}
        assert stated(third) == stated(first)


def member(name: str, happening: Happening, hours: float = 1) -> Member:
    """A member that tells of something that happened some hours ago."""
    space = f"{SITE}/{name}"
    return Member(f"{space}-member", 1, space, happening, NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("members", "is_held"),
    [
        ([member("0", Happening.REMOVED), member("1", Happening.ERASED)], True),
        ([member("0", Happening.REMOVED)], False),
        ([member("0", Happening.REMOVED), member("1", Happening.ERASED, hours=13)], False),
        (
            [member("0", Happening.REMOVED), member("0", Happening.RESTORED), member("1", Happening.ERASED)],
            False,
        ),
        ([member(str(number), Happening.WITHDRAWN) for number in range(5, 9)], False),
    ],
    ids=["two of four", "one", "one long ago", "one is back", "others"],
)
def test_only_what_goes_at_once_and_stays_away_is_counted(members: list[Member], is_held: bool) -> None:
    shown = frozenset(f"{SITE}/{number}" for number in range(4))

    watch = Watch(shown, 0.3, timedelta(hours=12), NOW)

    assert (watch.doubts(members, None) is not None) == is_held


def test_what_went_before_in_the_same_visit_counts_too() -> None:
    watch = Watch(frozenset(f"{SITE}/{number}" for number in range(4)), 0.3, timedelta(hours=12), NOW)

    assert watch.doubts([member("0", Happening.REMOVED)], None) is None
    assert watch.doubts([member("1", Happening.REMOVED)], None) is not None


def test_two_visits_at_the_same_time_write_everything_once(tmp_path: Path) -> None:
    with opened(tmp_path, "first", "second") as (first, second), ThreadPoolExecutor(2) as visitors:
        first.describe(*NAMES)
        second.follow(first)
        first.describe(*NAMES, title="Two")

        list(visitors.map(lambda _: second.follow(first), range(2)))

        told = [one for one in second.home.ledger.events() if one.happening is Happening.ACCEPTED and one.via]
        assert len(told) == 12
        assert stated(second) == stated(first)
