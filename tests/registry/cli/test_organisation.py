"""`koepel organisation` and `koepel transfer` at the command line."""

import json
from pathlib import Path

import pytest

from federation.notebook import Note, Notebook
from tests.registry.cli.conftest import Run, Seen

ONE = "https://buddy.example/one"
US, THEM = f"{ONE}#organisation", "https://flanders.example/#us"
NAME = ("organisation", "name", THEM, "--name", "Buddy Vlaanderen", "--language", "nl")


def asked(run: Run, question: str) -> bool:
    """Tell what readers are told."""
    return run("query", "-", input=f"ASK {{ {question} }}").stdout == "true\n"


def event(run: Run, which: int = -1) -> dict[str, str]:
    found: dict[str, str] = json.loads(run("log", "--format", "json").stdout)["events"][which]
    return found


def test_readers_see_a_name_at_once(run: Run) -> None:
    result = run(*NAME, "--kind", "foundation", "--reason", "A member named it.")

    assert (result.exit_code, result.stdout) == (0, f"named: {THEM}\n")
    assert asked(run, f'<{THEM}> <http://xmlns.com/foaf/0.1/name> "Buddy Vlaanderen"@nl')
    assert run("doctor").exit_code == 0


def test_the_log_names_who_acted_and_for_whom(run: Run) -> None:
    run(*NAME, "--actor", "the umbrella", "--for", "Buddy Vlaanderen")

    assert (event(run)["actor"], event(run)["behalf"]) == ("the umbrella", "Buddy Vlaanderen")
    assert f"named        {THEM}  (the umbrella for Buddy Vlaanderen)" in run("log").stdout


def test_a_claimed_organisation_is_called_what_it_calls_itself(run: Run, description: Path) -> None:
    run("organisation", "name", US, "--name", "Somebody else's word")
    run("add", description)

    result = run("organisation", "claim", US, "--source", ONE)

    assert result.stdout == f"claimed: {US} by {ONE}\n"
    assert asked(run, f"<{US}> <http://xmlns.com/foaf/0.1/name> 'Fictitious organisation'@en")
    assert not asked(run, f'<{US}> <http://xmlns.com/foaf/0.1/name> "Somebody else\'s word"')
    assert run("doctor").exit_code == 0


def test_a_claim_from_elsewhere_needs_somebodys_word(run: Run, description: Path) -> None:
    run("add", description)

    refused = run("organisation", "claim", THEM, "--source", ONE)
    accepted = run("organisation", "claim", THEM, "--source", ONE, "--vouch", "--reason", "We know them.")

    assert (refused.exit_code, accepted.exit_code) == (2, 0)
    assert "--vouch" in refused.stderr


def test_both_iris_live_after_a_merger(run: Run, seen: Seen, description: Path) -> None:
    run("add", description)

    result = run("organisation", "merge", US, "--into", THEM, "--reason", "They joined.")

    assert result.stdout == f"merged: {US} into {THEM}\n"
    assert asked(run, f"<{US}> <http://purl.org/dc/terms/isReplacedBy> <{THEM}>")
    assert seen(ONE)
    assert event(run)["reason"] == "They joined."


def test_a_circle_is_refused(run: Run) -> None:
    run("organisation", "merge", US, "--into", THEM, "--reason", "They joined.")

    result = run("organisation", "merge", THEM, "--into", US, "--reason", "By mistake.")

    assert result.exit_code == 2
    assert "cannot be merged" in result.stderr


@pytest.mark.parametrize("moved", [(), ("--address", "https://flanders.example/one.ttl")])
def test_a_source_changes_hands_and_readers_see_it_on(
    run: Run, seen: Seen, description: Path, tmp_path: Path, moved: tuple[str, ...]
) -> None:
    run("add", description)
    with Notebook(tmp_path / "registry" / "visits.sqlite") as notebook:
        notebook.write([Note(ONE, etag='"1"')])

    result = run("transfer", ONE, "--owner", THEM, "--reason", "They joined.", *moved)

    assert result.stdout == f"transferred: {ONE} to {THEM}\n"
    assert event(run)["address"] == (moved[1] if moved else ONE)
    with Notebook(tmp_path / "registry" / "visits.sqlite") as notebook:
        assert notebook.of(ONE).etag is None
    assert seen(ONE)
