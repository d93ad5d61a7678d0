"""Puts the queries to rdflib's own engine, with everything in memory that readers of a registry see."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from rdflib import Graph

from tests.benchmarks.filling import filled_home
from tests.benchmarks.serving import QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    Part = tuple[str, float, int]

__all__ = ["rdflib"]

PATIENCE = float(os.environ.get("KOEPEL_BENCHMARK_PATIENCE", "60"))
"""Seconds after which a query is given up; it counts with that time, and with -1 rows."""
EVERYTHING = "CONSTRUCT { ?subject ?predicate ?object } WHERE { ?subject ?predicate ?object }"


def rdflib(size: int) -> Iterator[Part]:
    """Load the newest snapshot of a registry, and put each query once."""
    snapshot = filled_home(size).snapshots.current()
    if snapshot is None:
        raise FileNotFoundError("There is no snapshot.")
    graph = Graph().parse(data=snapshot.open().answer(EVERYTHING, "application/n-triples"), format="nt")
    signal.signal(signal.SIGALRM, _give_up)
    for path in QUERIES:
        start = time.perf_counter()
        rows = _ask(graph, path.read_text(encoding="utf-8"))
        yield f"{path.stem}, rdflib", time.perf_counter() - start, rows


def _ask(graph: Graph, query: str) -> int:
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        return len(list(graph.query(query)))
    except TimeoutError:
        return -1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError
