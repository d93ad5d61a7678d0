"""`koepel standard preview` at the command line."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.ingest.document import read_document
from shapes import FOLDER
from tests.registry.certification.town import EXAMPLES, PROJECT, SOURCE, Town, town
from tests.registry.cli.conftest import Run

ASK = ("standard", "preview", "cms", "1.1.0", "--on", "2026-11-22")
VOLUNTARY = "  koepel:participationModeMentee participation-mode:voluntary ;\n"


@pytest.fixture
def labelled(tmp_path: Path, run: Run) -> Iterator[Town]:
    """The registry of the command line, with one label, granted to a project that has changed since."""
    text = (EXAMPLES / "complete-project.ttl").read_text(encoding="utf-8").replace(VOLUNTARY, "")
    with town(tmp_path / "registry") as place:
        place.until("grant")
        place.publish(read_document(text.encode(), media_type="text/turtle", address=SOURCE), None)
        yield place


def test_a_preview_tells_what_most_projects_lack_and_then_each(run: Run, labelled: Town) -> None:
    told = run(*ASK)

    assert told.exit_code == 0, told.stderr
    assert "as of 22 November 2026. Labels tried: 1." in " ".join(told.stdout.split())
    assert told.stdout.index("What most labelled projects would lack") < told.stdout.index(PROJECT)
    assert "Q42 Mentees take part of their own free will" in told.stdout


def test_as_csv_there_is_a_row_for_each_criterion_that_changes(run: Run, labelled: Town) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*ASK, "--format", "csv").stdout)))

    assert [(row["criterion"], row["level"], row["before"], row["after"]) for row in rows] == [
        ("Q42", "additional", "", "not-met"),
        ("Q34", "additional", "met", ""),
        ("Q34", "basic", "", "met"),
        ("Q37", "additional", "met", ""),
    ]


def test_as_json_programs_learn_which_description_was_looked_at(run: Run, labelled: Town) -> None:
    today = json.loads(run(*ASK, "-f", "json").stdout)
    assessed = json.loads(run(*ASK, "-f", "json", "--description", "assessed").stdout)

    assert [one["projects"][0]["basis"] for one in (today, assessed)] == ["today", "assessed"]
    assert [one["projects"][0]["affected"] for one in (today, assessed)] == [True, False]
    assert [one["criterion"] for one in today["obstacles"]] == ["Q42"]
    assert assessed["obstacles"] == []


def test_a_draft_that_is_not_installed_can_be_tried(run: Run, labelled: Town, tmp_path: Path) -> None:
    text = (FOLDER / "cms/standard.ttl").read_text(encoding="utf-8")
    draft = tmp_path / "draft.ttl"
    draft.write_text(text.replace('"1.1.0"', '"2.0.0"'), encoding="utf-8")
    told = run("standard", "preview", "cms", "2.0.0", "--file", draft, "-f", "json")

    assert told.exit_code == 0, told.stderr
    assert json.loads(told.stdout)["version"] == "2.0.0"
    assert run("standard", "preview", "cms", "2.0.0").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("cms", "9.0.0"), "has no version 9.0.0. Choose from: 1.0.0, 1.1.0"),
        (("cmx", "1.1.0"), "There is no quality standard 'cmx'"),
    ],
)
def test_what_does_not_exist_is_told_and_ends_with_two(
    run: Run, arguments: tuple[str, ...], complaint: str
) -> None:
    told = run("standard", "preview", *arguments)

    assert told.exit_code == 2
    assert complaint in told.stderr


def test_a_draft_with_a_mistake_is_told(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.ttl"
    draft.write_text("<#standard> a", encoding="utf-8")
    told = run("standard", "preview", "cms", "2.0.0", "--file", draft)

    assert told.exit_code == 2
    assert "draft.ttl" in told.stderr


def test_a_standard_can_be_shown_at_a_version(run: Run) -> None:
    told = json.loads(run("standards", "cms", "--version", "1.1.0", "-f", "json").stdout)["standards"][0]
    shapes = [run("standards", "cms", "-f", "shacl", "--version", one).stdout for one in ("1.0.0", "1.1.0")]

    assert told["version"] == "1.1.0"
    assert ["R1-Q42" in one for one in shapes] == [False, True]
