"""Runs the reader in a process of its own, so that no document can stop or starve the registry.

A short text can take a parser unbounded time or memory: names that grow at every use, contexts inside
contexts, things without names that all look alike. The known tricks have limits with a message of their own;
this is the limit for the rest. The process gets processor seconds, memory, and none of the registry's
settings or secrets.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.guard import Limits
from registry.ingest.reader import Reading
from registry.ingest.remark import Remark

__all__ = ["read_apart"]

ROOT = Path(__file__).parents[2]
# On a busy machine a process waits more than it computes; the clock on the wall only catches one that hangs.
PATIENCE = 6


def read_apart(data: bytes, *, media_type: str | None, address: str, limits: Limits) -> Reading:
    """Read a document as `reader.read` does, but where it can be stopped."""
    order = {"media_type": media_type, "address": address, "limits": asdict(limits)}
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "registry.ingest.reader",
            ],  # -P: no module comes from the folder we are in
            input=json.dumps(order).encode() + b"\n" + data,
            capture_output=True,
            env={"PYTHONPATH": str(ROOT)},
            timeout=limits.seconds * PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise _stopped(limits) from error
    except subprocess.CalledProcessError as error:
        stopped = _stopped(limits)
        stopped.add_note(error.stderr.decode(errors="replace")[-2_000:])
        raise stopped from error
    head, _, canonical = done.stdout.partition(b"\n")
    return _reading(json.loads(head), canonical)


def _reading(head: dict[str, object], canonical: bytes) -> Reading:
    match head:
        case {"code": str(code), "template": str(template), "params": dict(params)}:
            raise InvalidDataError(code, template, **params)
        case {"format": str(name), "remarks": list(remarks)}:
            return Reading(Format[name], canonical, tuple(Remark(**remark) for remark in remarks))
    raise TypeError("the reader answered in a shape that it never uses")


def _stopped(limits: Limits) -> InvalidDataError:
    return InvalidDataError(
        "reading-stopped",
        "Reading the document was stopped: it asked for more than {seconds} seconds or {megabytes} "
        "megabytes, or broke the reader. Give the things without a name (blank nodes) names of their own, "
        "use plain prefixes and contexts, or split the document.",
        seconds=limits.seconds,
        megabytes=limits.memory_bytes // 2**20,
    )
