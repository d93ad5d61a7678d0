"""A harvest visits every source, keeps what is good, and writes down what happened."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest

from federation.fetch import Policy
from federation.harvest import AHEAD, harvest
from federation.source import Source
from registry.graph.rules import rules_digest
from registry.ingest.document import read_document
from registry.ledger import Event, Happening, Ledger, Version
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.federation.site import Answer, Site, drip, serve, status

TODAY = date(2026, 11, 21)
AT_HOME = Policy(loopback=True, seconds=5)
TURTLE = "text/turtle"
ONE = "https://buddy.example/one"


def project(name: str = "one", title: str = "One", more: str = AUDIENCE) -> Answer:
    """Answer with a description."""
    return status(200, text(name, title, more), Content_Type=TURTLE)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as here:
        yield here


@pytest.fixture
def ledger() -> Ledger:
    return Ledger.open("sqlite://")


def logged(ledger: Ledger, after: int = 0) -> list[str]:
    """Say in words what the ledger holds after a position."""
    return [one.happening.value for one in ledger.events(after=after)]


def source(site: Site, name: str = "one") -> Source:
    return Source(site.address(f"/{name}.ttl"), f"https://buddy.example/{name}")


def publish(site: Site, answer: Answer, name: str = "one") -> Source:
    site.publish(answer, f"/{name}.ttl")
    return source(site, name)


def visited(ledger: Ledger, *sources: Source, seconds: float = 5) -> list[Event]:
    with ThreadPoolExecutor(2) as executor:
        visits = harvest(sources, ledger, executor, Policy(loopback=True, seconds=seconds), TODAY)
        return [one.event for one in visits]


def test_a_good_description_is_accepted_and_kept_byte_for_byte(site: Site, ledger: Ledger) -> None:
    (event,) = visited(ledger, publish(site, project()))

    assert (event.happening, event.reason) == (Happening.ACCEPTED, "")
    version = ledger.version(ledger.published()["https://buddy.example/one"].digest)
    assert version.original == text()
    assert version.media_type == TURTLE


def test_a_source_is_registered_once_and_all_of_a_visit_is_written_down(site: Site, ledger: Ledger) -> None:
    here = publish(site, project())

    visited(ledger, here)
    visited(ledger, here)

    assert logged(ledger) == ["registered", "fetched", "accepted", "unchanged"]
    assert {one.actor for one in ledger.events()} == {"harvest"}
    assert [one.rules for one in ledger.events()] == ["", "", rules_digest(), ""]


def test_a_source_that_has_moved_is_registered_at_its_new_address(site: Site, ledger: Ledger) -> None:
    visited(ledger, publish(site, project()))
    moved = Source(site.publish(project(), "/moved.ttl"), ONE)

    visited(ledger, moved)

    assert ledger.registered() == {ONE: moved.address}
    assert logged(ledger, after=3) == ["registered", "unchanged"]


def test_the_same_bytes_are_unchanged_the_second_time(site: Site, ledger: Ledger) -> None:
    here = publish(site, project())

    events = [*visited(ledger, here), *visited(ledger, here)]

    assert [one.happening for one in events] == [Happening.ACCEPTED, Happening.UNCHANGED]
    assert events[0].digest == events[1].digest


def test_the_same_bytes_are_not_read_again(site: Site, ledger: Ledger) -> None:
    visited(ledger, publish(site, project()))

    (event,) = visited(ledger, publish(site, status(200, text(), Content_Type="image/png")))

    assert event.happening is Happening.UNCHANGED


def test_the_same_statements_written_otherwise_are_unchanged(site: Site, ledger: Ledger) -> None:
    visited(ledger, publish(site, project(more=f"# only a remark\n{AUDIENCE}")))

    (event,) = visited(ledger, publish(site, project()))

    assert event.happening is Happening.UNCHANGED


def test_a_newer_version_takes_the_place_of_the_last_one(site: Site, ledger: Ledger) -> None:
    visited(ledger, publish(site, project()))

    (event,) = visited(ledger, publish(site, project(title="One, renewed")))

    assert event.happening is Happening.ACCEPTED
    assert b"One, renewed" in ledger.version(ledger.published()["https://buddy.example/one"].digest).canonical


@pytest.mark.parametrize(
    ("answer", "happening", "reason"),
    [
        (project(more=""), Happening.REJECTED, "target group"),
        (project(more=f"{AUDIENCE} ]"), Happening.REJECTED, "Line 14"),
        (project(name="two"), Happening.REJECTED, "outside"),
        (project(more=AUDIENCE + PRIVATE_MAILBOX), Happening.HELD, "private persons"),
        (status(200, b"<html><p>Moved</p></html>", Content_Type="text/html"), Happening.REJECTED, "web page"),
        (status(200, b"", Content_Type=TURTLE), Happening.REJECTED, "empty"),
        (status(404), Happening.UNREACHABLE, "404"),
        (status(500), Happening.UNREACHABLE, "500"),
        (drip(b"#", 0.1), Happening.UNREACHABLE, "within 1 seconds"),
    ],
    ids=["incomplete", "broken", "foreign", "mailbox", "page", "empty", "gone", "failing", "slow"],
)
def test_after_a_setback_the_last_good_version_stays(
    site: Site, ledger: Ledger, answer: Answer, happening: Happening, reason: str
) -> None:
    visited(ledger, publish(site, project()))
    before = ledger.published()

    (event,) = visited(ledger, publish(site, answer), seconds=1)

    assert event.happening is happening
    assert reason in event.reason
    assert ledger.published() == before


def test_a_source_that_nobody_serves_is_unreachable(ledger: Ledger) -> None:
    with serve() as site:
        here = source(site)

    (event,) = visited(ledger, here)

    assert event.happening is Happening.UNREACHABLE
    assert here.address in event.reason


def test_one_bad_source_never_stops_the_others(site: Site, ledger: Ledger) -> None:
    sources = [
        publish(site, project("one"), "one"),
        publish(site, status(200, b"<<<", Content_Type=TURTLE), "two"),
        Source("ftp://buddy.example/three", "https://buddy.example/three"),
        Source("http://127.0.0.1:99999/four", "https://buddy.example/four"),
        publish(site, project("five"), "five"),
    ]

    events = visited(ledger, *sources)

    assert [one.source.rpartition("/")[2] for one in events] == ["one", "two", "three", "four", "five"]
    assert [one.happening.value for one in events] == [
        "accepted",
        "rejected",
        "rejected",
        "unreachable",
        "accepted",
    ]
    assert {one.source for one in ledger.events()} == {one.source for one in events}


class Breaking(ThreadPoolExecutor):
    """An executor in which the first task breaks off in a way that nobody foresaw."""

    broken = False

    def submit(self, task: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Run a task, except the first."""
        if self.broken:
            return super().submit(task, *arguments, **options)
        self.broken = True
        future: Future[Any] = Future()
        future.set_exception(ZeroDivisionError("out of the blue"))
        return future


def test_what_nobody_foresaw_is_left_to_a_person(site: Site, ledger: Ledger) -> None:
    sources = [publish(site, project("one"), "one"), publish(site, project("two"), "two")]

    with Breaking(1) as executor:
        events = [one.event for one in harvest(sources, ledger, executor, AT_HOME, TODAY)]

    assert [one.happening for one in events] == [Happening.HELD, Happening.ACCEPTED]
    assert "ZeroDivisionError" in events[0].reason


def test_what_was_rejected_is_looked_at_again(site: Site, ledger: Ledger) -> None:
    here = publish(site, project(more=""))

    events = [*visited(ledger, here), *visited(ledger, here)]

    assert [one.happening for one in events] == [Happening.REJECTED, Happening.REJECTED]


@pytest.mark.parametrize(
    ("media_type", "happening"),
    [
        ("text/turtle; charset=utf-8", Happening.ACCEPTED),
        ("text/plain", Happening.ACCEPTED),
        ("application/octet-stream", Happening.ACCEPTED),
        ("image/png", Happening.REJECTED),
    ],
)
def test_a_media_type_may_be_vague_but_not_another_thing(
    site: Site, ledger: Ledger, media_type: str, happening: Happening
) -> None:
    (event,) = visited(ledger, publish(site, status(200, text(), Content_Type=media_type)))

    assert event.happening is happening


def accept(ledger: Ledger, here: Source, data: bytes, happening: Happening = Happening.ACCEPTED) -> str:
    """Write down that a description was let in under rules that no longer hold."""
    document = read_document(data, media_type=TURTLE, address=here.address, space=here.space)
    version = Version(document.digest, document.canonical, data, TURTLE)
    registered = Event(here.space, Happening.REGISTERED, here.address)
    decided = Event(here.space, happening, here.address, document.digest, rules="older rules")
    ledger.append_all([(registered, None), (decided, version)])
    return document.digest


def test_an_unchanged_description_is_admitted_anew_under_new_rules(site: Site, ledger: Ledger) -> None:
    here = publish(site, project())
    accept(ledger, here, text())

    visited(ledger, here)
    visited(ledger, here)

    assert logged(ledger, after=2) == ["accepted", "unchanged"]


def test_what_fails_under_new_rules_is_rejected_and_stays_with_readers(site: Site, ledger: Ledger) -> None:
    here = publish(site, project(more=""))
    digest = accept(ledger, here, text(more=""))

    (event,) = visited(ledger, here)

    assert (event.happening, event.rules) == (Happening.REJECTED, rules_digest())
    assert "target group" in event.reason
    assert ledger.published()[ONE].digest == digest


def test_what_a_person_let_in_is_not_held_again(site: Site, ledger: Ledger) -> None:
    here = publish(site, project(more=AUDIENCE + PRIVATE_MAILBOX))
    accept(ledger, here, text(more=AUDIENCE + PRIVATE_MAILBOX), Happening.RELEASED)

    visited(ledger, here)
    visited(ledger, here)

    assert logged(ledger, after=2) == ["released", "unchanged"]


def test_another_text_of_a_source_that_was_let_in_is_held(site: Site, ledger: Ledger) -> None:
    here = publish(site, project(title="New", more=AUDIENCE + PRIVATE_MAILBOX))
    accept(ledger, here, text(more=AUDIENCE + PRIVATE_MAILBOX), Happening.RELEASED)

    (event,) = visited(ledger, here)

    assert event.happening is Happening.HELD


def test_what_its_publisher_takes_away_for_good_is_withdrawn_once(site: Site, ledger: Ledger) -> None:
    visited(ledger, publish(site, project()))

    gone = publish(site, status(410))
    events = [*visited(ledger, gone), *visited(ledger, gone)]

    assert [one.happening for one in events] == [Happening.WITHDRAWN, Happening.UNCHANGED]
    assert "410" in events[0].reason
    assert ledger.published() == {}
    assert ledger.status()[ONE].happening is Happening.WITHDRAWN


@pytest.mark.parametrize(
    ("title", "happening"), [("One", Happening.RESTORED), ("Renewed", Happening.ACCEPTED)]
)
def test_what_was_withdrawn_may_come_back(
    site: Site, ledger: Ledger, title: str, happening: Happening
) -> None:
    visited(ledger, publish(site, project()))
    visited(ledger, publish(site, status(410)))

    (event,) = visited(ledger, publish(site, project(title=title)))

    assert event.happening is happening
    assert ledger.published()[ONE].digest == event.digest


def test_a_source_that_is_within_reach_again_is_accepted_again(site: Site, ledger: Ledger) -> None:
    for answer in (project(), status(500), project(), project()):
        visited(ledger, publish(site, answer))

    assert logged(ledger, after=3) == ["unreachable", "accepted", "unchanged"]


def test_what_was_removed_or_erased_is_not_visited(site: Site, ledger: Ledger) -> None:
    sources = [publish(site, project(name), name) for name in ("one", "two", "three")]
    visited(ledger, *sources)
    ledger.append(Event(sources[0].space, Happening.REMOVED))
    ledger.erase(sources[1].space, "The publisher asked for it.", "operator")
    site.asked.clear()

    events = visited(ledger, *sources)

    assert [one.source for one in events] == [sources[2].space]
    assert [path for path, _ in site.asked] == ["/three.ttl"]


class Interrupted(ThreadPoolExecutor):
    """An executor that lets somebody remove a source while it is visited."""

    ledger: Ledger

    def submit(self, task: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Run a task, and remove the source before its outcome is known."""
        self.ledger.append(Event(ONE, Happening.REMOVED))
        return super().submit(task, *arguments, **options)


def test_a_visit_never_brings_back_what_was_removed_meanwhile(site: Site, ledger: Ledger) -> None:
    here = publish(site, project())

    with Interrupted(1) as executor:
        executor.ledger = ledger
        visits = list(harvest([here], ledger, executor, AT_HOME, TODAY))

    assert visits == []
    assert logged(ledger) == ["removed"]


def test_many_sources_are_visited_in_order_and_each_is_written_down_apart(site: Site, ledger: Ledger) -> None:
    names = [f"project-{number}" for number in range(AHEAD + 6)]
    sources = [publish(site, status(404), name) for name in names]
    turns: list[int] = []

    def take_turns() -> nullcontext[None]:
        turns.append(ledger.position())
        return nullcontext()

    with ThreadPoolExecutor(2) as executor:
        visits = list(harvest(sources, ledger, executor, AT_HOME, TODAY, take_turns))

    assert [one.source.name for one in visits] == names
    assert turns == list(range(0, 2 * len(names), 2))
