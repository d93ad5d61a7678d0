"""Publishers' servers fail in every way there is, one after the other, and readers lose nothing by it."""

from __future__ import annotations

import ipaddress
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from federation.fetch import Fetcher, Policy
from federation.harvest import Books, Care, harvest
from federation.notebook import Notebook
from federation.source import Source
from registry.doctor import examine
from registry.home import Home, publish
from registry.validation.standard import load_library
from registry.vocabulary import GRAPH
from tests.conftest import ROOT
from tests.federation import faulty_server as faulty
from tests.federation.description import AUDIENCE, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.federation.faulty_server import Answer, FaultyServer

HOURS = 12.0
MORE = "".join(f'dct:alternative "Walk {number}"@en ; ' for number in range(30)) + AUDIENCE
SECONDS = 1.0


def told(name: str, title: str = "First") -> bytes:
    """Write the description of one publisher."""
    return text(name, title, MORE)


FAULTS: dict[str, tuple[Answer, str]] = {
    "slow": (faulty.slow(told("slow", "Second"), 10), "unreachable"),
    "reset": (faulty.reset(), "unreachable"),
    "truncated": (faulty.truncated(told("truncated", "Second")), "unreachable"),
    "wrong-length": (faulty.wrong_length(told("wrong-length", "Second"), 99_999), "unreachable"),
    "loop": (faulty.redirect("/loop"), "unreachable"),
    "private": (faulty.redirect("http://10.0.0.1/secret.ttl"), "rejected"),
    "rebound": (faulty.document(told("rebound", "Second")), "rejected"),
    "busy": (faulty.busy(429, 3600), "unreachable"),
    "overloaded": (faulty.busy(503, 7200), "unreachable"),
    "bomb": (faulty.bomb(), "rejected"),
    "page": (faulty.html(), "held"),
    "empty": (faulty.empty(), "held"),
    "nothing": (faulty.status(200, b"@prefix a: <a:> .", Content_Type="text/turtle"), "held"),
    "smaller": (faulty.document(text("smaller", "Second")), "held"),
    "failing": (faulty.status(500), "unreachable"),
    "missing": (faulty.status(404), "unreachable"),
    "gone": (faulty.status(410), "withdrawn"),
    "broken": (faulty.document(told("broken", "Second") + b"]"), "rejected"),
    "incomplete": (faulty.document(text("incomplete", "Second", MORE.replace(AUDIENCE, ""))), "rejected"),
    "always-new": (faulty.new_etag(told("always-new")), "not-modified"),
    "same-etag": (faulty.same_etag(told("same-etag", "Second")), "accepted"),
    "lying": (faulty.status(304), "not-modified"),
    "changed": (faulty.document(told("changed", "Second")), "accepted"),
    "quiet": (faulty.document(told("quiet")), "not-modified"),
}
FIRST = {name: faulty.document(told(name)) for name in FAULTS}
RENEWED = {"same-etag", "changed"}


@dataclass
class World:
    """A registry, and a server of its own for every publisher."""

    home: Home
    notebook: Notebook
    servers: dict[str, FaultyServer]
    executor: ThreadPoolExecutor
    moment: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)
    names: dict[str, str] = field(default_factory=lambda: {"rebound.example": "127.0.0.1"})

    def look_up(self, host: str, port: int) -> tuple[ipaddress.IPv4Address, ...]:
        """Answer as a name server."""
        return (ipaddress.IPv4Address(self.names.get(host, host)),)

    def source(self, name: str) -> Source:
        """Name a source."""
        host = "rebound.example" if name == "rebound" else ""
        return Source(self.servers[name].address(f"/{name}", host), f"https://buddy.example/{name}")

    def visit(self, *sources: Source) -> dict[str, str]:
        """Visit all publishers, or some sources, and say in a word what came of each."""
        books = Books(self.home.ledger, self.notebook, self.home.writing)
        policy = Policy(loopback=True, seconds=SECONDS, host_pause=0, respect_robots=False)
        wanted = sources or [self.source(name) for name in self.servers]
        with Fetcher(policy, look_up=self.look_up) as fetcher:
            visits = harvest(wanted, books, fetcher, self.executor, care=Care(), clock=lambda: self.moment)
            return {one.source.name: one.outcome for one in visits}

    def answer(self, answers: dict[str, Answer]) -> None:
        """Let the servers answer so."""
        for name, answer in answers.items():
            self.servers[name].publish(answer, f"/{name}")

    def expect(self, texts: dict[str, bytes]) -> None:
        """Show readers the state of the ledger, and see that it is exactly this; then ask the doctor."""
        library = load_library(ROOT / "tests" / "registry" / "library")
        snapshot = publish(self.home, library, self.moment.date())
        shown = self.home.ledger.published()
        assert {one: self.home.ledger.version(shown[one].digest).original for one in shown} == texts
        with closing(snapshot.open()) as store:
            assert {one for one in store.graphs() if one not in GRAPH} == texts.keys()
        examination = examine(self.home, library)
        assert examination.clean, examination
        assert not examination.snapshot.behind


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        servers = {name: stack.enter_context(faulty.serve()) for name in FIRST}
        home = Home(tmp_path / "home")
        notebook = stack.enter_context(Notebook(home.visits))
        executor = stack.enter_context(ThreadPoolExecutor(2))
        yield World(home, notebook, servers, executor)
        home.ledger.close()


def space(name: str) -> str:
    return f"https://buddy.example/{name}"


@pytest.mark.slow
def test_after_every_fault_there_is_readers_see_exactly_what_they_should(world: World) -> None:
    texts = {space(name): told(name) for name in FIRST}
    world.answer(FIRST)
    assert set(world.visit().values()) == {"accepted"}
    world.expect(texts)

    world.moment += timedelta(hours=HOURS)
    world.names["rebound.example"] = "169.254.169.254"
    world.answer({name: answer for name, (answer, _) in FAULTS.items()})
    assert world.visit() == {name: outcome for name, (_, outcome) in FAULTS.items()}
    del texts[space("gone")]
    texts |= {space(name): told(name, "Second") for name in RENEWED}
    world.expect(texts)

    position = world.home.ledger.position()
    world.moment += timedelta(hours=1)
    world.visit()
    assert world.home.ledger.position() == position, "What is still wrong was written down again."

    world.moment += timedelta(hours=HOURS)
    outcomes = world.visit()
    confirmed = {"page": "rejected", "empty": "withdrawn", "nothing": "withdrawn", "smaller": "accepted"}
    assert {name: outcomes[name] for name in confirmed} == confirmed
    for name in ("empty", "nothing"):
        del texts[space(name)]
    world.expect(texts | {space("smaller"): text("smaller", "Second")})

    world.moment += timedelta(days=7)
    world.names["rebound.example"] = "127.0.0.1"
    world.answer({name: faulty.document(told(name, "Third")) for name in FIRST})
    assert set(world.visit().values()) == {"accepted"}
    world.expect({space(name): told(name, "Third") for name in FIRST})
