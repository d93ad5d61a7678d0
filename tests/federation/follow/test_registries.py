"""Registries that follow each other: they end with the same texts, whatever comes in between."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from registry.doctor import examine
from registry.ledger import Event, Happening
from registry.validation.standard import load_library
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.follow.peer import SITE, Peer, UnluckyFetcher, opened, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = tuple(f"project-{number}" for number in range(5))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Peer, Peer]]:
    """Two registries; the first has five descriptions, of which readers see four now."""
    with opened(tmp_path, "first", "second") as (first, second):
        first.describe(*NAMES)
        first.describe("project-1", title="Two")
        first.end("project-2", Happening.WITHDRAWN)
        yield first, second


def reasons(peer: Peer, happening: Happening) -> list[tuple[str, str]]:
    """List what happened so, with the reasons."""
    told = (one for one in peer.home.ledger.events() if one.happening is happening)
    return [(one.source.removeprefix(f"{SITE}/"), one.reason) for one in told]


def changes(peer: Peer) -> Counter[tuple[str, str, str | None]]:
    """Count what happened to each source that came through a stream."""
    return Counter((one.source, one.happening, one.digest) for one in peer.home.ledger.events() if one.via)


def test_a_registry_ends_with_the_texts_of_the_one_that_it_follows(pair: tuple[Peer, Peer]) -> None:
    first, second = pair

    followed = second.follow(first)

    assert (len(stated(first)), stated(second)) == (4, stated(first))
    assert followed.counts == {"accepted": 6, "withdrawn": 1}
    assert reasons(second, Happening.WITHDRAWN) == [("project-2", "The project has ended.")]


def test_where_nothing_is_new_nothing_is_written_and_one_page_is_read(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.follow(first)
    before = second.home.ledger.position()

    followed = second.follow(first)

    assert (followed.counts, followed.requests) == ({}, 2)
    assert second.home.ledger.position() == before


def test_whoever_is_interrupted_at_any_request_loses_and_doubles_nothing(
    pair: tuple[Peer, Peer], tmp_path: Path
) -> None:
    first, second = pair
    undisturbed = second.follow(first).requests

    with opened(tmp_path, "third") as (third,):
        visits = [third.follow(first, UnluckyFetcher(3)) for _ in range(undisturbed)]
        assert [visit.error is None for visit in visits] == [False] * (undisturbed - 2) + [True] * 2
        assert stated(third) == stated(first)
        assert changes(third) == changes(second)


@pytest.mark.parametrize("failing", range(1, 5))
def test_a_page_that_does_not_come_ends_the_visit_and_the_next_goes_on(
    pair: tuple[Peer, Peer], failing: int
) -> None:
    first, second = pair

    broken_off = second.follow(first, UnluckyFetcher(failing))
    followed = second.follow(first)

    assert broken_off.error is not None
    assert broken_off.error.code == "fetch-failed"
    assert broken_off.counts + followed.counts == {"accepted": 6, "withdrawn": 1}
    assert stated(second) == stated(first)


def test_what_is_removed_or_comes_back_is_so_at_the_other_one_too(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.follow(first)
    first.end("project-3", Happening.REMOVED, "It was no project.")
    first.describe("project-2")

    second.follow(first)

    assert reasons(second, Happening.REMOVED) == [("project-3", "It was no project.")]
    assert stated(second) == stated(first)
    assert f"{SITE}/project-3" not in second.home.ledger.registered()


def test_an_erasure_destroys_the_bytes_at_the_other_one_too_and_the_doctor_finds_nothing(
    pair: tuple[Peer, Peer],
) -> None:
    first, second = pair
    first.accept(f"{SITE}/secret", text("secret", "Topsecret"))
    second.follow(first)
    second.publish()
    assert _holds(second, b"secret")
    first.home.ledger.erase(f"{SITE}/secret", "The law asks for it.", "operator")

    second.follow(first)
    second.publish()

    assert stated(second) == stated(first)
    assert reasons(second, Happening.ERASED) == [("secret", "The law asks for it.")]
    assert not _holds(second, b"Topsecret")
    assert examine(second.home, load_library()).clean


def _holds(peer: Peer, words: bytes) -> bool:
    """Tell whether words stand in any file of a registry, packed or not."""
    texts = [peer.home.ledger.version(digest).original for digest in stated(peer).values()]
    files = [path.read_bytes() for path in peer.home.folder.rglob("*") if path.is_file()]
    return any(words in one for one in (*texts, *files))


def test_who_comes_later_gets_no_text_that_was_erased_before(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    first.home.ledger.erase(f"{SITE}/project-1", "The law asks for it.", "operator")

    followed = second.follow(first)

    assert (followed.counts["bare"], followed.counts["erased"]) == (2, 0)
    assert stated(second) == stated(first)


def test_two_registries_that_follow_each_other_send_nothing_back(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.describe("of-the-second")
    for _ in range(2):
        second.follow(first)
        first.follow(second)
    before = first.home.ledger.position(), second.home.ledger.position()

    second.follow(first)
    first.follow(second)

    assert (first.home.ledger.position(), second.home.ledger.position()) == before
    assert stated(first) == stated(second)
    assert len(stated(first)) == 5


def test_a_third_registry_that_follows_both_has_each_text_once(
    pair: tuple[Peer, Peer], tmp_path: Path
) -> None:
    first, second = pair
    second.describe("of-the-second")
    second.follow(first)
    first.follow(second)

    with opened(tmp_path, "third") as (third,):
        third.follow(first)
        followed = third.follow(second)
        first.describe("project-0", title="Changed")
        second.follow(first)
        third.follow(second)
        third.follow(first)

        assert followed.counts["elsewhere"] == 8
        assert stated(third) == stated(first) == stated(second)
        accepted = [one for one in third.home.ledger.events(source=f"{SITE}/project-0") if one.digest]
        assert [one.happening for one in accepted] == [Happening.ACCEPTED] * 2


def test_what_is_registered_here_by_itself_is_not_taken_from_a_stream(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    second.describe("project-0", title="Own")

    followed = second.follow(first)

    assert followed.counts["elsewhere"] == 1
    assert stated(second)[f"{SITE}/project-0"] != stated(first)[f"{SITE}/project-0"]


@pytest.mark.parametrize("own", [SITE, f"{SITE}/project-0/team"])
def test_what_lies_within_or_around_a_source_of_ours_is_not_taken(pair: tuple[Peer, Peer], own: str) -> None:
    first, second = pair
    second.home.ledger.append(Event(own, Happening.REGISTERED, f"{own}.ttl"))

    second.follow(first)

    assert f"{SITE}/project-0" not in stated(second)


@pytest.mark.parametrize("ending", [Happening.REMOVED, Happening.ERASED])
def test_what_this_registry_has_ended_itself_does_not_come_back(
    pair: tuple[Peer, Peer], ending: Happening
) -> None:
    first, second = pair
    second.follow(first)
    if ending is Happening.ERASED:
        second.home.ledger.erase(f"{SITE}/project-0", "", "operator")
    else:
        second.end("project-0", ending)
    first.describe("project-0", title="Again")

    assert second.follow(first).counts == {"ended": 1}
    assert f"{SITE}/project-0" not in stated(second)


def test_a_doubt_that_a_person_has_settled_counts_as_settled(pair: tuple[Peer, Peer]) -> None:
    first, second = pair
    for name, happening in (("doubtful", Happening.ACCEPTED), ("settled", Happening.RELEASED)):
        first.accept(f"{SITE}/{name}", text(name, more=AUDIENCE + PRIVATE_MAILBOX), happening)

    second.follow(first)

    status = second.home.ledger.status()
    assert status[f"{SITE}/doubtful"].happening is Happening.HELD
    assert status[f"{SITE}/settled"].happening is Happening.RELEASED
    assert status[f"{SITE}/settled"].reason == f"A person at {first.address} let this text in."


def test_what_does_not_pass_here_is_told_at_its_own_source_and_stops_nothing(
    pair: tuple[Peer, Peer],
) -> None:
    first, second = pair
    untitled = text("unfinished").replace(b'dct:title "Fictitious project One"@en ;', b"")
    first.accept(f"{SITE}/unfinished", untitled)
    first.describe("after")

    followed = second.follow(first)

    assert followed.counts["rejected"] == 1
    assert f"{SITE}/after" in stated(second)
    (told,) = reasons(second, Happening.REJECTED)
    assert told[0] == "unfinished"
    assert told[1]
