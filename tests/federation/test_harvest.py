"""A harvest visits every source, keeps what is good, and writes down what happened."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from federation.fetch import Policy
from federation.harvest import harvest
from federation.source import Source
from registry.ledger import Event, Happening, Ledger
from tests.federation.site import Answer, Site, drip, serve, status

TODAY = date(2026, 11, 21)
AT_HOME = Policy(loopback=True, seconds=5)
TURTLE = "text/turtle"
PROJECT = """
@base <https://buddy.example/{name}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
<> a foaf:Document ;
  foaf:primaryTopic <#project> ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> .
<#project> a koepel:Project ;
  dct:title "Fictitious project {title}"@en ;
  dct:description "Newcomers and residents meet."@en ;
  dct:publisher <#organisation> ;
  dct:modified "2026-10-01"^^<http://www.w3.org/2001/XMLSchema#date> ;
  {more}
  koepel:country <http://publications.europa.eu/resource/authority/country/BEL> .
<#organisation> a <http://www.w3.org/ns/org#Organization> ; foaf:name "Fictitious organisation"@en .
"""
AUDIENCE = "dct:audience <https://w3id.org/koepel/code/target-group/newcomer> ;"
PRIVATE_MAILBOX = """koepel:coordinatorContact [
    a <http://www.w3.org/2006/vcard/ns#Kind> ; <http://www.w3.org/2006/vcard/ns#hasEmail> <mailto:x@gmail.com>
  ] ;"""


def text(name: str = "one", title: str = "One", more: str = AUDIENCE) -> bytes:
    """Write a description that the registry accepts, unless a test spoils it."""
    return PROJECT.format(name=name, title=title, more=more).encode()


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
    version = ledger.version(ledger.published()["https://buddy.example/one"])
    assert version.original == text()
    assert version.media_type == TURTLE


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
    assert b"One, renewed" in ledger.version(ledger.published()["https://buddy.example/one"]).canonical


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
    assert ledger.position() == 5


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
