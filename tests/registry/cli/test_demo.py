"""`koepel demo` does what `make run` promises: fetch, check, keep, and tell what came of it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = "from registry.cli import main; main()"


def demo(home: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Run the demonstration up to the end of its harvest, in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", COMMAND, "demo", "--once", "--first-port", str(port)],
        env={**os.environ, "KOEPEL_HOME": str(home), "COLUMNS": "100"},
        capture_output=True,
        text=True,
    )


def free_ports(count: int) -> int:
    """Find the first of so many free ports in a row."""
    for first in range(18100, 19000, count):
        probes = [socket.socket() for _ in range(count)]
        try:
            for place, probe in enumerate(probes):
                probe.bind(("127.0.0.1", first + place))
        except OSError:
            continue
        finally:
            for probe in probes:
                probe.close()
        return first
    pytest.fail("This test needs a few free ports.")


@pytest.mark.slow
def test_the_demonstration_tells_what_came_of_every_site_and_is_quick_the_second_time(tmp_path: Path) -> None:
    port = free_ports(6)
    first, second = demo(tmp_path, port), demo(tmp_path, port)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "held: " in first.stdout
    assert "The country is missing" in first.stdout
    lines = second.stdout.splitlines()
    heads = next(line.split() for line in lines if line.startswith("┃ site"))
    rows = [line.split() for line in lines if line.startswith("│")]
    site = dict(zip(heads, next(row for row in rows if row[1] == "netherlands"), strict=True))
    assert (site["accepted"], int(site["unchanged"]) > 40) == ("·", True)
    standard = next(row for row in rows if row[1] == "impulse")
    assert standard[3].isdigit()


def test_a_port_that_is_taken_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = demo(tmp_path / "home", taken.getsockname()[1])

    assert done.returncode == 2
    assert "--first-port" in done.stderr
    assert not (tmp_path / "home").exists()
