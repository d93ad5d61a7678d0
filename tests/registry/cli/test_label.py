"""`koepel label` at the command line, with a folder in the place of the network."""

import json
from datetime import date
from pathlib import Path

import pytest
import zstandard

from tests.registry.cli.conftest import Run
from tests.registry.label.play import ADDRESS, BODY, NUMBER, SPACE, Play, play


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """A registry in which a label was granted."""
    monkeypatch.setenv("KOEPEL_ADDRESS", ADDRESS)
    return play(tmp_path / "registry", day=date.today())


@pytest.fixture
def exported(run: Run, started: Play, tmp_path: Path) -> Path:
    """The label, written into a folder."""
    result = run("label", "export", NUMBER, "--output", tmp_path / "label", "--language", "nl")
    assert result.stdout.startswith("written: 10 files")
    return tmp_path / "label"


@pytest.mark.parametrize("name", ["label.json", "open-badge.json", "badge.svg", "badge.png"])
def test_every_form_of_a_label_can_be_checked_without_a_network(run: Run, exported: Path, name: str) -> None:
    result = run("label", "verify", exported / name, "--documents", exported)

    assert result.exit_code == 0
    assert result.stdout.startswith("The label holds: Lantern: basic, for ")


def test_the_machine_says_per_requirement_that_it_agrees(run: Run, exported: Path) -> None:
    lines = run("label", "verify", exported / "label.json", "--documents", exported).stdout.splitlines()

    assert sum(line.endswith(": the same") for line in lines) >= 8
    assert any("same result again for all 37 criteria" in line for line in lines)


def test_a_label_that_was_changed_ends_with_one(run: Run, exported: Path) -> None:
    path = exported / "label.json"
    path.write_text(path.read_text().replace("2029-03-01T", "2039-03-01T"))

    result = run("label", "verify", path, "--documents", exported)

    assert (result.exit_code, "not proven" in result.stdout) == (1, True)


@pytest.mark.parametrize("text", ["", "<svg/>", "[1]"])
def test_what_is_no_label_ends_with_two(run: Run, exported: Path, text: str) -> None:
    (exported / "other.json").write_text(text)

    assert run("label", "verify", exported / "other.json", "--documents", exported).exit_code == 2
    assert run("label", "verify", exported / "absent.json", "--documents", exported).exit_code == 2


def test_a_description_may_come_from_a_file_or_a_dump(run: Run, exported: Path, tmp_path: Path) -> None:
    text = (exported / "description.nq").read_bytes()
    lines = [line.removesuffix(b" .") + f" <{SPACE}> .".encode() for line in text.splitlines()]
    dump = tmp_path / "koepel.nq.zst"
    dump.write_bytes(
        zstandard.compress(b"\n".join([b"<a:a> <a:b> <a:c> <a:other> .", *reversed(lines)]) + b"\n")
    )
    (exported / "description.nq").write_bytes(b"")

    for option in (("--dump", dump), ("--description", _kept(tmp_path, text))):
        result = run("label", "verify", exported / "label.json", "--documents", exported, *option)
        assert (result.exit_code, "all 37 criteria" in result.stdout) == (0, True)


def _kept(folder: Path, text: bytes) -> Path:
    path = folder / "kept.nq"
    path.write_bytes(text)
    return path


def test_a_dump_without_the_description_is_told(run: Run, exported: Path, tmp_path: Path) -> None:
    dump = tmp_path / "koepel.nq"
    dump.write_text("<a:a> <a:b> <a:c> <a:other> .\n")

    result = run("label", "verify", exported / "label.json", "--documents", exported, "--dump", dump)

    assert (result.exit_code, SPACE in result.stderr) == (2, True)


def test_a_suspended_label_does_not_hold(run: Run, started: Play, tmp_path: Path) -> None:
    started.act("suspend", date(2026, 6, 1), reason="No coordinator.")
    run("label", "export", NUMBER, "--output", tmp_path / "label")

    result = run(
        "label", "verify", tmp_path / "label" / "label.json", "--documents", tmp_path / "label", "-l", "en"
    )

    assert result.exit_code == 1
    assert "The label is suspended for the time being." in result.stdout


def test_labels_of_a_stolen_key_are_written_anew(run: Run, started: Play, tmp_path: Path) -> None:
    run("key", "retire", "1", "--reason", "Stolen.", "--compromised")
    run("key", "create", BODY)

    result = run("label", "reissue", BODY, "--output", tmp_path / "new")

    assert result.stdout.startswith("written: 1 labels")
    told = json.loads((tmp_path / "new" / f"{NUMBER}.json").read_text())
    assert told["proof"]["verificationMethod"].endswith("#key-2")


def test_show_writes_the_credential(run: Run, started: Play) -> None:
    assert json.loads(run("label", "show", NUMBER).stdout)["id"] == f"{ADDRESS}/label/{NUMBER}"
    assert run("label", "show", "000000000000").exit_code == 2
