"""What was measured, and how it is shown."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

__all__ = ["CONSOLE", "ROOT", "SIZES", "Measured", "by_part", "markdown", "measure"]

ROOT = Path(__file__).parents[2]
SIZES = [int(size) for size in os.environ.get("KOEPEL_BENCHMARK_SIZES", "100,1000,10000").split(",")]
CONSOLE = Console(width=100)


@dataclass(frozen=True)
class Measured:
    """One part of a step, on so many projects."""

    part: str
    size: int
    seconds: float
    found: int
    peak: int

    @property
    def per_thousand(self) -> float:
        """Seconds for a thousand projects."""
        return 1000 * self.seconds / self.size

    @property
    def milliseconds(self) -> str:
        """The time, to be read by people."""
        return f"{1000 * self.seconds:,.{0 if self.seconds >= 0.01 else 1}f}"


def measure(step: str, size: int, program: str = "tests.benchmarks.measure") -> list[Measured]:
    """Measure a step in a process of its own."""
    command = [sys.executable, "-m", program, step, str(size)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own program
    told = json.loads(done.stdout)
    return [Measured(part, size, seconds, found, told["peak"]) for part, seconds, found in told["parts"]]


def by_part(measured: Iterable[Measured]) -> dict[str, Measured]:
    """Find parts by their names."""
    return {one.part: one for one in measured}


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table that can go into a document; the first column is text, the others are figures."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    CONSOLE.print(f"\n{text}\n", markup=False, highlight=False, soft_wrap=True)
