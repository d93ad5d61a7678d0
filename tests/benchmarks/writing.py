"""Measures what it takes to bring descriptions to readers, in a copy of a filled registry."""

from __future__ import annotations

import os
import re
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from registry.arrival import History, receive
from registry.graph import projection
from registry.graph.rules import rules_digest
from registry.graph.snapshot import Snapshots
from registry.home import Home, publish
from registry.ingest.document import read_document
from registry.ledger import Event, Happening
from registry.validation.standard import load_library
from tests.benchmarks.filling import TURTLE, copied_home, filled_home
from tests.benchmarks.generator import DAY, Project, generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Part = tuple[str, float, int]

__all__ = ["change", "fill", "ingest"]

MORE = int(os.environ.get("KOEPEL_BENCHMARK_DOCUMENTS", "100"))
"""So many further documents a filled registry takes in."""
CHANGES = 9
"""So many times one document is changed."""
PARTS = {
    "texts": (projection, "_place_texts"),
    "provenance": (projection, "_place_accounts"),
    "readiness": (projection, "_place_standings"),
    "inference": (projection, "conclude"),
    "checkpoint": (Snapshots, "take"),
    "deleting old snapshots": (Snapshots, "prune"),
}
"""What publishing consists of."""
REST = "the rest of publishing"


class Watch:
    """Notes how long things take: on the clock, and in processor seconds of this process and its children.

    On a busy machine the clock also counts the waiting, and only the processor seconds compare.
    """

    def __init__(self) -> None:
        self.laps: dict[str, list[float]] = {}
        self.worked: dict[str, list[float]] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Note the time that the block takes."""
        start, worked = time.perf_counter(), _processor()
        try:
            yield
        finally:
            self.note(name, time.perf_counter() - start, _processor() - worked)

    def note(self, name: str, seconds: float, worked: float) -> None:
        """Note a time."""
        self.laps.setdefault(name, []).append(seconds)
        self.worked.setdefault(name, []).append(worked)

    def take_over(self, other: Watch) -> None:
        """Note what another watch has."""
        for name in other.laps:
            self.laps.setdefault(name, []).extend(other.laps[name])
            self.worked.setdefault(name, []).extend(other.worked[name])

    def told(self, summary: Callable[[list[float]], float], times: int) -> Iterator[Part]:
        """Tell the times, made into one of each by a summary."""
        for name in self.laps:
            yield name, summary(self.laps[name]), times
            yield f"{name}, processor", summary(self.worked[name]), times

    def around(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """Note the time that a function takes, each time it is called."""

        def timed(*arguments: Any, **options: Any) -> Any:
            with self.on(name):
                return act(*arguments, **options)

        return timed


def fill(size: int) -> Iterator[Part]:
    """Fill a registry, unless there is one; see `filling` for what is left out."""
    start = time.perf_counter()
    home = filled_home(size)
    seconds = time.perf_counter() - start
    snapshot = home.snapshots.current()
    if snapshot:
        yield "filling a registry", seconds, len(snapshot.open())


def ingest(size: int) -> Iterator[Part]:
    """Take in further documents, all the way from bytes to readers, one by one in one process."""
    watch, projects = Watch(), list(generate(size + MORE))[size:]
    with copied_home(size) as home:
        _take_in(home, projects[:1], Watch())  # what is read once and kept is no matter of a document
        _take_in(home, projects[1:], watch)
    count = MORE - 1
    yield from watch.told(lambda laps: sum(laps) / count, count)
    for name, laps in (("all", watch.laps), ("all, processor", watch.worked)):
        yield name, sum(map(sum, laps.values())) / count, count


def change(size: int) -> Iterator[Part]:
    """Change one document again and again, and publish each time; the median counts."""
    watch, project = Watch(), next(generate(size))
    with copied_home(size) as home:
        _take_in(home, [_changed(project, CHANGES)], Watch())
        for number in range(CHANGES):
            _take_in(home, [_changed(project, number)], watch)
    yield from watch.told(median, CHANGES)


def _changed(project: Project, number: int) -> Project:
    return replace(project, turtle=re.sub(r"\bDe Brug\b", f"De Brug {number}", project.turtle))


def _take_in(home: Home, projects: list[Project], watch: Watch) -> None:
    """Do what a harvest does once a document is fetched, and publish at the end."""
    library, rules = load_library(), rules_digest()
    with watch.on("reading what is known of all"):
        history = History(home.ledger)
    for project in projects:
        source = project.address
        with watch.on("reading, in a sandbox"):
            data = project.turtle.encode()
            document = read_document(data, media_type=TURTLE, address=source, space=source)
        arrived = Event(source, Happening.FETCHED, source, rules=rules)
        with watch.on("what is known of it"):
            known = history.of(source)
        with watch.on("check against the profile"):
            event, version = receive(arrived, document, known, library, DAY)
        with watch.on("ledger"):
            home.ledger.append_all([(event, version)])
    _publish(home, watch)


def _publish(home: Home, watch: Watch) -> None:
    inside = Watch()
    with ExitStack() as stack:
        for name, (place, function) in PARTS.items():
            timed = inside.around(name, getattr(place, function))
            stack.enter_context(patch.object(place, function, timed))
        start, worked = time.perf_counter(), _processor()
        publish(home, load_library(), DAY)
        seconds, worked = time.perf_counter() - start, _processor() - worked
    watch.take_over(inside)
    told = (sum(map(sum, laps.values())) for laps in (inside.laps, inside.worked))
    watch.note(REST, seconds - next(told), worked - next(told))


def _processor() -> float:
    """Tell for how many seconds processors have worked for this process and those that it has waited for."""
    used = [getrusage(kind) for kind in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
