"""Programs of others from npm, as a lock file names them, fetched once for all tests of a machine."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from registry.lock import lock
from tests.conftest import end_without, find

__all__ = ["installed"]

PATIENCE = 300.0
LOCKED = ("package.json", "package-lock.json")


def installed(program: Path) -> Path:
    """Fetch what a folder's lock file names into one beside other temporary files, and give that.

    The folder's own programs are copied there each time, so that a change in them counts.
    """
    npm, locked = find("npm"), (program / LOCKED[1]).read_bytes()
    name = f"koepel-{program.name.replace('_', '-')}-{hashlib.sha256(locked).hexdigest()[:16]}"
    folder = Path(tempfile.gettempdir()) / name
    folder.mkdir(exist_ok=True)
    with lock(folder / ".lock", wait=PATIENCE):
        if not (folder / ".complete").exists():
            for file in LOCKED:
                shutil.copy(program / file, folder)
            _install(npm, folder)
            (folder / ".complete").touch()
        for own in (*program.glob("*.js"), *program.glob("*.mjs")):
            shutil.copy(own, folder)
    return folder


def _install(npm: Path, folder: Path) -> None:
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    if done.returncode:
        end_without("the packages that npm fetches", in_ci=bool(os.environ.get("CI")))
