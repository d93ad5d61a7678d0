"""`koepel serve` shows the registry, follows what other processes change, and stops when it is told to."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from registry.home import Home
from tests.registry.web.edition import show_only

COMMAND = "from registry.cli import main; main()"
PATIENCE = 60.0

Ask = Callable[[str], tuple[int, dict[str, str], bytes]]


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, *options: str, **settings: str) -> subprocess.Popen[str]:
    """Start the server in a process of its own."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", COMMAND, "serve", "--port", str(port), *options],
        env={**os.environ, "KOEPEL_HOME": str(folder), "KOEPEL_LOG_FORMAT": "json", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the server: status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        connection.close()


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait until something is so; gives how long it took."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            if condition():
                return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(0.05)
    pytest.fail(f"This was not so within {seconds} seconds.")


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Ask]]:
    """Serve a registry while the block runs."""
    port = free_port()
    server = start(folder, port)
    try:
        wait_for(lambda: server.poll() is not None or ask(port, "/healthz")[0] == 200)
        yield server, lambda path: ask(port, path)
    finally:
        server.kill()
        server.communicate()


@pytest.mark.slow
def test_a_new_snapshot_of_another_process_is_shown_within_two_seconds(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with serving(tmp_path) as (_, reader):
        assert reader("/en/projects")[0] == 503
        first = show_only(home, "One")
        wait_for(lambda: reader("/en/projects")[0] == 200, 10)
        second = show_only(home, "Two")
        took = wait_for(lambda: reader("/en/projects")[1]["koepel-snapshot"] == second.name, 10)

        assert took < 2.5
        assert b"Two" in reader("/en/projects")[2]
        assert b"One" in reader(f"/en/projects?snapshot={first.name}")[2]
        assert reader("/readyz")[0] == 200


@pytest.mark.slow
def test_it_stops_when_it_is_told_to_and_leaves_nothing_running(tmp_path: Path) -> None:
    show_only(Home(tmp_path), "One")
    with serving(tmp_path) as (server, reader):
        assert reader("/sparql?query=ASK%20%7B%7D")[0] == 200
        children = [int(one) for one in _children(server.pid)]
        server.send_signal(signal.SIGTERM)
        told, log = server.communicate(timeout=20)

    assert "The registry is open at http://127.0.0.1:" in told
    assert {json.loads(line)["event"] for line in log.splitlines()} == {"request"}
    wait_for(lambda: not any(Path(f"/proc/{child}/cmdline").exists() for child in children), 10)


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


def test_a_port_that_is_taken_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = start(tmp_path / "home", port)
        told, complaint = server.communicate(timeout=PATIENCE)

    assert (server.returncode, told) == (2, "")
    assert f"port {port} of 127.0.0.1" in complaint
    assert not (tmp_path / "home").exists()


def test_a_wrong_setting_stops_the_start(tmp_path: Path) -> None:
    server = start(tmp_path, free_port(), KOEPEL_QUERY_SECONDS="soon")
    _, complaint = server.communicate(timeout=PATIENCE)

    assert server.returncode == 2
    assert "KOEPEL_QUERY_SECONDS" in complaint
    assert "Traceback" not in complaint
