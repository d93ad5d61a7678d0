"""How fast documents are read and checked on this machine: `make benchmark`.

Every figure comes from a process of its own, so that the memory of one step is not counted with another.
Figures of different machines do not compare, so each stands beside a ratio: to the smallest size, or to
another validator. Nothing here fails for being slow. `KOEPEL_BENCHMARK_SIZES` chooses how many projects are
measured; without it they are 100, 1,000 and 10,000, which takes more than an hour.
"""

import subprocess
import sys
import time
from collections.abc import Iterable
from statistics import median

import pytest
from rich.table import Table

from tests.benchmarks.measured import CONSOLE, ROOT, SIZES, Measured, measure

EXAMPLE = ROOT / "examples" / "fictitious" / "complete-project.ttl"
COMMAND = "from registry.cli import main; main()"
REPEATED = 5


def show(title: str, measured: Iterable[Measured]) -> None:
    """Print what was measured, each part from the smallest to the largest size."""
    rows = sorted(measured, key=lambda one: (one.part, one.size))
    smallest = {one.part: one.per_thousand for one in reversed(rows)}
    table = Table(title=title, title_justify="left")
    for heading in ("", "projects", "seconds", "per 1,000", "to smallest", "peak MB", "found"):
        table.add_column(heading, justify="left" if not heading else "right")
    for one in rows:
        table.add_row(
            one.part,
            f"{one.size:,}",
            f"{one.seconds:.4g}",
            f"{one.per_thousand:.4g}",
            f"× {one.per_thousand / smallest[one.part]:.2f}",
            f"{one.peak / 2**20:,.0f}",
            f"{one.found:,}",
        )
    CONSOLE.print(table)


@pytest.mark.parametrize("step", ["parse", "check"])
def test_a_step_at_growing_sizes(step: str) -> None:
    measured = [one for size in SIZES for one in measure(step, size)]

    show(step, measured)

    assert min(one.found for one in measured if one.size >= 100) > 0


@pytest.mark.parametrize("size", SIZES)
def test_two_validators_find_the_same(size: int) -> None:
    reference, rust = measure("pyshacl", size), measure("turbo", size)

    show("pySHACL alone", reference)
    show("pyshacl-turbo alone", rust)
    for slow, fast in zip(reference, rust, strict=True):
        ratio = slow.seconds / fast.seconds
        CONSOLE.print(f"{slow.part}, {size:,} projects: pySHACL takes {ratio:.1f} times as long")

    assert [one.found for one in reference] == [one.found for one in rust]


def test_the_check_of_one_project_from_the_command_line() -> None:
    check = _processes("-c", COMMAND, "check", str(EXAMPLE))
    nothing = _processes("-c", "pass")

    CONSOLE.print(f"koepel check: {check:.2f} s, python -c pass: {nothing:.3f} s (median of {REPEATED})")

    assert min(check, nothing) > 0


def _processes(*arguments: str) -> float:
    """Run Python several times from a fresh start, and give the median of the seconds."""
    seconds = []
    for _ in range(REPEATED):
        start = time.perf_counter()
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own program
        seconds.append(time.perf_counter() - start)
    return median(seconds)
