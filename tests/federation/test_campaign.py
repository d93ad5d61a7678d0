"""A whole round of a registry: whose turn it is, and what is written down of a round that is broken off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from federation.campaign import Choice, Tally, campaign
from federation.campaign.turn import visitable
from federation.notebook import Note, Notebook
from federation.source import Kind, Source
from registry.errors import NotAllowedError
from registry.home import Home
from registry.ledger import Event, Happening
from registry.settings import Settings
from tests.federation.follow.peer import opened
from tests.federation.site import Site, serve, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHOSEN = Settings(allow_loopback=True, host_pause=0)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SPACE = "https://buddy.example/"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as here:
        yield here


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    here = Home(tmp_path / "home")
    yield here
    here.ledger.close()


def register(home: Home, *sources: Source) -> None:
    """Register sources on their terms."""
    events = [
        Event(one.space, Happening.REGISTERED, one.address, via=one.via, terms=one.terms) for one in sources
    ]
    home.ledger.append_all((one, None) for one in events)


def source(name: str, kind: Kind = Kind.DOCUMENT, via: str = "") -> Source:
    return Source(f"http://127.0.0.1:9/{name}", SPACE + name, kind, via=via and SPACE + via)


def chosen(home: Home, choice: Choice) -> list[str]:
    """Tell whose turn it is."""
    with campaign(home, CHOSEN, choice, clock=lambda: NOW) as begun:
        return sorted(one.name for one in begun.sources)


def test_it_is_the_turn_of_what_is_due_and_of_what_was_never_visited(home: Home) -> None:
    register(home, source("due"), source("new"), source("resting"))
    with Notebook(home.visits) as notebook:
        hour = timedelta(hours=1)
        notebook.write([Note(SPACE + "due", due=NOW - hour), Note(SPACE + "resting", due=NOW + hour)])

    assert chosen(home, Choice()) == ["due", "new"]
    assert chosen(home, Choice(every=True)) == ["due", "new", "resting"]
    assert chosen(home, Choice([SPACE + "resting"])) == ["resting"]


def test_what_comes_inside_a_stream_is_not_visited_by_itself(home: Home) -> None:
    register(home, source("list", Kind.SITEMAP), source("stream", Kind.STREAM))
    register(home, source("listed", Kind.MEMBER, "list"), source("streamed", Kind.MEMBER, "stream"))

    assert visitable(home.ledger).keys() == {SPACE + name for name in ("list", "stream", "listed")}


def test_what_a_list_no_longer_names_is_not_visited_and_what_its_publisher_withdrew_is(home: Home) -> None:
    register(home, source("list", Kind.SITEMAP))
    register(home, *(source(name, Kind.MEMBER, "list") for name in ("gone", "withdrawn")))
    home.ledger.append(Event(SPACE + "gone", Happening.WITHDRAWN, via=SPACE + "list"))
    home.ledger.append(Event(SPACE + "withdrawn", Happening.WITHDRAWN))

    assert visitable(home.ledger).keys() == {SPACE + name for name in ("list", "withdrawn")}


def test_only_one_round_runs_at_a_time(home: Home) -> None:
    with (
        campaign(home, CHOSEN),
        pytest.raises(NotAllowedError, match="under way already"),
        campaign(home, CHOSEN),
    ):
        pass


def test_a_round_that_is_left_early_has_noted_what_was_done(home: Home, site: Site) -> None:
    for name in "abcdef":
        register(home, Source(site.publish(status(404), f"/{name}"), SPACE + name))

    with campaign(home, CHOSEN) as begun:
        first = next(begun.visits)
        begun.visits.close()  # type: ignore[attr-defined]

    with campaign(home, CHOSEN) as begun:
        assert first.source not in begun.sources
        assert {one.outcome for one in begun.visits} == {"unreachable"}
    assert [one.happening for one in home.ledger.events()].count(Happening.UNREACHABLE) == 6


def test_a_stream_is_followed_in_the_round(home: Home, tmp_path: Path) -> None:
    with opened(tmp_path, "peer") as (peer,):
        peer.describe("one", "two")
        peer.end("two", Happening.WITHDRAWN)
        register(home, Source(peer.address, peer.address, Kind.REGISTRY))
        tallies = [_round(home), _round(home)]

    assert [tally.counts for tally in tallies] == [{"followed": 1}, {"followed": 1}]
    assert [tally.changed for tally in tallies] == [True, False]
    assert tallies[0].members == {"accepted": 2, "withdrawn": 1}
    assert home.ledger.published().keys() == {SPACE + "one"}


def test_a_stream_that_is_out_of_reach_is_told_once(home: Home, tmp_path: Path) -> None:
    with opened(tmp_path, "peer") as (peer,):
        peer.describe("one")
        register(home, Source(peer.address, peer.address, Kind.REGISTRY))
        _round(home)
        space = peer.address

    outcomes = [_round(home).counts for _ in range(2)]

    assert outcomes == [{"unreachable": 1}] * 2
    told = [one.happening for one in home.ledger.events(source=space)]
    assert told.count(Happening.UNREACHABLE) == 1
    assert home.ledger.published().keys() == {SPACE + "one"}


def test_a_dry_run_follows_no_stream(home: Home) -> None:
    register(home, source("stream", Kind.STREAM))

    with campaign(home, CHOSEN, dry_run=True) as begun:
        assert [one.outcome for one in begun.visits] == ["skipped"]


def _round(home: Home) -> Tally:
    tally = Tally()
    with campaign(home, CHOSEN, Choice(every=True)) as begun:
        for one in begun.visits:
            tally.add(one)
    return tally
