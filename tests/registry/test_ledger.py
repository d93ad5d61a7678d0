"""The ledger keeps everything, in order, once."""

from pathlib import Path

import pytest

from registry.ledger import Event, Happening, Ledger, Version

SOURCE = "https://example.org/profile"
ADDRESS = "https://example.org/profile.ttl"
FIRST = Version("a" * 64, b"<a> <b> <c> .\n", b"original bytes", "text/turtle")
SECOND = Version("b" * 64, b"<a> <b> <d> .\n", b"other bytes", "text/turtle")


def event(happening: Happening, version: Version | None = None, reason: str = "") -> Event:
    return Event(SOURCE, happening, ADDRESS, version.digest if version else None, reason)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger.open("sqlite://")


def test_events_come_back_in_the_order_in_which_they_were_written(ledger: Ledger) -> None:
    ledger.append(event(Happening.UNREACHABLE, reason="no answer"))
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)

    told = [(one.position, one.happening, one.reason) for one in ledger.events()]

    assert told == [(1, Happening.UNREACHABLE, "no answer"), (2, Happening.ACCEPTED, "")]
    assert ledger.position() == 2


def test_a_version_comes_back_byte_for_byte(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)

    assert ledger.version(FIRST.digest) == FIRST


def test_a_version_that_comes_again_is_kept_once(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)

    assert ledger.position() == 2
    assert ledger.version(FIRST.digest) == FIRST


@pytest.mark.parametrize("setback", [Happening.REJECTED, Happening.HELD, Happening.UNREACHABLE])
def test_the_last_good_version_stays_after_a_setback(ledger: Ledger, setback: Happening) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.append(event(setback, SECOND, "a reason"), SECOND)

    assert ledger.published() == {SOURCE: FIRST.digest}


def test_a_better_version_takes_the_place_of_the_last_one(ledger: Ledger) -> None:
    ledger.append(event(Happening.ACCEPTED, FIRST), FIRST)
    ledger.append(event(Happening.ACCEPTED, SECOND), SECOND)

    assert ledger.published() == {SOURCE: SECOND.digest}


def test_that_nothing_changed_does_not_hide_what_happened_last(ledger: Ledger) -> None:
    ledger.append(event(Happening.REJECTED, SECOND, "a reason"), SECOND)
    ledger.append(event(Happening.UNCHANGED, SECOND))

    assert ledger.latest()[SOURCE].happening is Happening.REJECTED


def test_the_ledger_is_there_again_after_a_restart(tmp_path: Path) -> None:
    Ledger.in_folder(tmp_path).append(event(Happening.ACCEPTED, FIRST), FIRST)

    assert Ledger.in_folder(tmp_path).published() == {SOURCE: FIRST.digest}
