"""The verifier that others wrote (npm `@digitalbazaar/vc` and its suites), fetched once per lock file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry.label.context import LABEL, OPEN_BADGES, load_context
from registry.lock import lock
from tests.conftest import end_without, find

if TYPE_CHECKING:
    from collections.abc import Iterable

    Json = dict[str, Any]

__all__ = ["Checked", "Verifier", "installed_verifier"]

PROGRAM = Path(__file__).parent / "vc_verifier"
PATIENCE = 300.0
SECONDS = 120.0


@dataclass(frozen=True)
class Checked:
    """What the verifier says: whether it verifies, which of its status bits are set, and what is wrong."""

    verified: bool
    set: list[str]
    error: str


@dataclass(frozen=True)
class Verifier:
    """The program in its folder."""

    folder: Path

    def check(
        self, credentials: Iterable[Json], documents: dict[str, Json], now: str = "2026-11-22T10:00:00Z"
    ) -> list[Checked]:
        """Check credentials, with all that they name at hand."""
        contexts = {one: load_context(one) for one in (LABEL, OPEN_BADGES)}
        checks = [{"credential": one, "now": now} for one in credentials]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"documents": {**contexts, **documents}, "checks": checks}, file)
            file.flush()
            command = ["node", str(self.folder / "verify.mjs"), file.name]
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr
        return [Checked(**json.loads(line)) for line in done.stdout.splitlines()]


def installed_verifier() -> Verifier:
    """Fetch the verifier into a folder beside other temporary files, and give that."""
    npm, locked = find("npm"), (PROGRAM / "package-lock.json").read_bytes()
    folder = Path(tempfile.gettempdir()) / f"koepel-vc-verifier-{hashlib.sha256(locked).hexdigest()[:16]}"
    folder.mkdir(exist_ok=True)
    with lock(folder / ".lock", wait=PATIENCE):
        if not (folder / ".complete").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PROGRAM / name, folder)
            _install(npm, folder)
            (folder / ".complete").touch()
        shutil.copy(PROGRAM / "verify.mjs", folder)
    return Verifier(folder)


def _install(npm: Path, folder: Path) -> None:
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    if done.returncode:
        end_without("the packages that npm fetches", in_ci=bool(os.environ.get("CI")))
