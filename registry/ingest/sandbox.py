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
from itertools import accumulate
from pathlib import Path
from typing import Any

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.guard import Limits
from registry.ingest.reader import Bundle, Reading
from registry.ingest.remark import Remark

__all__ = ["read_apart", "read_bundle_apart"]

ROOT = Path(__file__).parents[2]
# On a busy machine a process waits more than it computes; the clock on the wall only catches one that hangs.
PATIENCE = 6
UNHEARD_OF = "the reader answered in a shape that it never uses"


def read_apart(
    data: bytes,
    *,
    media_type: str | None,
    address: str,
    limits: Limits,
    space: str | None = None,
    whole: bool = False,
) -> Reading:
    """Read a document as `reader.read` does, but where it can be stopped."""
    order = {"media_type": media_type, "address": address, "space": space, "whole": whole}
    match _run(data, order, limits):
        case {"format": (str() | None) as name, "remarks": list(remarks)}, canonical:
            format_ = Format[name] if name else None
            return Reading(format_, canonical, tuple(Remark(**remark) for remark in remarks))
    raise TypeError(UNHEARD_OF)


def read_bundle_apart(data: bytes, *, media_type: str | None, address: str, limits: Limits) -> Bundle:
    """Read a document with several graphs as `reader.read_bundle` does, but where it can be stopped."""
    order = {"media_type": media_type, "address": address, "bundle": True}
    match _run(data, order, limits):
        case {"lengths": dict(lengths)}, body:
            ends = list(accumulate(lengths.values()))
            parts = [body[end - length : end] for end, length in zip(ends, lengths.values(), strict=True)]
            graphs = dict(zip(lengths, parts, strict=True))
            return Bundle(graphs.pop(""), graphs)
    raise TypeError(UNHEARD_OF)


def _run(data: bytes, order: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-P", "-m", "registry.ingest.reader"]  # -P: no module of the folder we are in
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=json.dumps({**order, "limits": asdict(limits)}).encode() + b"\n" + data,
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
    line, _, body = done.stdout.partition(b"\n")
    match head := json.loads(line):
        case {"code": str(code), "template": str(template), "params": dict(params)}:
            raise InvalidDataError(code, template, **params)
    return head, body


def _stopped(limits: Limits) -> InvalidDataError:
    return InvalidDataError(
        "reading-stopped",
        "Reading the document was stopped: it asked for more than {seconds} seconds or {megabytes} "
        "megabytes, or broke the reader. Give the things without a name (blank nodes) names of their own, "
        "use plain prefixes and contexts, or split the document.",
        seconds=limits.seconds,
        megabytes=limits.memory_bytes // 2**20,
    )
