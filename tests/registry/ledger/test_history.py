"""What SQL answers about a history is what one finds by reading the history from its beginning."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.ledger import Event, Happening, Ledger
from tests.registry.ledger.sample import ADDRESS, FIRST, OTHER, SECOND, SOURCE, event, version

KEPT = {one.digest: one for one in map(version, ("one", "two", "three"))}
SOURCES = [f"https://buddy.example/{number}/" for number in range(4)]
HAPPENINGS = [*Happening, *[Happening.ACCEPTED] * 4]
Seen = dict[str, tuple[str | None, str, int | None]]
ADDRESSES = ["", ADDRESS]
DIGESTS = [*KEPT, None]
STEPS = st.builds(Event, *(st.sampled_from(choice) for choice in (SOURCES, HAPPENINGS, ADDRESSES, DIGESTS)))
ROUTINE = {"fetched", "unchanged", "transferred"}
"""What hides nothing that happened to a source before."""
ORGANISATIONAL = {"named", "claimed", "merged"}
CERTIFYING = {"adopted", "acted", "entitled", "keyed"}
HISTORIES = st.lists(STEPS, max_size=30)
POSITIONS = st.integers(0, 30)


def write(history: Iterable[Event], ledger: Ledger | None = None) -> Ledger:
    """Write a history; an erasure is done, and not only written down."""
    ledger = ledger or Ledger.open("sqlite://")
    for one in history:
        if one.happening is not Happening.ERASED:
            ledger.append(one, KEPT.get(one.digest or ""))
        elif any(ledger.events(source=one.source)):
            ledger.erase(one.source, "a reason", "operator")
    return ledger


def until_position(ledger: Ledger, position: int) -> list[Event]:
    """Find the events up to a position, by reading them all."""
    return [one for one in ledger.events() if (one.position or 0) <= position]


def published(events: Iterable[Event]) -> Seen:
    """Find what readers see, by reading event after event."""
    seen = Seen()
    for one in events:
        if one.happening.value in {"withdrawn", "removed", "erased"}:
            seen.pop(one.source, None)
        elif one.happening.value in {"accepted", "released", "restored"} and one.digest:
            seen[one.source] = (one.digest, one.address, one.position)
    return seen


def seen(ledger: Ledger, until: int | None = None) -> Seen:
    """Ask the ledger what readers see."""
    told = ledger.published(until=until)
    return {source: (one.digest, one.address, one.position) for source, one in told.items()}


def registered(events: Iterable[Event]) -> dict[str, str]:
    """Find what is to be visited, by reading event after event."""
    addresses, members = dict[str, str](), set[str]()
    for one in events:
        if one.happening.value in {"registered", "transferred"} and one.address:
            addresses[one.source] = one.address
        if one.happening.value in {"registered", "restored"}:
            members.add(one.source)
        elif one.happening.value in {"removed", "erased"}:
            members.discard(one.source)
    return {source: address for source, address in addresses.items() if source in members}


@settings(deadline=None)
@given(HISTORIES, POSITIONS)
def test_what_is_published_follows_from_the_events(history: list[Event], until: int) -> None:
    ledger = write(history)

    assert seen(ledger, until) == published(until_position(ledger, until))
    assert seen(ledger) == published(ledger.events())
    for source in SOURCES:
        assert ledger.publication(source, until=until) == ledger.published(until=until).get(source)


@settings(deadline=None)
@given(HISTORIES, POSITIONS)
def test_the_status_is_the_last_event_with_news(history: list[Event], until: int) -> None:
    ledger = write(history)

    events = until_position(ledger, until)
    news = [one for one in events if one.happening.value not in ROUTINE | ORGANISATIONAL | CERTIFYING]

    assert ledger.status(until=until) == {one.source: one for one in news}


@settings(deadline=None)
@given(HISTORIES)
def test_who_is_registered_follows_from_the_events(history: list[Event]) -> None:
    ledger = write(history)

    assert ledger.registered() == registered(ledger.events())


@settings(deadline=None)
@given(HISTORIES, POSITIONS, POSITIONS)
def test_what_differs_between_two_positions_is_among_what_changed(
    history: list[Event], one: int, other: int
) -> None:
    ledger, (after, until) = write(history), sorted((one, other))

    before, later = ledger.published(until=after), ledger.published(until=until)

    assert {source for source, _ in before.items() ^ later.items()} <= ledger.changed(after, until)


def test_both_databases_give_the_same_answers(ledger: Ledger) -> None:
    chance = random.Random(7)  # noqa: S311 (only a long history, always the same)
    history = [
        Event(*(chance.choice(choice) for choice in (SOURCES, HAPPENINGS, ADDRESSES, DIGESTS)))
        for _ in range(200)
    ]
    write(history, ledger)

    for until in range(0, ledger.position(), 9):
        assert seen(ledger, until) == published(until_position(ledger, until))
        assert {one for one, _ in seen(ledger, until).items() ^ seen(ledger).items()} <= ledger.changed(until)
    assert ledger.registered() == registered(ledger.events())


@pytest.mark.parametrize("setback", [Happening.REJECTED, Happening.HELD, Happening.UNREACHABLE])
def test_the_last_good_version_stays_after_a_setback(ledger: Ledger, setback: Happening) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.append(event(setback, SECOND, "a reason"), SECOND)

    assert ledger.published()[SOURCE].digest == FIRST.digest
    assert ledger.status()[SOURCE].happening is setback


@pytest.mark.parametrize("ending", [Happening.WITHDRAWN, Happening.REMOVED])
def test_a_source_that_is_gone_can_be_restored(ledger: Ledger, ending: Happening) -> None:
    ledger.append_all([(event(Happening.ACCEPTED, FIRST), FIRST), (event(ending), None)])
    gone = ledger.published()

    ledger.append(event(Happening.RESTORED, FIRST))

    assert gone == {}
    assert ledger.published()[SOURCE].digest == FIRST.digest


def test_a_visit_without_news_does_not_hide_what_happened_before(ledger: Ledger) -> None:
    ledger.append(event(Happening.REJECTED, SECOND, "a reason"), SECOND)
    ledger.append(event(Happening.UNCHANGED, SECOND))

    assert ledger.status()[SOURCE].reason == "a reason"


def test_a_source_is_visited_at_its_last_address_until_it_is_removed(ledger: Ledger) -> None:
    for address in ("https://buddy.example/old.ttl", ADDRESS):
        ledger.append(Event(SOURCE, Happening.REGISTERED, address))
    ledger.append(Event(OTHER, Happening.REGISTERED, ADDRESS))
    ledger.append(Event(OTHER, Happening.REMOVED))

    assert ledger.registered() == {SOURCE: ADDRESS}
