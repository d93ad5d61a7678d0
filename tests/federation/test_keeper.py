"""The keeper of the rhythm goes on, whatever fails, and lets readers see what a long round has changed."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from federation.campaign import keeper
from federation.campaign.keeper import Keeper
from registry.home import Home
from registry.ledger import Event as Entry
from registry.ledger import Happening
from registry.settings import Settings
from registry.storage import StorageError
from tests.federation.description import text
from tests.federation.site import serve, status

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
