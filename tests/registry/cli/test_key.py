"""`koepel key` at the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

from registry.ledger import Ledger
from tests.registry.cli.conftest import Run

BODY = "https://umbrella.example/profile#us"


def test_a_key_is_made_listed_and_retired(run: Run) -> None:
    made = run("key", "create", BODY, "--actor", "anna")
    retired = run("key", "retire", "1", "--reason", "We moved.")
    again = run("key", "retire", "1", "--reason", "Once more.")

    assert made.stdout.startswith(f"created: key 1 of {BODY}, did:web:127.0.0.1%3A8000:body:profile-us-")
    assert retired.stdout == f"retired: key 1 of {BODY}\n"
    assert (again.exit_code, "compromised" in again.stderr) == (2, True)
    day = datetime.now(UTC).date().isoformat()
    assert run("key", "list").stdout.startswith(f"1  {day}  {day}  {BODY}  z6Mk")


def test_who_sets_no_pass_phrase_is_warned(run: Run) -> None:
    assert "KOEPEL_KEY_PASSPHRASE" in run("key", "create", BODY).stderr


def test_who_retires_the_only_key_is_told_what_is_lacking(run: Run) -> None:
    for _ in range(2):
        run("key", "create", BODY)

    assert run("key", "retire", "1", "--reason", "Old.", "--compromised").stderr == ""
    assert "koepel key create" in run("key", "retire", "2", "--reason", "We moved.").stderr


def test_the_ledger_says_who_made_a_key(run: Run, tmp_path: Path) -> None:
    run("key", "create", BODY, "--actor", "anna")

    with Ledger.in_folder(tmp_path / "registry") as ledger:
        (event,) = ledger.acts()
    assert (event.actor, event.source, event.via) == ("anna", BODY, "console")
    assert json.loads(event.terms)["number"] == 1


def test_keys_are_counted_through_the_whole_registry(run: Run) -> None:
    run("key", "create", BODY)

    assert "key 2 of https://other.example/" in run("key", "create", "https://other.example/").stdout


def test_what_is_no_body_gets_no_key(run: Run) -> None:
    assert run("key", "create", "umbrella").exit_code == 2
    assert run("key", "retire", "7", "--reason", "None.").exit_code == 2
