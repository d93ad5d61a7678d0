"""What the system itself keeps a process from that works on a stranger's query.

These limits hold whatever the query manages to do; those of the registry, which are kinder, come first.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["confine", "limit_memory", "limit_time", "peak"]

#: Python's usual limit stops rdflib's parser at a few dozen nested brackets.
DEEPEST_CALL: Final = 5_000
FIRST_TO_GO: Final = "1000"


def confine() -> None:
    """Make this process one that can be lost: it dies first, without a trace on disk and without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ends the registry ends this too
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(DEEPEST_CALL)
    with suppress(OSError):  # where the system has no such thing
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")
    os.environ["RUST_BACKTRACE"] = "0"  # nobody reads it, and writing it takes long
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno() if sys.stderr else 2)
    os.close(nowhere)


def limit_memory(extra: int | None) -> None:
    """Allow so many bytes beside the address space that is taken now, or any number."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard if extra is None else _address_space() + extra, hard))


def limit_time(seconds: float) -> None:
    """Allow so many more seconds of the processor, so that it ends even if nobody is left to end it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


def peak() -> int:
    """Tell the most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _address_space() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
