"""A cable is pulled in the middle of a harvest, and of a replication; later all is as it should be."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from registry.ledger import Ledger
from tests.conftest import ROOT
from tests.faults.network import Host, network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import CompletedProcess, Popen

PROJECTS = 12
PATIENCE = 60.0
"""Seconds to wait for something that takes one or two."""
pytestmark = [pytest.mark.needs("networks"), pytest.mark.slow]


@dataclass(frozen=True)
class Registry:
    """A registry on a host of its own."""

    host: Host
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Its settings."""
        return {
            "PYTHONPATH": str(ROOT),
            "KOEPEL_HOME": str(self.home),
            "KOEPEL_HOST": self.host.address,
            "KOEPEL_PORT": "80",
            "KOEPEL_ADDRESS": f"http://{self.host.address}",
            "KOEPEL_FETCH_SECONDS": "2",
            "KOEPEL_HOST_PAUSE": "0",
            "KOEPEL_FEED_PAGE": "4",
            "KOEPEL_QUERY_WORKERS": "1",
        }

    def command(self, *words: str) -> tuple[str, ...]:
        """Write a command of ours as the system takes it."""
        return (sys.executable, "-c", "from registry.cli import main; main()", *words)

    def run(self, *words: str) -> CompletedProcess[str]:
        """Run a command to its end."""
        return self.host.run(*self.command(*words), env=self.environment)

    @contextmanager
    def running(self, *words: str) -> Iterator[Popen[bytes]]:
        """Run a command while the block runs."""
        with self.host.running(*self.command(*words), env=self.environment) as process:
            yield process

    def texts(self) -> dict[str, str]:
        """Read the canonical hash of every text that readers see; what this registry lists has none."""
        with Ledger.in_folder(self.home) as ledger:
            return {source: one.digest for source, one in ledger.published().items() if one.digest}

    def check(self) -> None:
        """Let the doctor compare ledger, graph and snapshot."""
        found = self.run("doctor")
        assert found.returncode == 0, found.stdout + found.stderr


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.02)


@contextmanager
def serving(registry: Registry) -> Iterator[None]:
    """Let a registry answer on its host while the block runs."""
    with registry.running("serve"):
        wait_for(lambda: _answers(registry.host))
        yield


def _answers(host: Host) -> bool:
    question = f"import socket; socket.create_connection(('{host.address}', 80), 1)"
    return host.run(sys.executable, "-c", question).returncode == 0


def test_a_cut_link_costs_time_and_nothing_else(tmp_path: Path) -> None:
    served = tmp_path / "served"
    with network("site", "first", "second") as hosts:
        site, first, second = hosts["site"], *(Registry(hosts[n], tmp_path / n) for n in ("first", "second"))
        program = (sys.executable, "-m", "tests.faults.slow_site", site.address, str(PROJECTS), "0.2")
        with site.running(*program, str(served), env={"PYTHONPATH": str(ROOT)}):
            harvest_through_a_cut(site, served, first)
        with serving(first):
            follow_through_a_cut(first, second)
        first.check()
        second.check()

    assert first.texts() == second.texts()
    assert len(first.texts()) == PROJECTS


def harvest_through_a_cut(site: Host, served: Path, registry: Registry) -> None:
    """Pull the publisher's cable when a few of its descriptions have come."""
    added = registry.run("add", f"http://{site.address}/sitemap.xml", "--kind", "sitemap")
    assert added.returncode == 0, added.stderr
    with registry.running("harvest") as harvest:
        wait_for(lambda: served.exists() and len(served.read_text().splitlines()) > PROJECTS // 4)
        site.cut()
        harvest.wait(PATIENCE)
    assert 0 < len(registry.texts()) < PROJECTS

    site.heal()
    done = registry.run("harvest", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(registry.texts()) == PROJECTS


def follow_through_a_cut(leader: Registry, follower: Registry) -> None:
    """Pull the leader's cable when the first page of its stream has come."""
    added = follower.run("add", f"http://{leader.host.address}/", "--kind", "registry")
    assert added.returncode == 0, added.stderr
    with follower.running("harvest") as harvest:
        wait_for(lambda: bool(follower.texts()))
        leader.host.cut()
        harvest.wait(PATIENCE)
    assert 0 < len(follower.texts()) < PROJECTS

    leader.host.heal()
    done = follower.run("harvest", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
