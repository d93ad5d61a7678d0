"""How fast a filled registry is for readers and writers, and how much memory it holds: `make benchmark`.

Every step runs in a process of its own, and what is compared runs in turn, so that a busy machine disturbs
both alike. The tables can go into a document as they are printed. Nothing here fails for being slow; what
fails is an answer that differs from another engine's.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.benchmarks.measured import SIZES, Measured, by_part, markdown, measure

LARGEST = max(SIZES)
SMALL = min(LARGEST, 1000)
"""The size at which rdflib is compared: ten times as much takes it more memory than most machines have."""
FOLDER = "KOEPEL_BENCHMARK_FOLDER"
MEGABYTE = 2**20


@pytest.fixture(autouse=True, scope="module")
def _folder() -> Iterator[None]:
    """Keep filled registries for the steps that follow, and after them only where somebody wants it."""
    if FOLDER in os.environ:
        Path(os.environ[FOLDER]).mkdir(parents=True, exist_ok=True)
        yield
        return
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, folder)
        yield


def test_registries_are_filled() -> None:
    measured = [one for size in sorted({SMALL, *SIZES}) for one in measure("fill", size)]

    rows = [[f"{one.size:,}", f"{one.found:,}", f"{one.seconds:,.0f}"] for one in measured]
    markdown(["projects", "statements", "seconds to fill"], rows)

    assert min(one.found for one in measured) > 0


def test_queries_over_http_against_oxigraph_in_process() -> None:
    large = by_part(measure("sparql", LARGEST))

    markdown(
        [f"{LARGEST:,} projects", "rows", "over HTTP (ms)", "in process (ms)", "ratio"],
        [_beside(one, large[one.part.replace("over HTTP", "in process")]) for one in _served(large)],
    )

    assert all(one.found for one in large.values())


def test_queries_over_http_against_rdflib() -> None:
    small, rdflib = by_part(measure("sparql", SMALL)), by_part(measure("rdflib", SMALL))
    pairs = [(rdflib[one.part.replace("over HTTP", "rdflib")], one) for one in _served(small)]

    rows = [_beside(slow, fast, "> " if slow.found < 0 else "") for slow, fast in pairs]
    markdown([f"{SMALL:,} projects", "rows", "rdflib (ms)", "over HTTP (ms)", "ratio"], rows)

    assert [slow.found for slow, _ in pairs if slow.found >= 0] == [
        fast.found for slow, fast in pairs if slow.found >= 0
    ]


def test_lists_of_a_portal_against_the_sparql_they_need() -> None:
    measured = by_part(measure("graphql", LARGEST))

    asked = [one for one in measured.values() if one.part.endswith("GraphQL")]
    needed = [measured[one.part.replace("GraphQL", "SPARQL")] for one in asked]
    markdown(
        [f"{LARGEST:,} projects", "rows", "GraphQL (ms)", "SPARQL (ms)", "ratio"],
        [_beside(one, other) for one, other in zip(asked, needed, strict=True)],
    )

    assert all(one.found == 100 for one in asked)


@pytest.mark.parametrize("step", ["ingest", "change"])
def test_the_way_of_a_document_to_readers(step: str) -> None:
    measured = [by_part(measure(step, size)) for size in SIZES]

    columns = [column for size in SIZES for column in (f"{size:,} projects", "processor")]
    parts = [part for part in measured[-1] if not part.endswith("processor")]
    rows = [[part, *(one.milliseconds for sized in measured for one in _both(sized, part))] for part in parts]
    markdown([f"{step}, ms per document", *columns], rows)

    assert all(sized.keys() == measured[-1].keys() for sized in measured)


@pytest.mark.parametrize("step", ["catalogue", "memory"])
def test_the_memory_of_a_server(step: str) -> None:
    measured = measure(step, LARGEST)

    markdown([f"{LARGEST:,} projects", "seconds", "MB"], [_held(one) for one in measured])

    assert all(one.found for one in measured)


def _served(measured: dict[str, Measured]) -> list[Measured]:
    return [one for one in measured.values() if one.part.endswith("over HTTP")]


def _beside(one: Measured, other: Measured, more: str = "") -> list[str]:
    """Write down two times and how they compare."""
    name, rows = one.part.partition(",")[0], f"{max(one.found, other.found):,}"
    return [
        name,
        rows,
        f"{more}{one.milliseconds}",
        other.milliseconds,
        f"{more}× {one.seconds / other.seconds:,.2f}",
    ]


def _both(measured: dict[str, Measured], part: str) -> list[Measured]:
    """Find the time of a part on the clock, and that of the processors."""
    return [measured[part], measured[f"{part}, processor"]]


def _held(one: Measured) -> list[str]:
    return [one.part, f"{one.seconds:,.1f}", f"{one.found / MEGABYTE:,.0f}"]
