"""One process publishes, another serves, many read: every answer shows one state, the one that it names."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.faults.reader import WAYS, Reader, Sight

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 25
PATIENCE = 60.0
SETTINGS = {"KOEPEL_QUERIES_PER_CLIENT": "20", "KOEPEL_QUERY_WORKERS": "2", "KOEPEL_LOG_LEVEL": "warning"}
SERVE = "from registry.cli import main; main()"


@dataclass
class Chronicle:
    """What the publisher tells: which snapshot shows which number, and which are kept."""

    numbers: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    kept: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    """The snapshots that were taken after the leaver had been erased."""
    still_read: list[str] = field(default_factory=list)
    """Those with the leaver that somebody did not let go of."""

    def note(self, line: str) -> None:
        """Take note of what was published."""
        told = json.loads(line)
        self.numbers[told["snapshot"]] = told["number"]
        self.names.append(told["snapshot"])
        self.kept = frozenset(told["kept"])
        self.erased |= {told["snapshot"]} if told["erased"] else frozenset()
        self.still_read += told["still_read"]


@contextmanager
def started(*command: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program of ours; it ends with the block."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(reader: Reader) -> None:
    """Wait until the server shows something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if reader.fetch("/en/", {}).status == 200:
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("The server does not answer.")


def go_on(publisher: subprocess.Popen[str]) -> None:
    """Tell the publisher that the readers are there."""
    assert publisher.stdin is not None
    publisher.stdin.write("\n")
    publisher.stdin.flush()


def read_until(done: threading.Event, reader: Reader) -> None:
    """Ask in every way, again and again."""
    while not done.is_set():
        for way in WAYS:
            way(reader)


def lines(stream: IO[str] | None, count: int | None = None) -> Iterator[str]:
    """Read what a program tells: so many lines, or all."""
    assert stream is not None
    for number, line in enumerate(stream, start=1):
        yield line
        if number == count:
            return


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chronicle, list[Reader]]:
    """Publish and read at the same time, for a while."""
    home, port, chronicle = tmp_path_factory.mktemp("soak"), free_port(), Chronicle()
    address, done = f"http://127.0.0.1:{port}", threading.Event()
    with started("-m", "tests.faults.publisher", str(home), str(SECONDS)) as publisher:
        for line in lines(publisher.stdout, 2):
            chronicle.note(line)
        readers = [Reader(address, random.Random(seed), chronicle.names) for seed in range(3)]  # noqa: S311
        with started("-c", SERVE, "serve", KOEPEL_HOME=str(home), KOEPEL_PORT=str(port), **SETTINGS):
            wait_for(readers[0])
            threads = [threading.Thread(target=read_until, args=(done, reader)) for reader in readers]
            for thread in threads:
                thread.start()
            go_on(publisher)
            for line in lines(publisher.stdout):
                chronicle.note(line)
            done.set()
            for thread in threads:
                thread.join()
    return chronicle, readers


def sights(readers: list[Reader]) -> list[Sight]:
    """List everything that was seen."""
    return [sight for reader in readers for sight in reader.seen]


@pytest.mark.slow
def test_no_question_fails(soaked: tuple[Chronicle, list[Reader]]) -> None:
    chronicle, readers = soaked
    seen = sights(readers)
    sys.stdout.write(f"{len(seen)} answers of {len({one.snapshot for one in seen})} snapshots, ")
    sys.stdout.write(f"{len(chronicle.names)} were taken\n")

    assert {one.way for one in seen} == {"numbers", "everything", "conclusions", "list", "document", "pages"}
    assert not [one for one in seen if one.status != 200]


@pytest.mark.slow
def test_every_answer_shows_the_state_that_it_names(soaked: tuple[Chronicle, list[Reader]]) -> None:
    chronicle, readers = soaked

    mixed = [one for one in sights(readers) if one.numbers != {chronicle.numbers[one.snapshot]}]

    assert not mixed


@pytest.mark.slow
def test_only_what_is_kept_no_longer_is_gone(soaked: tuple[Chronicle, list[Reader]]) -> None:
    chronicle, readers = soaked

    gone = {name for reader in readers for name in reader.gone}

    assert gone
    assert not gone & chronicle.kept


@pytest.mark.slow
def test_nobody_is_shown_what_was_erased(soaked: tuple[Chronicle, list[Reader]]) -> None:
    chronicle, readers = soaked

    shown = {one.snapshot for one in sights(readers) if one.leaver}
    hidden = {one.snapshot for one in sights(readers) if one.leaver is False}

    assert chronicle.erased
    assert hidden <= chronicle.erased
    assert not shown & chronicle.erased
    assert not chronicle.still_read
