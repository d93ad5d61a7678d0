"""Measures one step in a process of its own: `python -m tests.benchmarks.measure check 100`.

One line of JSON goes out: how long each part took, how many things it found, and the most memory that the
process and its children held. What a step needs is made before the clock starts, but counts for the memory.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pyshacl_turbo
from rdflib import Graph
from rdflib.namespace import SH

from registry.graph.store import GraphStore
from registry.ingest.document import Document, read_document
from registry.validation.assessment import assess
from registry.validation.composition import compose
from registry.validation.engine import validate
from registry.validation.standard import load_library
from tests.benchmarks.generator import DAY, Project, generate

Part = tuple[str, float, int]
"""What was done, how many seconds it took, and how many things it found."""
STANDARDS = ("profile", "cms")
QUERIES = sorted((Path(__file__).parent / "queries").glob("*.rq"))
REPEATED = 5
TURTLE = "text/turtle"


def parse(size: int) -> Iterator[Part]:
    """Read the documents as a harvest does: each in a sandbox, on all processors."""
    projects = list(generate(size))
    start = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        statements = sum(len(document.graph) for document in executor.map(_read, projects))
    yield "statements", time.perf_counter() - start, statements


def check(size: int) -> Iterator[Part]:
    """Hold all projects together against the profile and against a quality standard."""
    data, library = _graph(size), load_library()
    for token in STANDARDS:
        standard = library.standard(token)
        compose(library, standard, DAY)
        start = time.perf_counter()
        assessment = assess(data, library, standard, DAY)
        yield token, time.perf_counter() - start, len(assessment.findings)


def pyshacl(size: int) -> Iterator[Part]:
    """Run the validator alone: the one that the registry uses."""
    data = _graph(size)
    for token, shapes in _shapes():
        start = time.perf_counter()
        _, results = validate(data, shapes)
        yield token, time.perf_counter() - start, len(results)


def turbo(size: int) -> Iterator[Part]:
    """Run the validator alone: the one in Rust."""
    data = _graph(size)
    for token, shapes in _shapes():
        start = time.perf_counter()
        _, report, _ = pyshacl_turbo.validate(data, shacl_graph=shapes, inference="none")
        yield token, time.perf_counter() - start, len(list(report.objects(None, SH.result)))


def query(size: int) -> Iterator[Part]:
    """Fill a store, and put typical questions to it; of several times the median counts."""
    with tempfile.TemporaryDirectory() as folder:
        documents = [(one.address, one.turtle.encode(), TURTLE) for one in generate(size)]
        start = time.perf_counter()
        _fill(Path(folder) / "graph", documents)
        store = GraphStore.open_read_only(Path(folder) / "graph")
        yield "filling the store", time.perf_counter() - start, len(store)
        for path in QUERIES:
            yield _ask(store, path)


def _read(project: Project) -> Document:
    return read_document(project.turtle.encode(), media_type=TURTLE, address=project.address)


def _graph(size: int) -> Graph:
    graph = Graph()
    for project in generate(size):
        graph.parse(data=project.turtle, format="turtle")
    return graph


def _shapes() -> Iterator[tuple[str, Graph]]:
    library = load_library()
    for token in STANDARDS:
        yield token, compose(library, library.standard(token), DAY).shapes


def _fill(folder: Path, documents: list[tuple[str, bytes, str]]) -> None:
    store = GraphStore.create(folder)
    store.load_all(documents)
    store.flush()


def _ask(store: GraphStore, path: Path) -> Part:
    text, seconds, rows = path.read_text(encoding="utf-8"), [], 0
    for _ in range(REPEATED):
        start = time.perf_counter()
        rows = len(store.select(text).rows)
        seconds.append(time.perf_counter() - start)
    return path.stem, median(seconds), rows


STEPS: dict[str, Callable[[int], Iterator[Part]]] = {
    step.__name__: step for step in (parse, check, pyshacl, turbo, query)
}


def peak_bytes() -> int:
    """Tell the most memory that this process, or one that it started, has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return unit * max(resource.getrusage(kind).ru_maxrss for kind in kinds)


if __name__ == "__main__":
    parts = list(STEPS[sys.argv[1]](int(sys.argv[2])))
    sys.stdout.write(json.dumps({"parts": parts, "peak": peak_bytes()}) + "\n")
