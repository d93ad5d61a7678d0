"""The verifier that others wrote (npm `@digitalbazaar/vc` and its suites), fetched once per lock file."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry.label.context import LABEL, OPEN_BADGES, load_context
from tests.npm import installed

if TYPE_CHECKING:
    from collections.abc import Iterable

    Json = dict[str, Any]

__all__ = ["Checked", "Verifier", "installed_verifier"]

PROGRAM = Path(__file__).parent / "vc_verifier"
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
    """Fetch the verifier, and give its folder."""
    return Verifier(installed(PROGRAM))
