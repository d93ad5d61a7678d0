"""`koepel dump` at the command line."""

from pathlib import Path

import pytest

from tests.registry.cli.conftest import Run

pytestmark = pytest.mark.slow


def test_what_readers_see_is_written_into_files_with_their_hashes(run: Run, description: Path) -> None:
    run("add", description)

    result = run("dump")

    assert result.exit_code == 0
    written = [line.split("  ") for line in result.stdout.splitlines()]
    assert [Path(file).name.partition(".")[2] for _, file in written] == ["nq.zst", "ttl.zst"]
    assert all(len(hashed) == 64 and Path(file).is_file() for hashed, file in written)


def test_a_registry_without_readers_says_that_there_is_nothing_to_dump(run: Run) -> None:
    result = run("dump")

    assert result.exit_code == 2
    assert "nothing to dump" in result.stderr


def test_an_erasure_deletes_the_dumps(run: Run, description: Path, tmp_path: Path) -> None:
    run("add", description)
    run("dump")
    run("erase", "https://buddy.example/one", "--reason", "Its publisher asked for it.", "--yes")

    assert list((tmp_path / "registry" / "dumps").glob("*-*")) == []
