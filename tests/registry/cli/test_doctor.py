"""`koepel doctor` at the command line."""

import json
from pathlib import Path

from registry.home import Home
from registry.ledger import Event, Happening
from tests.registry.cli.conftest import Run

ONE = "https://buddy.example/one"


def test_a_registry_that_agrees_with_its_ledger_is_well(run: Run, description: Path) -> None:
    run("add", description)

    result = run("doctor")

    assert result.exit_code == 0
    assert result.stdout.endswith("All parts agree.\n")


def test_what_differs_from_the_ledger_is_told(run: Run, description: Path, tmp_path: Path) -> None:
    run("add", description)
    home = Home(tmp_path / "registry")
    with home.opened_graph() as store:
        store.load(b"<https://buddy.example/one#project> <urn:forged> 'yes' .", graph=ONE)
        store.flush()

    result = run("doctor")

    assert result.exit_code == 1
    assert ONE in result.stdout
    assert "urn:forged" in result.stdout


def test_how_far_the_graph_lags_is_told(run: Run, description: Path, tmp_path: Path) -> None:
    run("add", description)
    Home(tmp_path / "registry").ledger.append(Event(ONE, Happening.REMOVED))

    found = json.loads(run("doctor", "--format", "json").stdout)

    assert found["position"] == 4
    assert (found["graph"]["behind"], found["snapshot"]["behind"]) == (1, 1)
    assert found["clean"]
