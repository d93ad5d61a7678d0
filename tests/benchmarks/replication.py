"""Measures one registry that follows another: `python -m tests.benchmarks.replication replicate 1000`.

One line of JSON goes out, as from `measure`. The registry that is followed runs in a process of its own, as
it would on another machine; what it publishes is written beforehand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyoxigraph as ox

from federation.feed.outline import outline_of
from federation.feed.page import find_page
from federation.feed.stream import Stream
from federation.fetch import Fetcher, Policy
from federation.follow import Follower
from federation.harvest.weave import weave
from federation.source import Kind, Source
from registry.formats import Format
from registry.graph.rules import rules_digest
from registry.home import Home
from registry.ingest.canonical import canonicalise, digest
from registry.ledger import Event, Happening, Version
from tests.benchmarks.measure import peak_bytes
from tests.benchmarks.measured import ROOT
from tests.federation.description import text
from tests.federation.feed.site import on_a_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.ledger import Ledger

    Part = tuple[str, float, int]

SITE = "https://buddy.example"
SIZE = 500
"""So many events of the ledger are on a page: two for each description."""
SHARE = 500
POLICY = Policy(loopback=True, host_pause=0, respect_robots=False, bytes=50_000_000)


def produce(size: int) -> Iterator[Part]:
    """Write all pages of a stream, in one process and for nobody."""
    with TemporaryDirectory() as folder:
        ledger = _filled(Path(folder), size).ledger
        for name, form in (("pages in TriG", Format.TRIG), ("pages in N-Quads", Format.N_QUADS)):
            start = time.perf_counter()
            written = sum(map(len, _pages(ledger, form)))
            yield name, time.perf_counter() - start, written
        start = time.perf_counter()
        sheets, _ = outline_of(ledger, SIZE).read()
        yield "finding all pages, the first time", time.perf_counter() - start, len(sheets)


def load(size: int) -> Iterator[Part]:
    """Load the statements of all descriptions with pyoxigraph alone: once on disk, once in memory."""
    with TemporaryDirectory() as folder:
        ledger = _filled(Path(folder), size).ledger
        lines = b"".join(_texts(ledger))
        for name, place in (("on disk", f"{folder}/store"), ("in memory", None)):
            store = ox.Store(place) if place else ox.Store()
            start = time.perf_counter()
            store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)
            store.flush()
            yield f"pyoxigraph, {name}", time.perf_counter() - start, len(store)


def replicate(size: int) -> Iterator[Part]:
    """Follow a stream to its end, over HTTP and through every check, into an empty ledger."""
    with TemporaryDirectory() as folder:
        first = _filled(Path(folder) / "first", size)
        first.ledger.close()
        with _served(first.folder) as address, _processes() as executor:
            second = Home(Path(folder) / "second")
            for name in ("following", "following again, when nothing is new"):
                start = time.perf_counter()
                counts = _follow(second, address, executor)
                yield name, time.perf_counter() - start, counts
            statements = sum(text.count(b"\n") for text in _texts(second.ledger))
            yield "statements", 0.0, statements


def _follow(home: Home, address: str, executor: ProcessPoolExecutor) -> int:
    stream = Source(address, address, Kind.REGISTRY)
    if stream.space not in home.ledger.registered():
        home.ledger.append(Event(stream.space, Happening.REGISTERED, stream.address, terms=stream.terms))
    with ThreadPoolExecutor(1) as threads, Fetcher(POLICY) as fetcher:
        follower = Follower(
            home.ledger,
            fetcher,
            threads,
            executor,
            lambda: datetime.now(UTC),
            rules_digest(),
            "https://second.example",
            home.writing,
        )
        (followed,) = weave(deque([stream]), follower.follow, 1)
    if followed.error:
        raise followed.error
    return followed.counts["accepted"]


@contextmanager
def _processes() -> Iterator[ProcessPoolExecutor]:
    """Give as many processes as there are processors, each of them started."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("forkserver")) as executor:
        list(executor.map(rules_of_a_process, range(2 * (os.cpu_count() or 1))))
        yield executor


def rules_of_a_process(_: int) -> str:
    """Let a process read what it needs for every description."""
    from registry.validation.standard import load_library

    load_library()
    return rules_digest()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.replication", "serve", str(folder)]
    serving = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with serving:
        assert serving.stdout
        yield serving.stdout.readline().strip()
        serving.communicate()  # closes its input, at which it ends


def serve(folder: str) -> None:
    """Serve a registry until nobody needs it any more."""
    with on_a_port(Home(Path(folder)), feed_page=SIZE) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        sys.stdin.read()


def _filled(folder: Path, size: int) -> Home:
    """Make a registry that has published so many small descriptions."""
    home = Home(folder)
    entries: list[tuple[Event, Version | None]] = []
    for number in range(size):
        source = f"{SITE}/{number:05}"
        version = _version(f"{number:05}")
        address = f"{source}.ttl"
        entries += [
            (Event(source, Happening.REGISTERED, address), None),
            (Event(source, Happening.ACCEPTED, address, version.digest), version),
        ]
    for start in range(0, len(entries), SHARE):
        home.ledger.append_all(entries[start : start + SHARE])
    return home


def _version(name: str) -> Version:
    data = text(name, f"Number {name}", site=SITE)
    parsed = ox.Dataset(ox.parse(data, ox.RdfFormat.TURTLE, base_iri=f"{SITE}/{name}"))
    canonical = canonicalise(parsed)
    return Version(digest(canonical), canonical, data, "text/turtle")


def _pages(ledger: Ledger, form: Format) -> Iterator[bytes]:
    stream = Stream("https://first.example", ledger.lineage, SIZE)
    for number in range(1, ledger.position() // SIZE + 1):
        page = find_page(ledger, stream, number)
        yield from page.write(ledger, form) if page else ()


def _texts(ledger: Ledger) -> Iterator[bytes]:
    published = ledger.published()
    return (text for _, text in ledger.canonical(one.digest for one in published.values()))


STEPS = {step.__name__: step for step in (produce, load, replicate)}

if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        parts = list(STEPS[sys.argv[1]](int(sys.argv[2])))
        sys.stdout.write(json.dumps({"parts": parts, "peak": peak_bytes()}) + "\n")
