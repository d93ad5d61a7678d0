"""Which pages are asked for, and when a member's turn has come."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from federation.follow.bookmark import Bookmark, Key, read_key
from federation.follow.frontier import Frontier
from federation.follow.member import Member
from federation.follow.page import Lead, Page
from federation.follow.profile import Profile
from registry.ledger import Happening

PROFILE = Profile("a:stream", "a:order", None)


def member(key: Key) -> Member:
    """A member at a place of the stream."""
    return Member(f"a:{key}", key, "a:a", Happening.ACCEPTED)


def page(*keys: int, leads: tuple[Lead, ...] = ()) -> Page:
    """A page with members at these places, which leads on."""
    return Page(PROFILE, leads, tuple(map(member, keys)), ())


def asked(bookmark: Bookmark, *leads: Lead, in_a_row: bool = True) -> list[str]:
    """Tell which pages are asked for, in order."""
    frontier = Frontier(bookmark, in_a_row=in_a_row)
    frontier.begin(page(leads=leads))
    found = []
    while not frontier.is_at_end:
        found.append(frontier.next().address)
    return found


def bookmark(after: Key, **more: tuple[str, ...]) -> Bookmark:
    """A bookmark in the stream of these tests."""
    return Bookmark("a:stream", after, **more)


ROW = tuple(Lead(f"a:{low}", low) for low in (21, 1, 11))


def test_pages_in_a_row_are_asked_for_in_order_and_not_those_of_the_past() -> None:
    assert asked(Bookmark(), *ROW) == ["a:1", "a:11", "a:21"]
    assert asked(bookmark(9), *ROW) == ["a:1", "a:11", "a:21"]
    assert asked(bookmark(10), *ROW) == ["a:11", "a:21"]
    assert asked(bookmark(30), *ROW) == ["a:21"]


def test_a_page_that_was_missed_is_asked_for_again() -> None:
    assert asked(bookmark(30, missed=("1",)), *ROW) == ["a:1", "a:21"]


def test_a_stream_with_another_name_is_read_from_its_beginning() -> None:
    assert asked(Bookmark("a:other", 30), *ROW) == ["a:1", "a:11", "a:21"]


def test_pages_that_do_not_lie_in_a_row_end_where_they_say() -> None:
    leads = (Lead("a:open"), Lead("a:past", None, 5), Lead("a:edge", None, 10), Lead("a:next", 10))

    assert asked(bookmark(10), *leads, in_a_row=False) == ["a:edge", "a:open", "a:next"]


def test_a_page_is_asked_for_once_though_many_lead_to_it() -> None:
    assert asked(Bookmark(), Lead("a:a"), Lead("a:a", 3), in_a_row=False) == ["a:a"]


def test_a_page_without_a_beginning_begins_where_the_one_before_it_does() -> None:
    frontier = Frontier(Bookmark(), in_a_row=False)
    frontier.begin(page(leads=(Lead("a:a", 5),)))
    lead = frontier.next()
    frontier.add(page(4, 5, leads=(Lead("a:b"),)), lead)

    assert [one.key for one in frontier.ready()] == [4]
    assert frontier.floor == 5


@given(st.lists(st.lists(st.integers(0, 50), max_size=5), min_size=1, max_size=6), st.randoms())
def test_members_come_in_order_whatever_the_order_of_the_pages(
    pages: list[list[int]], random: object
) -> None:
    keys = [key for one in pages for key in one]
    known = {f"a:page-{number}": one for number, one in enumerate(pages)}
    frontier = Frontier(Bookmark(), in_a_row=False)
    frontier.begin(page(leads=tuple(Lead(name, min(one, default=None)) for name, one in known.items())))

    found = [one.key for one in frontier.ready()]
    while not frontier.is_at_end:
        lead = frontier.next()
        frontier.add(page(*known[lead.address]), lead)
        found += [one.key for one in frontier.ready()]

    assert found == sorted(found)
    assert set(found) == set(keys)


def test_a_moment_is_a_key_wherever_it_was() -> None:
    assert read_key("2026-11-22T10:00:00+01:00") == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert read_key("2026-11-22") == datetime(2026, 11, 22, tzinfo=UTC)
    assert read_key("-5") is None
    assert read_key("9" * 5000) is None
