"""`koepel init`: from a conversation, or a file of answers, to a description that can be listed."""

import json
from pathlib import Path

import pytest

from registry.vocabulary import LANGUAGES
from tests.registry.cli.conftest import Run

ADDRESS = "https://www.example.org/bridge"
LINES = [
    "De Brug (fictief)", "Elke week.", "Vereniging De Brug (fictief)", "BE", "Gent", "BE2",
    "1", "", "", "2021", "", "brug@example.org",
]  # fmt: skip
GIVEN = {
    "title": "De Brug (fictief)",
    "description": "Elke week.",
    "publisher.name": "Vereniging De Brug (fictief)",
    "country": "BEL",
    "audience": ["newcomer", "family"],
}


def typed(*lines: str) -> str:
    """Write lines as they come from a keyboard."""
    return "".join(f"{one}\n" for one in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_of_every_language_lead_to_a_description_that_can_be_listed(
    run: Run, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "profile.ttl"

    result = run("init", file, "--language", language, "--address", ADDRESS, input=typed(*LINES))

    assert result.exit_code == 0, result.output
    assert f'dct:title "De Brug (fictief)"@{language}' in file.read_text(encoding="utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["profile.ttl"]


def test_a_conversation_that_breaks_off_goes_on_later(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "profile.ttl"

    stopped = run("init", file, "--address", ADDRESS, input=typed(*LINES[:3]))
    finished = run("init", file, input=typed(*LINES[3:]))

    assert stopped.exit_code == 2
    assert "profile.ttl.answers.json. The same command goes on from there." in stopped.stdout
    assert "This goes on where it stopped." in finished.stdout
    assert finished.exit_code == 0


def test_no_answer_at_all_is_no_description(run: Run, tmp_path: Path) -> None:
    result = run("init", tmp_path / "profile.ttl", input="")

    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_answers_in_another_encoding_are_refused(run: Run, tmp_path: Path) -> None:
    result = run("init", tmp_path / "profile.ttl", "--address", ADDRESS, input="Brücke\n".encode("latin-1"))

    assert result.exit_code == 2
    assert "Set the terminal to UTF-8" in result.stderr


def test_a_file_that_is_there_is_written_over_only_on_purpose(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "profile.ttl"
    file.write_text("mine", encoding="utf-8")

    refused = run("init", file, "--address", ADDRESS, input=typed(*LINES))
    kept = file.read_text(encoding="utf-8")
    wanted = run("init", file, "--yes", "--address", ADDRESS, input=typed(*LINES))

    assert (refused.exit_code, kept, wanted.exit_code) == (2, "mine", 0)
    assert "is there already. Choose another name, or add --yes" in refused.stderr


@pytest.mark.parametrize("form", ["json", "toml"])
def test_answers_can_be_given_in_a_file(run: Run, tmp_path: Path, form: str) -> None:
    answers, file = tmp_path / f"answers.{form}", tmp_path / "profile.ttl"
    lines = (f'"{name}" = {json.dumps(value)}\n' for name, value in GIVEN.items())
    answers.write_text("".join(lines) if form == "toml" else json.dumps(GIVEN), encoding="utf-8")

    result = run("init", file, "--answers", answers, "--address", ADDRESS, "--language", "nl")

    assert result.exit_code == 0, result.output
    assert "target-group:family, target-group:newcomer" in file.read_text(encoding="utf-8")


def test_everything_that_is_wrong_with_a_file_of_answers_is_told_at_once(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"title": "x", "country": "Atlantis", "startDate": "soon"}', encoding="utf-8")

    result = run("init", tmp_path / "profile.ttl", "--answers", answers)

    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "country", "startDate", "description", "publisher.name", "audience", "address",
    ]  # fmt: skip
    assert not (tmp_path / "profile.ttl").exists()


def test_a_private_mailbox_in_a_file_of_answers_is_told(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps({**GIVEN, "coordinatorContact.hasEmail": "bridge@gmail.com"}), encoding="utf-8"
    )

    result = run("init", tmp_path / "profile.ttl", "--answers", answers, "--address", ADDRESS)

    assert "bridge@gmail.com is a mailbox at a provider for private persons" in result.stderr
    assert result.exit_code == 0
