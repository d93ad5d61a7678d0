"""`koepel erase` at the command line."""

from pathlib import Path

from tests.federation.description import text
from tests.registry.cli.conftest import Logged, Run, Seen
from tests.registry.noting import note

ONE = "https://buddy.example/one"
MARK = "Vanishing"


def holders(folder: Path, text: str) -> set[str]:
    """Name the files in which a text stands."""
    return {path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()}


def test_nothing_is_erased_without_a_yes(run: Run, seen: Seen, description: Path) -> None:
    run("add", description)

    result = run("erase", ONE, "--reason", "Its publisher asked for it.")

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert seen(ONE)


def test_of_what_is_erased_only_the_moment_and_the_reason_stay(
    run: Run, seen: Seen, logged: Logged, description: Path
) -> None:
    description.write_bytes(text(title=MARK))
    run("add", description)

    result = run("erase", ONE, "--reason", "Its publisher asked for it.", "--yes")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"erased: {ONE}\n")
    assert logged()[-1] == "erased"
    assert not seen(ONE)
    assert f'"{MARK}"' not in run("query", "-", "--format", "csv", input="SELECT * { ?s ?p ?o }").stdout


def test_the_address_of_what_is_erased_is_in_no_file(run: Run, description: Path, tmp_path: Path) -> None:
    run("add", description)
    note(tmp_path / "registry", ONE, MARK)
    assert {"visits.sqlite", "notices.sqlite"} <= holders(tmp_path / "registry", MARK)

    run("erase", ONE, "--reason", "Its publisher asked for it.", "--yes")

    assert holders(tmp_path / "registry", MARK) == set()
    assert not {"visits.sqlite", "notices.sqlite"} & holders(tmp_path / "registry", ONE)


def test_a_source_that_is_unknown_is_told(run: Run, description: Path) -> None:
    run("add", description)

    result = run("erase", "one", "--reason", "Its publisher asked for it.", "--yes")

    assert result.exit_code == 2
    assert f"Did you mean {ONE}?" in result.stderr
