"""`koepel snapshot` at the command line."""

import json
from pathlib import Path

from tests.registry.cli.conftest import Run

ONE = "https://buddy.example/one"


def test_a_snapshot_is_kept_under_a_name(run: Run, description: Path) -> None:
    run("add", description)

    result = run("snapshot", "--name", "2026-paper")

    assert result.exit_code == 0
    assert result.stdout.rstrip().endswith("2026-paper")
    assert run("snapshot", "--list").stdout.count("2026-paper") == 1


def test_what_changes_later_makes_another_snapshot(run: Run, description: Path) -> None:
    run("add", description)
    run("snapshot", "--name", "before")
    run("remove", ONE, "--reason", "It has ended.")

    listed = json.loads(run("snapshot", "--list", "--format", "json").stdout)["snapshots"]

    assert [one["position"] for one in listed] == [3, 4]
    assert [one["labels"] for one in listed] == [["before"], []]


def test_a_name_is_given_once(run: Run, description: Path) -> None:
    run("add", description)
    run("snapshot", "--name", "paper")
    run("remove", ONE, "--reason", "It has ended.")

    result = run("snapshot", "--name", "paper")

    assert result.exit_code == 2
    assert "'paper' already" in result.stderr


def test_the_same_state_is_the_same_snapshot(run: Run, description: Path) -> None:
    run("add", description)

    assert run("snapshot").stdout == run("snapshot").stdout


def test_a_name_that_cannot_be_is_told_with_an_example(run: Run, description: Path) -> None:
    run("add", description)

    result = run("snapshot", "--name", "My Paper")

    assert result.exit_code == 2
    assert "2026-paper" in result.stderr
