"""A harvest visits every source, keeps what is good, and writes down what happened."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from federation.fetch import Fetcher
from federation.harvest import Blotter, Books, harvest
from federation.harvest.round import AHEAD
from federation.source import Source
from registry.graph.rules import rules_digest
from registry.ledger import Event, Happening
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.site import Answer, Site, drip, serve, status
from tests.federation.visiting import AT_HOME, ONE, TURTLE, Registry, opened, project, publish, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as here:
        yield here


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with opened(tmp_path) as here:
        yield here


def test_a_good_description_is_accepted_and_kept_byte_for_byte(site: Site, registry: Registry) -> None:
    (one,) = registry.visit(publish(site, project()))

    assert (one.outcome, one.message) == ("accepted", "")
    version = registry.ledger.version(registry.ledger.published()[ONE].digest)
    assert (version.original, version.media_type) == (text(), TURTLE)


def test_all_of_a_visit_is_written_down_and_a_visit_without_news_not_at_all(
    site: Site, registry: Registry
) -> None:
    here = publish(site, project())

    registry.outcomes(here)
    registry.outcomes(here)

    assert registry.logged() == ["registered", "fetched", "accepted"]
    assert {one.actor for one in registry.ledger.events()} == {"harvest"}
    assert [one.rules for one in registry.ledger.events()] == ["", "", rules_digest()]


def test_a_source_is_registered_on_its_terms(site: Site, registry: Registry) -> None:
    here = replace(publish(site, project()), owner="https://umbrella.example/#us", hours=6)

    registry.visit(here)

    assert Source.of(registry.ledger.registrations()[ONE]) == here


def test_a_source_that_has_moved_is_registered_at_its_new_address(site: Site, registry: Registry) -> None:
    registry.visit(publish(site, project()))
    moved = Source(site.publish(project(), "/moved.ttl"), ONE)

    assert registry.outcomes(moved) == ["not-modified"]
    assert registry.ledger.registered() == {ONE: moved.address}
    assert registry.logged(after=3) == ["transferred"]


def test_the_same_bytes_are_not_read_again(site: Site, registry: Registry) -> None:
    registry.visit(publish(site, project()))

    assert registry.outcomes(publish(site, status(200, text(), Content_Type="image/png"))) == ["not-modified"]


def test_without_the_notebook_the_same_bytes_are_known_from_the_ledger(
    site: Site, registry: Registry
) -> None:
    registry.visit(publish(site, project()))
    registry.notebook.forget(ONE)

    assert registry.outcomes(publish(site, status(200, text(), Content_Type="image/png"))) == ["not-modified"]


def test_the_same_statements_written_otherwise_are_no_news(site: Site, registry: Registry) -> None:
    registry.visit(publish(site, project(more=f"# only a remark\n{AUDIENCE}")))

    assert registry.outcomes(publish(site, project())) == ["not-modified"]
    assert registry.logged() == ["registered", "fetched", "accepted"]


def test_a_newer_version_takes_the_place_of_the_last_one(site: Site, registry: Registry) -> None:
    registry.visit(publish(site, project()))

    assert registry.outcomes(publish(site, project(title="One, renewed"))) == ["accepted"]
    assert b"One, renewed" in registry.text()


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (project(more=""), "rejected", "target group"),
        (project(more=f"{AUDIENCE} ]"), "rejected", "Line 14"),
        (project(name="two"), "rejected", "outside"),
        (project(more=AUDIENCE + PRIVATE_MAILBOX), "held", "private persons"),
        (status(200, b"<html><p>Moved</p></html>", Content_Type="text/html"), "held", "web page"),
        (status(200, b"", Content_Type=TURTLE), "held", "Nothing is left"),
        (status(404), "unreachable", "404"),
        (status(500), "unreachable", "500"),
        (drip(b"#", 0.1), "unreachable", "within 1 seconds"),
    ],
    ids=["incomplete", "broken", "foreign", "mailbox", "page", "empty", "gone", "failing", "slow"],
)
def test_after_a_setback_the_last_good_version_stays(
    site: Site, registry: Registry, answer: Answer, outcome: str, reason: str
) -> None:
    registry.visit(publish(site, project()))
    before = registry.ledger.published()

    (one,) = registry.visit(publish(site, answer), seconds=1)

    assert one.outcome == outcome
    assert reason in one.message
    assert registry.ledger.published() == before


@pytest.mark.parametrize(
    "answer",
    [project(more=""), project(more="]"), project(more=AUDIENCE + PRIVATE_MAILBOX), status(500), status(410)],
    ids=["incomplete", "broken", "mailbox", "failing", "withdrawn"],
)
def test_what_is_still_wrong_at_the_next_visit_is_written_down_once(
    site: Site, registry: Registry, answer: Answer
) -> None:
    here = publish(site, project())
    registry.visit(here)
    publish(site, answer)

    first = registry.outcomes(here)
    events = registry.logged()

    assert registry.outcomes(here) == first
    assert registry.logged() == events
    assert registry.notebook.of(ONE).outcome == first[0]


def test_a_source_that_nobody_serves_is_unreachable(registry: Registry) -> None:
    with serve() as site:
        here = source(site)

    (one,) = registry.visit(here)

    assert one.outcome == "unreachable"
    assert here.address in one.message


def test_one_bad_source_never_stops_the_others(site: Site, registry: Registry) -> None:
    sources = [
        publish(site, project("one"), "one"),
        publish(site, status(200, b"<<<", Content_Type=TURTLE), "two"),
        Source("ftp://buddy.example/three", "https://buddy.example/three"),
        Source("http://127.0.0.1:99999/four", "https://buddy.example/four"),
        publish(site, project("five"), "five"),
    ]

    outcomes = registry.outcomes(*sources)

    assert [outcomes[0], *outcomes[1:3], outcomes[4]] == ["accepted", "rejected", "rejected", "accepted"]
    assert outcomes[3] in {"unreachable", "rejected"}
    assert {one.source for one in registry.ledger.events()} == {one.space for one in sources}


class Breaking(ThreadPoolExecutor):
    """An executor in which the first task breaks off."""

    error: Exception | None = ZeroDivisionError("out of the blue")

    def submit(self, task: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Run a task, except the first."""
        if self.error is None:
            return super().submit(task, *arguments, **options)
        future: Future[Any] = Future()
        future.set_exception(self.error)
        self.error = None
        return future


def test_what_nobody_foresaw_is_left_to_a_person(site: Site, registry: Registry) -> None:
    sources = [publish(site, project("one"), "one"), publish(site, project("two"), "two")]

    with Breaking(1) as registry.executor:
        visits = registry.visit(*sources)

    assert sorted(one.outcome for one in visits) == ["accepted", "held"]
    assert "ZeroDivisionError" in next(one.message for one in visits if one.outcome == "held")


def test_a_process_that_breaks_is_no_fault_of_the_source(site: Site, registry: Registry) -> None:
    here = publish(site, project())

    with Breaking(1) as executor:
        executor.error, registry.executor = BrokenProcessPool(), executor
        outcomes = registry.outcomes(here) + registry.outcomes(here)

    assert outcomes == ["unfinished", "accepted"]
    assert registry.logged() == ["registered", "fetched", "accepted"]


@pytest.mark.parametrize(
    ("media_type", "outcome"),
    [
        ("text/turtle; charset=utf-8", "accepted"),
        ("text/plain", "accepted"),
        ("application/octet-stream", "accepted"),
        ("image/png", "rejected"),
    ],
)
def test_a_media_type_may_be_vague_but_not_another_thing(
    site: Site, registry: Registry, media_type: str, outcome: str
) -> None:
    assert registry.outcomes(publish(site, status(200, text(), Content_Type=media_type))) == [outcome]


def test_what_its_publisher_takes_away_for_good_is_withdrawn(site: Site, registry: Registry) -> None:
    registry.visit(publish(site, project()))

    (one,) = registry.visit(publish(site, status(410)))

    assert one.outcome == "withdrawn"
    assert "410" in one.message
    assert registry.ledger.published() == {}


def test_what_is_withdrawn_stays_so_when_its_server_goes_too(site: Site, registry: Registry) -> None:
    registry.visit(publish(site, project()))
    registry.visit(publish(site, status(410)))

    registry.visit(publish(site, status(404)))

    assert registry.ledger.status()[ONE].happening is Happening.WITHDRAWN


@pytest.mark.parametrize(("title", "outcome"), [("One", "restored"), ("Renewed", "accepted")])
def test_what_was_withdrawn_may_come_back(site: Site, registry: Registry, title: str, outcome: str) -> None:
    registry.visit(publish(site, project(ETag='"1"')))
    registry.visit(publish(site, status(410)))

    assert registry.outcomes(publish(site, project(title=title))) == [outcome]
    assert title.encode() in registry.text()


def test_a_source_that_is_within_reach_again_is_accepted_again(site: Site, registry: Registry) -> None:
    for answer in (project(), status(500), status(404), project(), project()):
        registry.visit(publish(site, answer))

    assert registry.logged(after=3) == ["unreachable", "fetched", "accepted"]
    assert registry.notebook.of(ONE).failures == 0


def test_what_was_removed_or_erased_is_not_visited(site: Site, registry: Registry) -> None:
    sources = [publish(site, project(name), name) for name in ("one", "two", "three")]
    registry.visit(*sources)
    registry.ledger.append(Event(sources[0].space, Happening.REMOVED))
    registry.ledger.erase(sources[1].space, "The publisher asked for it.", "operator")
    site.asked.clear()

    visits = registry.visit(*sources)

    assert [one.source for one in visits] == [sources[2]]
    assert [path for path, _ in site.asked] == ["/three.ttl"]


def test_a_visit_never_brings_back_what_was_removed_meanwhile(site: Site, registry: Registry) -> None:
    def remove_and_answer(handler: BaseHTTPRequestHandler) -> None:
        registry.ledger.append(Event(ONE, Happening.REMOVED))
        project()(handler)

    assert registry.outcomes(publish(site, remove_and_answer)) == ["void"]
    assert registry.logged() == ["removed"]
    assert registry.notebook.all() == {}


def test_many_sources_are_visited_and_each_is_written_down_apart(site: Site, registry: Registry) -> None:
    names = [f"project-{number}" for number in range(AHEAD + 6)]
    sources = [publish(site, status(404), name) for name in names]
    turns: list[int] = []

    def take_turns() -> nullcontext[None]:
        turns.append(registry.ledger.position())
        return nullcontext()

    books = Books(registry.ledger, registry.notebook, take_turns)
    with Fetcher(AT_HOME) as fetcher:
        visits = list(harvest(sources, books, fetcher, registry.executor))

    assert sorted(one.source.name for one in visits) == sorted(names)
    assert turns == list(range(0, 2 * len(names), 2))


def test_a_harvest_that_only_shows_what_would_happen_writes_nothing(site: Site, registry: Registry) -> None:
    books = Blotter(registry.ledger, registry.notebook)

    with Fetcher(AT_HOME) as fetcher:
        visits = list(harvest([publish(site, project())], books, fetcher, registry.executor))

    assert [one.outcome for one in visits] == ["accepted"]
    assert (registry.logged(), registry.notebook.all()) == ([], {})
