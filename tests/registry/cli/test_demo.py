"""`koepel demo` does what `make run` promises: a federation on this machine, which tells what came of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from registry.ledger import Ledger
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = "from registry.cli import main; main()"
COUNTRIES = ("catalonia", "flanders", "germany", "netherlands")
REGISTRIES, SITES = 5, 6
"""How many ports in a row the registries and the sites take."""
PATIENCE = 240.0


@dataclass(frozen=True)
class Demonstration:
    """The demonstration, while it runs."""

    process: subprocess.Popen[str]
    folder: Path
    port: int
    first_port: int
    told: str

    def localised(self, command: str) -> str:
        """Put the ports of this demonstration in the place of the usual ones."""

        def port(found: re.Match[str]) -> str:
            number = int(found[1])
            return f":{self.first_port + number - 8101 if number > 8100 else self.port + number - 8000}"

        return re.sub(r":(8\d\d\d)\b", port, command)


def start(folder: Path, port: int, first_port: int, *options: str) -> subprocess.Popen[str]:
    """Start the demonstration in a folder of its own."""
    command = [sys.executable, "-c", COMMAND, "demo", "--first-port", str(first_port), *options]
    settings = {"KOEPEL_HOME": "var", "KOEPEL_PORT": str(port), "COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    with (folder / "trouble").open("w") as trouble:
        return subprocess.Popen(  # noqa: S603 - our own program
            command,
            cwd=folder,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=trouble,
            text=True,
        )


def free_ports(count: int, start: int) -> int:
    """Find the first of so many free ports in a row."""
    for first in range(start, start + 900, count):
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


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Demonstration]:
    """The demonstration as `make run` starts it, once it is open."""
    folder = tmp_path
    (folder / "tests").symlink_to(ROOT / "tests")
    port, first_port = free_ports(REGISTRIES, 18000), free_ports(SITES, 19000)
    with start(folder, port, first_port) as process:
        told = "".join(_until_open(process))
        try:
            yield Demonstration(process, folder, port, first_port, told)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


def _until_open(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if "is open at" in line:
            return


def hops() -> list[str]:
    """Read the commands of the chapter that shows each hop."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    chapter = readme.partition("## The federation, hop by hop\n")[2].partition("\n## ")[0]
    return re.findall(r"^(?:curl|koepel|KOEPEL_\w+=).*$", chapter, flags=re.MULTILINE)


@pytest.mark.slow
def test_the_demonstration_is_a_federation(demonstration: Demonstration) -> None:
    tells_what_came_of_every_site(demonstration.told)
    holds_in_europe_what_the_countries_hold(demonstration.folder / "var")
    for command in hops():
        shows_a_hop(demonstration, command)
    ends_with_all_its_processes(demonstration)
    is_quicker_the_second_time(demonstration)


def tells_what_came_of_every_site(told: str) -> None:
    """Look for the countries, what was held or rejected and why, and where initiatives stand."""
    assert "held: " in told
    assert "The country is missing" in told
    assert all(re.search(rf"│ {country} +│ +\d+ ", told) for country in COUNTRIES)
    assert re.search(r"│ impulse +│ +\d+ │", told)


def holds_in_europe_what_the_countries_hold(homes: Path) -> None:
    """Compare the texts that readers see, by their canonical hashes."""
    texts = {name: published(homes / name) for name in (*COUNTRIES, "europe")}

    together = {source: text for name in COUNTRIES for source, text in texts[name].items()}
    assert together.items() <= texts["europe"].items()
    assert len(together) > 180


def published(home: Path) -> dict[str, str]:
    """Read the canonical hash of each text that readers of a registry see."""
    with Ledger.in_folder(home) as ledger:
        return {source: one.digest for source, one in ledger.published().items()}


def shows_a_hop(demonstration: Demonstration, command: str) -> None:
    """Run a command of the README as a reader would."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    done = subprocess.run(  # noqa: S603 - the command is our own README's
        ["/bin/bash", "-c", demonstration.localised(command).replace("curl ", "curl --fail --silent ")],
        cwd=demonstration.folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout) > 20


def ends_with_all_its_processes(demonstration: Demonstration) -> None:
    """End it as a person does, and see that nobody listens any more."""
    demonstration.process.send_signal(signal.SIGINT)
    demonstration.process.communicate(timeout=60)
    wait_until_closed(demonstration.port, REGISTRIES)


def is_quicker_the_second_time(demonstration: Demonstration) -> None:
    """Start it again: nothing is accepted anew."""
    with start(demonstration.folder, demonstration.port, demonstration.first_port, "--once") as again:
        told, _ = again.communicate(timeout=PATIENCE)

    assert again.returncode == 0
    assert re.search(r"│ netherlands +│ +· │", told)


def wait_until_closed(first: int, count: int) -> None:
    """Wait until nobody listens at these ports any more."""
    end = time.monotonic() + 30
    for port in range(first, first + count):
        while not _is_closed(port):
            assert time.monotonic() < end, f"Somebody still listens at port {port}."
            time.sleep(0.1)


def _is_closed(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_that_is_taken_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with start(tmp_path, free_ports(REGISTRIES, 18000), taken.getsockname()[1], "--once") as process:
            process.communicate(timeout=60)

    assert process.returncode == 2
    assert "--first-port" in (tmp_path / "trouble").read_text()
    assert not list((tmp_path / "var").glob("*/ledger.sqlite"))
