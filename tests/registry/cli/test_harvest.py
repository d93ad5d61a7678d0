"""`koepel harvest` at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from federation.campaign.turn import LOCK
from federation.notebook import Notebook
from federation.source import Source
from registry.ledger import Event, Happening, Ledger
from registry.lock import lock
from registry.settings import settings
from tests.federation.site import Answer, Site, serve, status
from tests.federation.visiting import project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.registry.cli.conftest import Logged, Run, Seen

NAMES = ("one", "two", "three", "four", "five")
SPACE = "https://buddy.example/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the registry."""
    return tmp_path / "registry"


@pytest.fixture
def site(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with five descriptions, which are registered and were never visited."""
    monkeypatch.setenv("KOEPEL_ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("KOEPEL_HOST_PAUSE", "0")
    settings.cache_clear()
    with serve() as here, Ledger.in_folder(folder) as ledger:
        for name in NAMES:
            address = here.publish(project(name), f"/{name}")
            ledger.append(Event(SPACE + name, Happening.REGISTERED, address))
        yield here


def answer_all(site: Site, answer: Answer) -> None:
    """Let every address answer the same."""
    for name in NAMES:
        site.publish(answer, f"/{name}")


def test_sources_are_visited_and_readers_see_what_came(run: Run, seen: Seen, site: Site) -> None:
    result = run("harvest")

    assert result.exit_code == 0, result.stderr
    assert result.stdout == "5 sources visited\n     5  accepted\n"
    assert all(seen(SPACE + name) for name in NAMES)


def test_only_those_are_visited_whose_turn_it_is(run: Run, site: Site) -> None:
    run("harvest")

    again, all_of_them = run("harvest"), run("harvest", "--all")

    assert again.stdout == "0 sources visited\n"
    assert all_of_them.stdout == "5 sources visited\n     5  not-modified\n"


def test_one_source_is_visited_when_somebody_names_it(run: Run, site: Site) -> None:
    run("harvest")

    by_space = run("harvest", "--source", f"{SPACE}one", "--source", f"{SPACE}two")
    by_address = run("harvest", "--source", site.address("/one"))

    assert by_space.stdout.startswith("2 sources visited\n")
    assert by_address.stdout.startswith("1 sources visited\n")


def test_a_source_that_nobody_knows_is_an_error(run: Run, site: Site) -> None:
    result = run("harvest", "--source", f"{SPACE}oen")

    assert result.exit_code == 2
    assert "Did you mean https://buddy.example/one" in result.stderr


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(run: Run, logged: Logged, site: Site) -> None:
    result = run("harvest", "--dry-run")

    assert result.stdout == "5 sources would be visited\n     5  accepted\n"
    assert logged() == ["registered"] * 5
    assert run("harvest", "--dry-run").stdout == result.stdout


def test_trouble_with_one_source_is_told_and_no_alarm(run: Run, site: Site) -> None:
    site.publish(status(404), "/two")

    result = run("harvest")

    assert result.exit_code == 0
    assert "unreachable: https://buddy.example/two\n  http://127.0.0.1" in result.stdout
    assert "ALARM" not in result.stderr


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(500), "None of the 5 sources answered."),
        (status(410), "All 5 descriptions"),
        (status(200, b"", Content_Type="text/turtle"), "All 5 descriptions"),
    ],
    ids=["silent", "gone", "empty"],
)
def test_nothing_where_there_used_to_be_much_is_an_alarm(
    run: Run, site: Site, answer: Answer, told: str
) -> None:
    run("harvest")
    answer_all(site, answer)

    result = run("harvest", "--all")

    assert result.exit_code == 1
    assert f"ALARM {told}" in result.stderr


def test_the_summary_can_be_read_by_programs(run: Run, site: Site) -> None:
    answer_all(site, status(404))

    result = json.loads(run("harvest", "--format", "json").stdout)

    assert (result["visits"], result["outcomes"]) == (5, {"unreachable": 5})
    assert {one["source"] for one in result["troubles"]} == {SPACE + name for name in NAMES}
    assert result["alarms"] == ["harvest-silent"]


def test_two_harvests_never_run_at_once(run: Run, folder: Path, site: Site) -> None:
    with lock(folder / LOCK):
        result = run("harvest")

    assert result.exit_code == 2
    assert "under way already" in result.stderr


def test_a_registry_without_sources_has_nothing_to_do(run: Run) -> None:
    result = run("harvest")

    assert (result.exit_code, result.stdout) == (0, "0 sources visited\n")


def test_what_was_removed_is_not_visited(run: Run, site: Site) -> None:
    run("harvest")
    run("remove", f"{SPACE}one", "--reason", "It has ended.")

    assert run("harvest", "--all").stdout.startswith("4 sources visited\n")
    assert run("harvest", "--source", f"{SPACE}one").stdout == "0 sources visited\n"


def test_the_harvest_keeps_to_the_rhythm_of_the_source(run: Run, folder: Path, site: Site) -> None:
    often = Source(site.address("/one"), f"{SPACE}one", hours=1)
    with Ledger.in_folder(folder) as ledger:
        ledger.append(Event(often.space, Happening.REGISTERED, often.address, terms=often.terms))

    run("harvest")

    with Notebook(folder / "visits.sqlite") as notebook:
        notes = notebook.all()
    hours = {
        one.source: (one.due - one.visited).total_seconds() / 3600
        for one in notes.values()
        if one.due and one.visited
    }
    assert hours.pop(often.space) < 1.2
    assert all(20 < one < 28 for one in hours.values())
