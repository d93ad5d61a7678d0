"""`koepel remove` at the command line."""

import json
from pathlib import Path

from registry.ledger import Event, Happening, Ledger
from tests.registry.cli.conftest import Logged, Run, Seen

ONE = "https://buddy.example/one"
LIST = "https://buddy.example/list"


def test_readers_no_longer_see_what_was_removed(run: Run, seen: Seen, description: Path) -> None:
    run("add", description)

    result = run("remove", ONE, "--reason", "The organisation no longer exists.")

    assert (result.exit_code, result.stdout) == (0, f"removed: {ONE}\n")
    assert not seen(ONE)


def test_the_log_says_who_removed_it_and_why(run: Run, description: Path) -> None:
    run("add", description)
    run("remove", ONE, "--reason", "It has ended.", "--actor", "umbrella")

    (event,) = json.loads(run("log", "--last", "1", "--format", "json").stdout)["events"]

    assert (event["happening"], event["actor"], event["reason"]) == ("removed", "umbrella", "It has ended.")


def test_what_came_through_a_list_goes_with_it(
    run: Run, seen: Seen, tmp_path: Path, description: Path
) -> None:
    run("add", description)
    with Ledger.in_folder(tmp_path / "registry") as ledger:
        ledger.append(Event(LIST, Happening.REGISTERED, LIST))
        ledger.append(Event(ONE, Happening.REGISTERED, ONE, via=LIST))

    result = run("remove", LIST, "--reason", "It has ended.")

    assert "descriptions that came through it: 1" in result.stdout
    assert not seen(ONE)


def test_a_removal_needs_a_reason(run: Run, logged: Logged, description: Path) -> None:
    run("add", description)

    assert run("remove", ONE).exit_code == 2
    assert logged()[-1] == "accepted"


def test_what_was_removed_cannot_be_removed_again(run: Run, description: Path) -> None:
    run("add", description)
    run("remove", ONE, "--reason", "It has ended.")

    result = run("remove", ONE, "--reason", "It has ended.")

    assert result.exit_code == 2
    assert "removed or erased before" in result.stderr


def test_a_source_that_is_unknown_is_told(run: Run) -> None:
    result = run("remove", ONE, "--reason", "It has ended.")

    assert result.exit_code == 2
    assert f"knows no source {ONE}" in result.stderr
