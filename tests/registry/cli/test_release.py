"""`koepel release` at the command line."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from federation.loss import Doubt, Loss
from federation.notebook import Notebook
from registry.ledger import Event, Happening, Ledger
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text
from tests.registry.cli.conftest import Logged, Run, Seen

ONE = "https://buddy.example/one"


@pytest.fixture
def held(run: Run, description: Path) -> Path:
    """A description that waits for a person."""
    description.write_bytes(text(more=AUDIENCE + PRIVATE_MAILBOX))
    assert run("add", description).exit_code == 1
    return description


def test_a_person_lets_in_what_was_held(run: Run, seen: Seen, held: Path) -> None:
    result = run("release", ONE)

    assert (result.exit_code, result.stdout) == (0, f"released: {ONE}\n")
    assert seen(ONE)


def test_what_was_let_in_is_not_held_again(run: Run, logged: Logged, held: Path) -> None:
    run("release", ONE)

    result = run("add", held)

    assert (result.exit_code, logged()[-1]) == (0, "unchanged")


def test_what_was_held_can_be_let_in_while_its_site_is_out_of_reach(
    run: Run, seen: Seen, held: Path, tmp_path: Path
) -> None:
    with closing(Ledger.in_folder(tmp_path / "registry")) as ledger:
        ledger.append(Event(ONE, Happening.UNREACHABLE, ONE))

    assert run("release", ONE).exit_code == 0
    assert seen(ONE)


def test_a_newer_text_with_the_same_doubt_is_held_again(run: Run, held: Path) -> None:
    run("release", ONE)
    held.write_bytes(text(title="Renewed", more=AUDIENCE + PRIVATE_MAILBOX))

    assert run("add", held).stdout.startswith("held: ")


def test_what_does_not_wait_cannot_be_let_in(run: Run, description: Path) -> None:
    run("add", description)

    result = run("release", ONE)

    assert result.exit_code == 2
    assert "waits for a person" in result.stderr


def test_a_misspelt_source_is_told_with_the_nearest(run: Run, held: Path) -> None:
    result = run("release", "https://buddy.example/onne")

    assert result.exit_code == 2
    assert f"Did you mean {ONE}?" in result.stderr


def test_a_person_lets_a_loss_pass_and_the_next_harvest_believes_it(
    run: Run, description: Path, tmp_path: Path
) -> None:
    run("add", description)
    doubt = Doubt(Loss.EMPTY, datetime.now(UTC), 0)
    with closing(Ledger.in_folder(tmp_path / "registry")) as ledger:
        ledger.append(Event(ONE, Happening.HELD, ONE, terms=doubt.terms))

    assert run("release", ONE).stdout == f"released: {ONE}\n"
    with closing(Ledger.in_folder(tmp_path / "registry")) as ledger:
        last = ledger.status()[ONE]
    assert (last.happening, last.digest) == (Happening.RELEASED, None)
    with Notebook(tmp_path / "registry" / "visits.sqlite") as notebook:
        assert notebook.hurried() == {ONE}
