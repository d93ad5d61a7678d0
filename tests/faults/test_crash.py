"""A process that is killed in the middle of its work loses nothing that it said was done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 56
MEMORY = Path("/dev/shm")  # noqa: S108 - a kill does not touch what the system holds for a disk, so none is needed


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one, because a disk that is asked to be sure takes its time."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else tmp_path) as name:
        yield Path(name)


def conducted(folder: Path, seed: int) -> dict[str, Any]:
    """Let a conductor kill writers, and give what it reports."""
    (folder / "scratch").mkdir()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.faults.conductor", str(folder / "place"), str(seed), str(ROUNDS)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder / "scratch")},
        stdout=subprocess.PIPE,
        check=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_killed_writer_leaves_a_registry_that_agrees_with_itself(folder: Path, seed: int) -> None:
    report = conducted(folder, seed)

    sys.stdout.write(f"Killed: {report['kills']}\n")
    assert not report["faults"], "\n".join(fault[:1000] for fault in report["faults"])
    assert sum(report["kills"].values()) == ROUNDS
    assert {"ledger", "projection", "checkpoint", "backup"} <= report["kills"].keys()
