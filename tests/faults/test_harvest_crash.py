"""A harvest that is killed at any moment loses nothing and does nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.faults.harvested import open_sites
from tests.federation.faulty_server import serve

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 40
FEWEST = 30


@pytest.mark.slow
def test_a_killed_harvest_goes_on_where_it_was(tmp_path: Path) -> None:
    with serve() as server:
        open_sites(server)
        command = [sys.executable, "-m", "tests.faults.harvester", str(tmp_path), server.address("")]
        done = subprocess.run(  # noqa: S603 - our own program
            [*command, "1", str(SECONDS)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            check=True,
        )

    report = json.loads(done.stdout)
    sys.stdout.write(f"Killed: {report['kills']}\n")
    assert not report["faults"], "\n".join(fault[:1000] for fault in report["faults"])
    assert report["kills"] >= FEWEST
