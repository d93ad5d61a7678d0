"""`koepel scheme`: an operator takes up the rules of a label, and withdraws them."""

from pathlib import Path

import pytest

from tests.registry.certification.town import LANTERN, SCHEME
from tests.registry.cli.conftest import Run

EXAMPLES = Path(__file__).parents[3] / "examples" / "schemes"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a scheme."""
    path = tmp_path / "lantern.ttl"
    path.write_text(LANTERN, encoding="utf-8")
    return path


def test_a_scheme_is_adopted_listed_and_shown(run: Run, file: Path) -> None:
    assert run("scheme", "adopt", file).stdout == f"adopted: {SCHEME}\n"
    assert run("scheme", "adopt", file).stdout == f"already adopted: {SCHEME}\n"

    assert run("scheme", "list").stdout == f"{SCHEME}  Lantern\n"
    assert run("scheme", "show", SCHEME).stdout == LANTERN.rstrip("\n") + "\n"


def test_a_withdrawn_scheme_says_so(run: Run, file: Path) -> None:
    run("scheme", "adopt", file)

    assert run("scheme", "withdraw", SCHEME, "--reason", "It has ended.").exit_code == 0

    assert run("scheme", "list").stdout == f"{SCHEME}  Lantern  (withdrawn)\n"
    assert run("scheme", "withdraw", SCHEME, "--reason", "Again.").exit_code == 2
    assert run("scheme", "adopt", file).stdout == f"adopted: {SCHEME}\n"


def test_an_unknown_scheme_is_told(run: Run) -> None:
    result = run("scheme", "show", "https://lantern.example/none")

    assert result.exit_code == 2
    assert "koepel scheme list" in result.stderr


def test_a_scheme_that_lacks_something_is_not_adopted(run: Run, file: Path) -> None:
    file.write_text(LANTERN.replace("koepel:validityMonths 36 ;", ""), encoding="utf-8")

    result = run("scheme", "adopt", file)

    assert result.exit_code == 2
    assert "koepel:validityMonths" in result.stderr
    assert run("scheme", "list").stdout == ""


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ttl")), ids=lambda path: path.stem)
def test_the_examples_can_be_adopted(run: Run, path: Path) -> None:
    assert run("scheme", "adopt", path).exit_code == 0
    assert "Lantern" not in run("scheme", "list").stdout or path.stem == "ten-requirements"
