"""When the registry is ended without a word, the processes that worked for it end too."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.graph.snapshot import Snapshot

PROGRAM = Path(__file__).with_name("registry_to_be_killed.py")


@pytest.fixture(params=["waiting", "working", "reading"])
def abandoned(request: pytest.FixtureRequest, snapshot: Snapshot, tmp_path: Path) -> Iterator[list[int]]:
    """The processes of a pool, of which the registry was killed while they did something."""
    order = [sys.executable, str(PROGRAM), str(snapshot.folder.parents[1]), request.param]
    surroundings = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(  # noqa: S603 - a program of ours
        order, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as registry:
        assert registry.stdout
        processes = [int(number) for number in registry.stdout.readline().split()]
        registry.send_signal(signal.SIGKILL)
    yield processes
    for pid in filter(_is_there, processes):
        os.kill(pid, signal.SIGKILL)


def test_no_process_and_no_file_outlives_the_registry(abandoned: list[int], tmp_path: Path) -> None:
    end = time.monotonic() + 3

    while any(map(_is_there, abandoned)) and time.monotonic() < end:
        time.sleep(0.05)

    assert len(abandoned) == 2
    assert not list(filter(_is_there, abandoned))
    assert not list(tmp_path.glob("koepel-*"))


def _is_there(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
