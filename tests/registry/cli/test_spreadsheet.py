"""`koepel spreadsheet`, as a coordinator uses it."""

from pathlib import Path

import pytest

from tests.registry.cli.conftest import Run

EXAMPLES = Path(__file__).parents[3] / "examples" / "fictitious"
HOME = "https://w3id.org/koepel/example/fictitious"
HEAD = "koepel/title@nl;koepel/description@nl;koepel/publisher.name@nl;koepel/country;koepel/audience"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet in CSV with two projects."""
    path = tmp_path / "projects.csv"
    rows = (
        "De Brug;Elke week.;Vereniging De Brug (fictief);België;Nieuwkomer",
        "Het Plein;;;Belgje;Gezin; Kat",
    )
    path.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_written_once_and_holds_no_project(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"template.{ending}"

    written = run("spreadsheet", "template", file, "--language", "ca")
    again = run("spreadsheet", "template", file, "--language", "ca")
    empty = run("spreadsheet", "read", file, "--address", HOME, "--to", tmp_path / "out")

    assert (written.exit_code, again.exit_code, empty.exit_code) == (0, 2, 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_descriptions_go_into_a_sheet_and_come_back(run: Run, tmp_path: Path, ending: str) -> None:
    source, back = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("complete-project", "starting-project"):
        (source / f"{name}.ttl").write_bytes((EXAMPLES / f"{name}.ttl").read_bytes())

    there = run("spreadsheet", "write", source, tmp_path / f"sheet.{ending}", "--language", "fr")
    here = run(
        "spreadsheet",
        "read",
        tmp_path / f"sheet.{ending}",
        "--address",
        HOME,
        "--to",
        back,
        "--language",
        "fr",
    )

    assert (there.exit_code, here.exit_code) == (0, 0), there.output + here.output
    assert ": https://w3id.org/koepel/standard/cms#standard" in there.stdout
    assert run("check", *sorted(back.iterdir()), "--standard", "profile").exit_code == 0


def test_everything_that_is_wrong_is_told_with_its_place_and_nothing_is_written(
    run: Run, sheet: Path, tmp_path: Path
) -> None:
    result = run(
        "spreadsheet", "read", sheet, "--address", HOME, "--to", tmp_path / "out", "--language", "nl"
    )

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "projects.csv, rij 3, kolom F (F): De kolom ‘F’ komt niet uit het sjabloon, dus wat erin staat wordt "
        "niet gelezen.",
        "projects.csv, rij 3, kolom D (Land): ‘Belgje’ staat niet in de lijst. Is ‘België’ bedoeld?",
    ]
    assert not (tmp_path / "out").exists()


def test_a_row_that_lacks_something_is_written_and_told(run: Run, sheet: Path, tmp_path: Path) -> None:
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("Belgje", "België"), encoding="utf-8")

    result = run(
        "spreadsheet", "read", sheet, "--address", HOME, "--to", tmp_path / "out", "--language", "nl"
    )

    assert result.exit_code == 1
    assert "projects.csv, rij 3: voor een vermelding is ‘beschrijving’ nodig." in result.stderr
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["de-brug.ttl", "het-plein.ttl"]


def test_a_description_that_is_there_is_written_over_only_on_purpose(
    run: Run, sheet: Path, tmp_path: Path
) -> None:
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("Belgje", "België"), encoding="utf-8")
    (tmp_path / "het-plein.ttl").write_text("mine", encoding="utf-8")

    result = run("spreadsheet", "read", sheet, "--address", HOME, "--to", tmp_path, "--language", "nl")

    assert result.exit_code == 2
    assert (tmp_path / "het-plein.ttl").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "de-brug.ttl").exists()


def test_only_two_forms_of_sheets_are_written(run: Run, tmp_path: Path) -> None:
    result = run("spreadsheet", "template", tmp_path / "template.ods")

    assert result.exit_code == 2
    assert "must end in .xlsx or .csv" in result.stderr
