"""The client of event streams that others wrote (npm `ldes-client`), fetched once per lock file."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.npm import installed

PROGRAM = Path(__file__).parent / "ldes_client"
SECONDS = 120.0


@dataclass(frozen=True)
class Member:
    """What the client found: the name of a member, and its statements as N-Quads."""

    name: str
    statements: str


def installed_client() -> Path:
    """Fetch the client, and give its folder."""
    return installed(PROGRAM)


def read_stream(client: Path, address: str, order: str = "none", folder: Path | None = None) -> list[Member]:
    """Read a stream to its end; with a folder, go on where the last reading stopped."""
    command = ["node", str(client / "read.js"), address, order, *([str(folder)] if folder else [])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return [Member(**json.loads(line)) for line in done.stdout.splitlines()]
