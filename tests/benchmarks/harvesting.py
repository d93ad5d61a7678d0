"""Measures rounds of a harvest on this machine, beside a bare loop of requests with the same concurrency.

It is a program of its own: `python -m tests.benchmarks.harvesting round 10000` prints one line of JSON. The
publishers' server runs in another process, so that whoever asks has a process to itself.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import httpx2

from federation.fetch import Fetcher, Policy
from federation.harvest import Books, Care, crew, harvest
from federation.notebook import Note, Notebook
from federation.source import Source
from registry.arrival import byte_digest
from registry.graph.rules import rules_digest
from registry.home import Home
from registry.ingest.canonical import digest
from registry.ingest.guard import Limits
from registry.ingest.reader import read
from registry.ledger import Event, Happening, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from multiprocessing.connection import Connection

    World = tuple[str, Callable[[int], None], Home, Notebook, Executor, list[Source]]

Part = tuple[str, float, int]
TURNS: Final = 3
"""So often everything is measured; the best counts, as the least disturbed."""
AT_ONCE: Final = 16
POLICY: Final = Policy(
    loopback=True, at_once=AT_ONCE, host_at_once=AT_ONCE, host_pause=0, respect_robots=False
)
WARMING: Final = 20
"""So many further descriptions are read before the clock starts, because the first takes longer."""
SPACE: Final = "https://buddy.example/"
PIECE: Final = 500
TURTLE: Final = "text/turtle"
TEXT: Final = """
@base <{base}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
<> a foaf:Document ; foaf:primaryTopic <#project> ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> .
<#project> a koepel:Project ;
  dct:title "Fictitious project {title}"@en ;
  dct:description "Newcomers and residents meet."@en ;
  dct:publisher <#organisation> ;
  dct:modified "2026-10-01"^^<http://www.w3.org/2001/XMLSchema#date> ;
  dct:audience <https://w3id.org/koepel/code/target-group/newcomer> ;
  koepel:country <http://publications.europa.eu/resource/authority/country/BEL> .
<#organisation> a <http://www.w3.org/ns/org#Organization> ; foaf:name "Fictitious organisation"@en .
"""


def text(number: int, title: str) -> bytes:
    """Write the description of a project."""
    return TEXT.format(base=f"{SPACE}{number}", title=title).encode()


class Publisher(asyncio.Protocol):
    """Answers 304 to everybody who asks with an ETag for what has not changed."""

    changed = 0
    """So many of the first descriptions have another text."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._out = transport

    def data_received(self, data: bytes) -> None:
        """Answer one request; clients here never send two at once."""
        number = int(data[5 : data.index(b" ", 5)])
        title = "Second" if number < Publisher.changed else "First"
        etag = f'"{title}"'.encode()
        if etag in data:
            head, body = b"HTTP/1.1 304 Not Modified\r\n", b""
        else:
            body = text(number, title)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: %d\r\n" % len(body)
        self._out.write(head + b"ETag: " + etag + b"\r\n\r\n" + body)  # type: ignore[attr-defined]


def _serve(orders: Connection) -> None:
    """Serve until the orders end; a number among them says how many descriptions change."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Publisher, "127.0.0.1", 0)
        orders.send(server.sockets[0].getsockname()[1])
        while (order := await loop.run_in_executor(None, orders.recv)) is not None:
            Publisher.changed = order
            orders.send(order)

    asyncio.run(run())


@contextmanager
def served() -> Iterator[tuple[str, Callable[[int], None]]]:
    """Serve in another process; gives the address, and a way to change some descriptions."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    server.start()

    def change(count: int) -> None:
        here.send(count)
        here.recv()

    try:
        yield f"http://127.0.0.1:{here.recv()}", change
    finally:
        here.send(None)
        server.join(5)


def fill(home: Home, site: str, size: int, notebook: Notebook) -> None:
    """Fill a registry with sources that were all visited, without the visits."""
    rules, numbers, now = rules_digest(), iter(range(size)), datetime.now(UTC)
    while piece := list(islice(numbers, PIECE)):
        entries, notes = [], []
        for number in piece:
            data, space, address = text(number, "First"), f"{SPACE}{number}", f"{site}/{number}"
            reading = read(data, media_type=TURTLE, address=space, limits=Limits())
            version = Version(digest(reading.canonical), reading.canonical, data, TURTLE)
            accepted = Event(space, Happening.ACCEPTED, address, version.digest, rules=rules)
            entries += [(Event(space, Happening.REGISTERED, address), None), (accepted, version)]
            known = byte_digest(data), version.digest
            notes.append(Note(space, '"First"', data_digest=known[0], digest=known[1], read=now))
        home.ledger.append_all(entries)
        notebook.write(notes)


def bare(site: str, size: int) -> float:
    """Ask every address in a loop that does nothing else, with the library that the harvest uses too."""
    with httpx2.Client(trust_env=False, limits=httpx2.Limits(max_connections=AT_ONCE)) as client:

        def ask(number: int) -> None:
            answer = client.get(f"{site}/{number}", headers={"If-None-Match": '"First"'})
            if answer.status_code != 304:
                raise ValueError(f"The server answered {answer.status_code}")

        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for _ in threads.map(ask, range(size)):
                pass
        return time.perf_counter() - began


class Round:
    """One round of a harvest, measured."""

    def __init__(self, home: Home, notebook: Notebook, executor: Executor, sources: list[Source]) -> None:
        """Make the round."""
        self.outcomes: Counter[str] = Counter()
        books, began = Books(home.ledger, notebook, home.writing), time.perf_counter()
        with Fetcher(POLICY) as fetcher:
            for number, one in enumerate(
                harvest(sources, books, fetcher, executor, care=Care(harvest_at_once=AT_ONCE)), start=1
            ):
                self.outcomes[one.outcome] += 1
                if number == 1 + len(sources) // 10:
                    self.memory = _memory()
        self.seconds = time.perf_counter() - began
        self.growth = _memory() - self.memory


def round(size: int) -> Iterator[Part]:
    """Compare a round in which nothing has changed with the bare loop, in turn; the best of each counts."""
    with _world(size) as (site, _, home, notebook, executor, sources):
        times: dict[str, list[float]] = {"bare loop": [], "round": []}
        for _ in range(TURNS):
            times["bare loop"].append(bare(site, size))
            made = Round(home, notebook, executor, sources)
            if made.outcomes != {"not-modified": size}:
                raise ValueError(f"The round brought {made.outcomes}")
            times["round"].append(made.seconds)
        for name, laps in times.items():
            yield name, min(laps), size
        yield "memory at a tenth of the round", made.seconds, made.memory
        yield "growth of memory until its end", made.seconds, made.growth


def change(size: int) -> Iterator[Part]:
    """Compare a round in which one description in a hundred has changed with one in which none has."""
    with _world(size) as (_, change_some, home, notebook, executor, sources):
        quiet = [Round(home, notebook, executor, sources).seconds for _ in range(TURNS)]
        change_some(size // 100)
        made = Round(home, notebook, executor, sources)
        if made.outcomes["accepted"] != size // 100:
            raise ValueError(f"The round brought {made.outcomes}")
        yield "nothing changed", min(quiet), size
        yield "one in a hundred changed", made.seconds, size // 100


@contextmanager
def _world(size: int) -> Iterator[World]:
    with TemporaryDirectory() as folder, served() as (site, change_some), crew() as executor:
        home = Home(Path(folder))
        with Notebook(home.visits) as notebook:
            fill(home, site, size, notebook)
            Round(home, notebook, executor, [_source(site, size + more) for more in range(WARMING)])
            sources = [_source(site, number) for number in range(size)]
            yield site, change_some, home, notebook, executor, sources
        home.ledger.close()


def _source(site: str, number: int) -> Source:
    return Source(f"{site}/{number}", f"{SPACE}{number}")


def _memory() -> int:
    """Tell how much memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


STEPS: dict[str, Callable[[int], Iterator[Part]]] = {"round": round, "change": change}

if __name__ == "__main__":
    parts = list(STEPS[sys.argv[1]](int(sys.argv[2])))
    sys.stdout.write(json.dumps({"parts": parts, "peak": 0}) + "\n")
