"""A fork of this process that can be killed, and tells what it does on a pipe."""

from __future__ import annotations

import json
import os
import select
import signal
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Child", "Told", "tell"]

PATIENCE: Final = 30.0
"""Seconds after which a process that tells nothing counts as hanging."""
MISTAKE: Final = "mistake"

Told = dict[str, Any]


def tell(pipe: int, what: str, **more: Any) -> None:
    """Tell something; the system keeps it for the one who listens, whatever becomes of the teller."""
    data = json.dumps({"what": what, **more}).encode() + b"\n"
    while data:
        data = data[os.write(pipe, data) :]


@dataclass
class Child:
    """A fork, and the pipe on which it tells."""

    pid: int
    pipe: int

    @classmethod
    def start(cls, act: Callable[[int], None]) -> Child:
        """Let a fork do something; it tells of a mistake of its own like of everything else."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writing)
            return cls(pid, reading)
        try:
            os.setsid()
            os.close(reading)
            act(writing)
        except BaseException:  # noqa: BLE001 - whatever it is, it must be heard of
            tell(writing, MISTAKE, text=traceback.format_exc())
        os._exit(0)

    def hear(self) -> Iterator[Told]:
        """Hear what it tells, until it ends; one that is silent for long is killed."""
        rest = b""
        while data := self._read():
            *lines, rest = (rest + data).split(b"\n")
            yield from map(json.loads, lines)

    def kill(self) -> None:
        """Kill it, as the system does that is short of memory."""
        os.kill(self.pid, signal.SIGKILL)

    def bury(self) -> bool:
        """Wait for its end, and tell whether it was killed."""
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def _read(self) -> bytes:
        if not select.select([self.pipe], [], [], PATIENCE)[0]:
            self.kill()
            return json.dumps({"what": MISTAKE, "text": "The process hangs."}).encode() + b"\n"
        return os.read(self.pipe, 1 << 16)
