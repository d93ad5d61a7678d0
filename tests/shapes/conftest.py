"""What the tests of shapes share: the library with the test standard added, and the complete project."""

import shutil
from datetime import date

import pytest
from rdflib import RDF, Graph

from registry.validation.standard import Library, load_library
from shapes import FOLDER as SHAPES
from tests.shapes.case import COMPLETE, EVERY, FOLDER, ROOT, read_cases


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which every case is checked, because greatest ages count back from a day."""
    return date(2026, 11, 21)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """All standards, and one more that uses every criterion."""
    folder = shutil.copytree(SHAPES, tmp_path_factory.mktemp("library") / "shapes")
    (folder / EVERY).mkdir()
    shutil.copy(FOLDER / f"criteria/{EVERY}.ttl", folder / EVERY / "standard.ttl")
    return load_library(folder)


@pytest.fixture(scope="session")
def complete() -> Graph:
    """The fictitious project that meets every criterion; do not change it."""
    path = ROOT / f"examples/fictitious/{COMPLETE.rpartition('/')[2]}.ttl"
    graph = Graph(bind_namespaces="none").parse(path)
    graph.bind("rdf", RDF)
    return graph


@pytest.fixture(scope="session")
def cases(complete: Graph) -> dict[str, Graph]:
    """For each standard, all its cases in one graph, each at an address of its own."""
    merged: dict[str, Graph] = {}
    for case in read_cases():
        merged.setdefault(case.standard, Graph())
        merged[case.standard] += case.apply(complete)
    return merged
