"""`koepel compare` at the command line."""

import csv
import io
from pathlib import Path

import pytest

from registry.comparison.definition import table_tokens
from registry.vocabulary import LANGUAGES
from tests.registry.cli.conftest import Run


@pytest.mark.parametrize("token", table_tokens())
def test_every_table_is_shown(run: Run, token: str) -> None:
    result = run("compare", "--table", token)

    assert result.exit_code == 0
    assert f"Table {token}" in result.stdout
    assert "[1] " in result.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_shown_in_the_language_of_the_reader(run: Run, language: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", "-t", "5.1", "-l", language, "-f", "csv").stdout)))

    expected = {
        "nl": "Doelgroepen",
        "de": "Zielgruppen",
        "ca": "Públics destinataris",
        "es": "Públicos destinatarios",
        "fr": "Publics cibles",
        "en": "Target groups",
    }
    assert expected[language] in {row["row"] for row in rows}


def test_sources_can_be_left_out(run: Run) -> None:
    assert "[1]" not in run("compare", "--table", "2.1", "--no-sources").stdout


def test_a_page_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "table.html"

    result = run("compare", "--table", "4.1", "--format", "html", "--output", page)

    assert result.exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_table_that_does_not_exist_is_told(run: Run) -> None:
    result = run("compare", "--table", "9.9")

    assert result.exit_code == 2
    assert "The tables are 2.1, 3.1, 4.1, 5.1." in result.stderr


def test_a_description_of_ones_own_is_compared(run: Run, tmp_path: Path) -> None:
    description = tmp_path / "profile.ttl"
    description.write_text(
        """@prefix koepel: <https://w3id.org/koepel/def#> .
        @prefix task: <https://w3id.org/koepel/code/task/> .
        <#one> a koepel:TaskAssignment ; koepel:task task:fund ; koepel:actor <#us> ;
          koepel:forProgramme <https://w3id.org/koepel/example/netherlands/buddy-to-buddy#programme> .""",
        encoding="utf-8",
    )

    result = run("compare", "--table", "5.1", "--data", description, "--format", "csv")

    assert [row["item"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["us"]
