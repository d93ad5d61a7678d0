"""Measures one step in a process of its own: `python -m tests.benchmarks.measure check 100`.

One line of JSON goes out: how long each part took, how many things it found, and the most memory that the
process and its children held. What a step needs is made before the clock starts, but counts for the memory.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pyshacl_turbo
from rdflib import Graph
from rdflib.namespace import SH

from registry.ingest.document import Document, read_document
from registry.validation.assessment import assess
from registry.validation.composition import compose
from registry.validation.engine import validate
from registry.validation.standard import load_library
from tests.benchmarks.generator import DAY, Project, generate
from tests.benchmarks.rdflib_engine import rdflib
from tests.benchmarks.serving import catalogue, graphql, memory, sparql
from tests.benchmarks.writing import change, fill, ingest

Part = tuple[str, float, int]
"""What was done, how many seconds it took, and how many things it found."""
STANDARDS = ("profile", "cms")
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


STEPS: dict[str, Callable[[int], Iterator[Part]]] = {
    step.__name__: step
    for step in (
        parse,
        check,
        pyshacl,
        turbo,
        fill,
        ingest,
        change,
        sparql,
        rdflib,
        graphql,
        catalogue,
        memory,
    )
}


def peak_bytes() -> int:
    """Tell the most memory that this process, or one that it started, has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return unit * max(resource.getrusage(kind).ru_maxrss for kind in kinds)


if __name__ == "__main__":
    parts = list(STEPS[sys.argv[1]](int(sys.argv[2])))
    sys.stdout.write(json.dumps({"parts": parts, "peak": peak_bytes()}) + "\n")
