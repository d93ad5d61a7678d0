"""Measures what readers of a filled registry meet: the server of `koepel serve`, in a process of its own."""

from __future__ import annotations

import http.client
import io
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from registry.reading.edition import Edition
from registry.validation.standard import load_library
from tests.benchmarks.filling import filled_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from registry.graph.embedded import EmbeddedStore
    from registry.home import Home

    Part = tuple[str, float, int]

__all__ = ["PORTAL", "QUERIES", "catalogue", "graphql", "memory", "sparql"]

FOLDER = Path(__file__).parent
QUERIES = sorted((FOLDER / "queries").glob("*.rq"))
PORTAL = sorted((FOLDER / "portal").glob("*.graphql"))
COMMAND = "from registry.cli import main; main()"
JSON = "application/sparql-results+json"
REPEATED = 7
PATIENCE = 300.0
"""Seconds for the server to start, in which it reads the catalogue."""
ANSWERS = int(os.environ.get("KOEPEL_BENCHMARK_ANSWERS", "200"))
"""So many large answers a server gives while its memory is watched."""
LARGE = "SELECT * { GRAPH ?graph { ?subject ?predicate ?object } } OFFSET %d LIMIT 45000"
"""Some 20 MB of results."""


class Server:
    """A running server; each request has a connection of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self._port = port

    def ask(self, query: str) -> int:
        """Put a SPARQL query, take in the whole answer, and count its bytes."""
        return len(self.post("/sparql", query.encode(), "application/sparql-query", JSON))

    def ask_graphql(self, question: str) -> bytes:
        """Put a GraphQL question."""
        body = json.dumps({"query": question}).encode()
        answer = self.post("/graphql", body, "application/json", "application/json")
        if b'"errors"' in answer:
            raise ValueError(answer.decode())
        return answer

    def post(self, path: str, body: bytes, kind: str, accept: str) -> bytes:
        """Send something, and take in the answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)) as connection:
            connection.request("POST", path, body, {"content-type": kind, "accept": accept})
            response = connection.getresponse()
            answer = response.read()
        if response.status != http.HTTPStatus.OK:
            raise ValueError(answer.decode(errors="replace"))
        return answer

    def wait(self) -> None:
        """Wait until it answers questions about the registry."""
        latest = time.monotonic() + PATIENCE
        while time.monotonic() < latest and self.process.poll() is None:
            with suppress(OSError, ValueError, http.client.HTTPException):
                self.ask("ASK {}")
                return
            time.sleep(0.2)
        raise TimeoutError("The server did not start.")

    @property
    def resident(self) -> int:
        """Tell how much memory it and its processes hold, in bytes; what they share counts for each."""
        listed = subprocess.run(["ps", "-Ao", "pid=,ppid=,rss="], capture_output=True, check=True)  # noqa: S607
        rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
        family = {self.process.pid}
        while more := {pid for pid, parent, _ in rows if parent in family} - family:
            family |= more
        return 1024 * sum(size for pid, _, size in rows if pid in family)


@contextmanager
def running(home: Home) -> Iterator[Server]:
    """Serve a registry while the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "KOEPEL_HOME": str(home.folder),
        "KOEPEL_PORT": str(port),
        "KOEPEL_QUERY_SECONDS": "60",
        "KOEPEL_LOG_LEVEL": "warning",
    }
    command = [sys.executable, "-c", COMMAND, "serve"]
    with subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            server = Server(process, port)
            server.wait()
            yield server
        finally:
            process.terminate()


def sparql(size: int) -> Iterator[Part]:
    """Put each query to the server and, in turn with it, to Oxigraph in this process."""
    home = filled_home(size)
    store = _opened(home)
    with running(home) as server:
        for path in QUERIES:
            query = path.read_text(encoding="utf-8")
            rows = _count(store.answer(query, JSON))
            served, direct = _compare(partial(server.ask, query), partial(store.answer, query, JSON))
            yield f"{path.stem}, over HTTP", served, rows
            yield f"{path.stem}, in process", direct, rows


def graphql(size: int) -> Iterator[Part]:
    """Put questions of a portal to the server, and in turn with each the SPARQL that brings the same."""
    with running(filled_home(size)) as server:
        for path in PORTAL:
            question = path.read_text(encoding="utf-8")
            query = path.with_suffix(".rq").read_text(encoding="utf-8")
            found = len(json.loads(server.ask_graphql(question))["data"]["projects"]["nodes"])
            rows = _count(server.post("/sparql", query.encode(), "application/sparql-query", JSON))
            asked, needed = _compare(partial(server.ask_graphql, question), partial(server.ask, query))
            yield f"{path.stem}, GraphQL", asked, found
            yield f"{path.stem}, SPARQL", needed, rows


def memory(size: int) -> Iterator[Part]:
    """Take large answers from the server; `found` is the memory that its processes hold, in bytes."""
    with running(filled_home(size)) as server:
        start = time.perf_counter()
        yield "at the start", 0.0, server.resident
        for number in range(1, ANSWERS + 1):
            length = server.ask(LARGE % (number % 7 * 1000))
            if number in {ANSWERS // 10, ANSWERS // 2, ANSWERS}:
                title = f"after {number} answers of {length / 1e6:.0f} MB"
                yield title, time.perf_counter() - start, server.resident


def catalogue(size: int) -> Iterator[Part]:
    """Open an edition and read its catalogue; `found` is the memory that this took, in bytes."""
    snapshot = filled_home(size).snapshots.current()
    if snapshot is None:
        raise FileNotFoundError("There is no snapshot.")
    before, start = _own_memory(), time.perf_counter()
    edition = Edition(snapshot.open(), load_library(), snapshot)
    entries = len(edition.catalogue.entries)
    yield f"reading the catalogue ({entries:,} entries)", time.perf_counter() - start, _own_memory() - before


def _opened(home: Home) -> EmbeddedStore:
    snapshot = home.snapshots.current()
    if snapshot is None:
        raise FileNotFoundError("There is no snapshot.")
    return snapshot.open()


def _compare(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Do two things in turn, several times; give the median of the seconds of each."""
    one(), other()
    seconds = [(_timed(one), _timed(other)) for _ in range(REPEATED)]
    return median(first for first, _ in seconds), median(second for _, second in seconds)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _count(answer: bytes) -> int:
    return len(json.load(io.BytesIO(answer))["results"]["bindings"])


def _own_memory() -> int:
    """Tell how much memory this process holds, in bytes."""
    listed = subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True, check=True)  # noqa: S603, S607
    return 1024 * int(listed.stdout)
