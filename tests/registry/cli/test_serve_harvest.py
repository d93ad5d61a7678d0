"""`koepel serve --harvest` keeps the rhythm of the visits by itself."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from federation.notebook import Notebook
from registry.home import Home
from registry.ledger import Event, Happening
from tests.federation import faulty_server as faulty
from tests.federation.description import text
from tests.registry.cli.test_serve import ask, free_port, start, wait_for

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

SETTINGS = {"KOEPEL_ALLOW_LOOPBACK": "true", "KOEPEL_HOST_PAUSE": "0"}
SPACE = "https://buddy.example/"


def register(home: Home, server: faulty.FaultyServer, name: str, title: str = "First") -> str:
    """Register a description that a server publishes."""
    address = server.publish(faulty.document(text(name, title)), f"/{name}")
    home.ledger.append(Event(SPACE + name, Happening.REGISTERED, address))
    return SPACE + name


@contextmanager
def keeping(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Let a registry visit its sources while the block runs."""
    port = free_port()
    server = start(folder, port, "--harvest", **SETTINGS)
    try:
        yield server, port
    finally:
        server.kill()
        server.communicate()


def shown(home: Home, source: str) -> bytes:
    """Give what readers see of a source."""
    found = home.ledger.publication(source)
    return home.ledger.version(found.digest).original if found else b""


@pytest.mark.slow
def test_a_registry_visits_what_is_new_and_what_somebody_says_has_changed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with faulty.serve() as site:
        first = register(home, site, "one")
        with keeping(tmp_path) as (_, port):
            wait_for(lambda: b"First" in ask(port, "/en/projects")[2])
            second = register(home, site, "two")
            wait_for(lambda: bool(shown(home, second)))

            site.publish(faulty.document(text("one", "Second")), "/one")
            with Notebook(home.visits) as notebook:
                notebook.hurry(first)
            wait_for(lambda: b"Second" in ask(port, "/en/projects")[2])


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["told to stop", "killed"])
def test_the_harvest_ends_with_the_registry(tmp_path: Path, end: signal.Signals) -> None:
    home = Home(tmp_path)
    with faulty.serve() as site:
        source = register(home, site, "one")
        site.publish(faulty.late(30, faulty.status(500)), "/late")
        home.ledger.append(Event(SPACE + "late", Happening.REGISTERED, site.address("/late")))
        with keeping(tmp_path) as (server, port):
            wait_for(lambda: ask(port, "/healthz")[0] == 200 and bool(shown(home, source)))
            family = _family(server.pid)
            os.kill(server.pid, end)
            server.wait(30)
            wait_for(lambda: not any(_is_alive(one) for one in family), 20)

    assert len(family) > 1


def _family(process: int) -> list[int]:
    """List the processes that a process has started, and those that these have started."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(one) for thread in threads for one in thread.read_text(encoding="ascii").split()]
    return [one for child in children for one in (child, *_family(child))]


def _is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return False
