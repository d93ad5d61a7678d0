"""`koepel log` at the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from registry.ledger import Event, Happening, Ledger
from tests.registry.cli.conftest import Run

ONE, TWO = "https://buddy.example/one", "https://buddy.example/two"


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a few events in the home that the commands use."""
    found = Ledger.in_folder(tmp_path / "registry")
    found.append(Event(ONE, Happening.REGISTERED, f"{ONE}.ttl", actor="operator"))
    found.append(Event(TWO, Happening.REGISTERED, f"{TWO}.ttl", actor="operator"))
    found.append(Event(ONE, Happening.REJECTED, f"{ONE}.ttl", reason="No title.\nNo \x1b[31mcountry."))
    found.append(Event(TWO, Happening.UNREACHABLE, f"{TWO}.ttl", reason="=1+1", actor="harvest"))
    return found


def test_events_are_told_in_order_with_their_reasons(run: Run) -> None:
    lines = run("log").stdout.splitlines()

    assert [line.split()[0] for line in lines if line.lstrip()[0].isdigit()] == ["1", "2", "3", "4"]
    assert lines[2].split()[2:] == ["rejected", ONE, "(registry)"]
    assert lines[3] == "        No title."


def test_what_strangers_wrote_cannot_disturb_the_terminal(run: Run) -> None:
    assert "No \\u001b[31mcountry." in run("log").stdout


@pytest.mark.parametrize("named", [ONE, f"{ONE}/", f"{ONE}.ttl"])
def test_the_log_of_one_source_is_found_by_space_or_address(run: Run, named: str) -> None:
    events = json.loads(run("log", named, "--format", "json").stdout)["events"]

    assert [event["position"] for event in events] == [1, 3]


@pytest.mark.parametrize(("arguments", "positions"), [((), [3, 4]), ((ONE,), [1, 3]), ((TWO,), [2, 4])])
def test_only_the_newest_are_told_on_request(
    run: Run, arguments: tuple[str, ...], positions: list[int]
) -> None:
    events = json.loads(run("log", *arguments, "--last", 2, "--format", "json").stdout)["events"]

    assert [event["position"] for event in events] == positions


def test_a_program_gets_every_part_of_an_event(run: Run) -> None:
    event = json.loads(run("log", "--format", "json").stdout)["events"][2]

    assert event.pop("time").endswith("+00:00")
    assert event == {
        "position": 3,
        "happening": "rejected",
        "source": ONE,
        "address": f"{ONE}.ttl",
        "digest": None,
        "actor": "registry",
        "behalf": "",
        "via": "",
        "rules": "",
        "reason": "No title.\nNo \x1b[31mcountry.",
    }


def test_a_spreadsheet_runs_nothing_that_a_stranger_wrote(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("log", "--format", "csv").stdout)))

    assert [row["position"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[3]["reason"] == "'=1+1"


def test_a_misspelt_source_is_told_with_the_nearest(run: Run) -> None:
    result = run("log", "https://buddy.example/thwo")

    assert result.exit_code == 2
    assert f"Did you mean {TWO}" in result.stderr
