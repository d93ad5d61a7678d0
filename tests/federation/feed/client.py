"""The client of event streams that others wrote (npm `ldes-client`), fetched once per lock file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from registry.lock import lock
from tests.conftest import end_without, find

PROGRAM = Path(__file__).parent / "ldes_client"
PATIENCE = 300.0
SECONDS = 120.0


@dataclass(frozen=True)
class Member:
    """What the client found: the name of a member, and its statements as N-Quads."""

    name: str
    statements: str


def installed_client() -> Path:
    """Fetch the client into a folder beside other temporary files, and give that."""
    npm, locked = find("npm"), (PROGRAM / "package-lock.json").read_bytes()
    folder = Path(tempfile.gettempdir()) / f"koepel-ldes-client-{hashlib.sha256(locked).hexdigest()[:16]}"
    folder.mkdir(exist_ok=True)
    with lock(folder / ".lock", wait=PATIENCE):
        if not (folder / ".complete").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PROGRAM / name, folder)
            _install(npm, folder)
            (folder / ".complete").touch()
        shutil.copy(PROGRAM / "read.js", folder)
    return folder


def _install(npm: Path, folder: Path) -> None:
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    if done.returncode:
        end_without("the packages that npm fetches", in_ci=bool(os.environ.get("CI")))


def read_stream(client: Path, address: str, order: str = "none", folder: Path | None = None) -> list[Member]:
    """Read a stream to its end; with a folder, go on where the last reading stopped."""
    command = ["node", str(client / "read.js"), address, order, *([str(folder)] if folder else [])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return [Member(**json.loads(line)) for line in done.stdout.splitlines()]
