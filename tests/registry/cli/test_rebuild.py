"""`koepel rebuild` at the command line."""

import shutil
from pathlib import Path

from tests.registry.cli.conftest import Run, Seen

ONE = "https://buddy.example/one"


def test_a_graph_that_is_damaged_is_made_again(
    run: Run, seen: Seen, description: Path, tmp_path: Path
) -> None:
    run("add", description)
    graph = tmp_path / "registry" / "graph"
    (graph / "CURRENT").write_text("nonsense", encoding="utf-8")
    damaged = run("add", description)

    result = run("rebuild")

    assert damaged.exit_code == 2
    assert "koepel rebuild" in damaged.stderr
    assert result.exit_code == 0
    assert "Readers see snapshot 4-" in result.stdout
    assert seen(ONE)
    assert run("doctor").exit_code == 0


def test_nothing_but_the_ledger_is_needed(run: Run, seen: Seen, description: Path, tmp_path: Path) -> None:
    run("add", description)
    for folder in ("graph", "snapshots"):
        shutil.rmtree(tmp_path / "registry" / folder)

    result = run("rebuild")

    assert result.exit_code == 0
    assert seen(ONE)
