"""The keeper of the rhythm goes on, whatever fails, and lets readers see what a long round has changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest

from federation.campaign import keeper
from federation.campaign.keeper import Keeper
from federation.notice.certification.round import Sent
from registry.home import Home, publish
from registry.ledger import Event as Entry
from registry.ledger import Happening
from registry.settings import Settings
from registry.storage import StorageError
from registry.validation.standard import load_library
from tests.federation.description import text
from tests.federation.site import serve, status
from tests.registry.certification import acting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHOSEN = Settings(allow_loopback=True, host_pause=0)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    here = Home(tmp_path / "home")
    yield here
    here.ledger.close()


def test_readers_see_what_a_long_round_has_changed_before_it_ends(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    monkeypatch.setattr(keeper, "SHOW_EVERY", 0)
    monkeypatch.setattr(keeper, "conclude", lambda *_, **__: shown.append(home.ledger.position()))

    with serve() as site:
        for name in ("one", "two"):
            answer = status(200, text(name, site=site.address("")), Content_Type="text/turtle")
            here = site.publish(answer, f"/{name}.ttl")
            home.ledger.append(Entry(site.address(f"/{name}"), Happening.REGISTERED, here))
        Keeper(home, CHOSEN, Event()).make_round()

    assert len(shown) == 3
    assert shown[0] < shown[-1]


def test_readers_soon_see_what_was_done_in_a_case_though_no_source_is_due(home: Home) -> None:
    acting.adopt(home.ledger)
    stop = Event()
    thread = Thread(target=Keeper(home, CHOSEN, stop).keep)
    thread.start()
    try:
        assert _shown_at(home, home.ledger.position(), seconds=60)
        acting.apply(home.ledger, "2026-11-01")
        acting.award(home.ledger, "2026-11-02", "2029-11-01")
        assert _shown_at(home, home.ledger.position(), seconds=60)
    finally:
        stop.set()
        thread.join()


def _shown_at(home: Home, position: int, seconds: float) -> bool:
    """Tell whether readers see a position of the ledger before the time is over."""
    end = monotonic() + seconds
    while monotonic() < end:
        shown = home.snapshots.current()
        if shown and shown.stand.position >= position:
            return True
        sleep(0.1)
    return False


def test_nothing_is_published_anew_while_nobody_acts(home: Home) -> None:
    acting.adopt(home.ledger)
    keeper = Keeper(home, CHOSEN, Event())
    keeper.make_round()
    first = home.snapshots.current()
    keeper.make_round()

    assert first is not None
    assert home.snapshots.current() == first


def test_a_new_day_makes_a_new_graph_where_labels_can_end(home: Home) -> None:
    acting.adopt(home.ledger)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    publish(home, load_library(), yesterday)
    Keeper(home, CHOSEN, Event()).make_round()
    shown = home.snapshots.current()

    assert shown is not None
    assert shown.stand.day > yesterday


def test_trouble_with_a_mail_ends_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("nobody foresaw this")

    monkeypatch.setattr(keeper, "send_certification", fail)
    one = Keeper(home, CHOSEN, Event())
    one.tell_of_labels()

    assert one._has_letters(datetime.now(UTC) + keeper.MAIL_PAUSE)


def test_what_had_to_wait_is_sent_when_it_may(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime] = []

    def send(*arguments: Any) -> Sent:
        asked.append(arguments[3])
        return Sent(again=asked[0] + timedelta(seconds=2) if len(asked) == 1 else None)

    monkeypatch.setattr(keeper, "send_certification", send)
    monkeypatch.setattr(keeper, "REST", timedelta())
    one = Keeper(home, CHOSEN, Event())
    one.tell_of_labels()
    one.wait()
    one.tell_of_labels()

    assert (asked[1] - asked[0]).total_seconds() >= 2


@pytest.mark.parametrize("step", ["make_round", "dump_once_a_day", "wait"])
def test_a_failure_at_any_step_ends_nothing(home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    stop, steps = Event(), []

    def fail(_: Keeper) -> None:
        steps.append(step)
        if len(steps) == 3:
            stop.set()
        raise StorageError("disk-full", "There is no room left on the disk of {folder}.", folder="here")

    for one in ("make_round", "dump_once_a_day", "wait"):
        monkeypatch.setattr(Keeper, one, fail if one == step else lambda _: None)
    monkeypatch.setattr(keeper, "FIRST_PAUSE", 0.01)
    Keeper(home, CHOSEN, stop).keep()

    assert len(steps) == 3
