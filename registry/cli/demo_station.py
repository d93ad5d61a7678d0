"""The registries of the demonstration, each served by a process of its own that ends with this one."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import ExitStack, contextmanager
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from multiprocessing.context import SpawnProcess

    from federation.demonstration import Station

__all__ = ["running"]

PATIENCE: Final = 60.0
"""Seconds in which a registry opens its doors, also on a machine that has much to do."""
ENDING: Final = 20.0


@contextmanager
def running(stations: tuple[Station, ...]) -> Iterator[None]:
    """Serve registries, and let them go on harvesting, while the block runs."""
    with ExitStack() as stack:
        processes = [stack.enter_context(_running(station)) for station in stations]
        for station, process in zip(stations, processes, strict=True):
            _wait_until_open(station, process)
        yield


@contextmanager
def _running(station: Station) -> Iterator[SpawnProcess]:
    log = station.folder / "serve.log"
    process = get_context("spawn").Process(target=_serve, args=(dict(station.environment), log))
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join(ENDING)
        process.kill()
        process.join()


def _wait_until_open(station: Station, process: SpawnProcess) -> None:
    from registry.errors import NotAllowedError

    end = time.monotonic() + PATIENCE
    while process.is_alive() and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", station.port)) == 0:
                return
        time.sleep(0.1)
    raise NotAllowedError(
        "station-closed",
        "The registry of {name} did not open. The file {log} tells why.",
        name=station.name,
        log=str(station.folder / "serve.log"),
    )


def _serve(environment: Mapping[str, str], log: Path) -> None:
    """Serve one registry with settings of its own; what it says goes to a file."""
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(written, stream.fileno())
    os.environ.update(environment)
    Thread(target=_end_with_parent, daemon=True).start()

    from registry.cli.home import own_home
    from registry.cli.serve import open_doors
    from registry.settings import settings

    open_doors(own_home(), settings().host, settings().port, harvest=True)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
