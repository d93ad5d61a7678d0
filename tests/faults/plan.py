"""When a writer is to die, and what it tells until then."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.faults.child import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PHASES", "STEPPED", "Plan", "Stage"]

PHASES: Final = ("ledger", "projection", "checkpoint", "tombstone", "erasure", "backup")
STEPPED: Final = frozenset({"checkpoint", "erasure", "backup"})
"""The phases in which Python itself deals with files."""
STEPS: Final = (
    "open",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "shutil.",
    "fcntl.flock",
)
"""What Python tells of its dealings with files (PEP 578)."""


@dataclass(frozen=True)
class Plan:
    """At which moment a writer is to die."""

    seed: int
    """Decides what it does until then."""
    phase: str
    skip: int = 0
    """It survives this phase so many times."""
    seconds: float | None = None
    """So long after the phase has begun, or …"""
    step: int = 0
    """… with this step on files."""


@dataclass
class Stage:
    """Tells on a pipe what the writer does, and kills it in the middle."""

    pipe: int
    plan: Plan
    phases: list[str] = field(default_factory=list)
    seen: int = 0
    steps: int = 0

    def tell(self, what: str, **more: Any) -> None:
        """Tell something."""
        tell(self.pipe, what, **more)

    def during(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """Make a function a phase."""

        def told(*arguments: Any, **options: Any) -> Any:
            with self.phase(name):
                return act(*arguments, **options)

        return told

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Tell when a phase begins and ends, and let it be the last if it is the one."""
        self.phases.append(name)
        self.tell("begin", phase=name, time=time.monotonic())
        if name == self.plan.phase:
            self.seen += 1
            if self.seen > self.plan.skip:
                self._arm()
        yield
        self.tell("end", phase=name, time=time.monotonic())
        self.phases.remove(name)

    def _arm(self) -> None:
        if self.plan.seconds is None:
            sys.addaudithook(self._count)
        else:
            threading.Thread(target=self._wait, daemon=True).start()

    def _count(self, event: str, _: object) -> None:
        if self.plan.phase in self.phases and event.startswith(STEPS):
            self.steps += 1
            if self.steps == self.plan.step:
                os.kill(os.getpid(), signal.SIGKILL)

    def _wait(self) -> None:
        time.sleep(self.plan.seconds or 0)
        os.kill(os.getpid(), signal.SIGKILL)
