"""Standards and crosswalks as people read them."""

import csv as standard_csv
import io
import re
from datetime import date

import pytest
from rich.console import Console

from registry.crosswalk import lay_side_by_side
from registry.report.html import render_sheets
from registry.report.sheet import Sheet, write_csv, write_records, write_table
from registry.report.standard import StandardReader
from registry.validation.standard import load_library
from registry.vocabulary import LANGUAGES
from tests.registry.sample import sample_library


def crosswalk(first: str, second: str, language: str = "en") -> tuple[Sheet, Sheet]:
    """Compare two of the made-up standards in words."""
    library = sample_library()
    compared = lay_side_by_side(library, library.standard(first), library.standard(second))
    return StandardReader(library, language, date(2026, 11, 21)).crosswalk(compared)


def test_the_listing_counts_requirements_and_criteria() -> None:
    sheet = StandardReader(sample_library(), "nl", date(2026, 11, 21)).listing()

    assert ("strict", "Strenge standaard", "2", "4") in sheet.rows


def test_a_standard_is_shown_use_by_use_with_conditions_and_thresholds() -> None:
    library = sample_library()

    sheet = StandardReader(library, "nl", date(2026, 11, 21)).standard(library.standard("strict"))

    assert sheet.rows[:2] == (
        (
            "1 Training",
            "hours Mentoren krijgen 12 uur training",
            "Basis; Automatisch; alleen voor: Intensief; uren training, minstens: 12",
        ),
        (
            "1 Training",
            "hours Mentoren krijgen 1,5 uur training",
            "Basis; Automatisch; alleen voor: Standaard; uren training, minstens: 1,5",
        ),
    )
    assert sheet.rows[2][2] == "Basis; Automatisch; alleen voor: projecten voor minderjarigen"
    age = "ouderdom van het document in maanden, hoogstens: 12"
    assert sheet.rows[3][2] == f"Aanvullend; Op basis van bewijs; {age}"


def test_both_sides_of_a_crosswalk_stand_in_one_row() -> None:
    rows = {row[0]: row[1:] for row in crosswalk("gentle", "strict")[0].rows}

    assert rows["Parents of minors agree"] == ("–", "(2) Basic; By machine; only for: projects for minors")
    assert rows["The description is inviting"] == ("(1) Basic; By machine", "(2) Basic; By a person")


@pytest.mark.parametrize(
    ("first", "second", "criterion", "why"),
    [
        ("gentle", "strict", "guardians", "the first standard does not ask it"),
        ("gentle", "strict", "tone", "in the first standard: By machine"),
        (
            "gentle",
            "strict",
            "paper",
            "the first standard asks less: age of the document in months, at most: 36",
        ),
        ("strict", "gentle", "paper", "in the first standard: Additional"),
        ("strict", "gentle", "hours", "the first standard asks less: hours of training, at least: 1.5"),
    ],
)
def test_a_crosswalk_says_why_something_is_still_needed(
    first: str, second: str, criterion: str, why: str
) -> None:
    needs = {row[1].split()[0]: row[3] for row in crosswalk(first, second)[1].rows}

    assert needs[criterion] == why


def test_a_crosswalk_without_needs_says_so() -> None:
    needs = crosswalk("gentle", "gentle", "de")[1]

    assert needs.rows == ()
    assert needs.notes == ("Nichts: Der erste Standard verlangt überall mindestens ebenso viel.",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_installed_standard_is_shown_in_every_language_without_bare_iris(language: str) -> None:
    library = load_library()
    reader = StandardReader(library, language, date(2026, 11, 21))
    sheets = [reader.listing(), *(reader.standard(one) for one in library.standards.values())]

    cells = [cell for sheet in sheets for row in sheet.rows for cell in row]
    assert len(cells) > 100
    assert [cell for cell in cells if re.search(r"https?:|w3id|\{\w*\}|^$", cell)] == []


def written(sheets: tuple[Sheet, ...]) -> str:
    """Write tables record by record on eighty columns."""
    out = io.StringIO()
    write_records(sheets, Console(file=out, width=80))
    return out.getvalue()


def test_records_stand_below_what_they_share_and_lose_no_text() -> None:
    rows = (("one", "x" * 100), ("one", "y\nz"), ("two", "w"))

    text = written((Sheet("Title", ("Note",), ("a", "b"), rows),))

    found = [line.rstrip() for line in text.splitlines()]
    assert found[:7] == ["Title", "Note", "", "one", "  b:", "  " + "x" * 78, "  " + "x" * 22]
    assert found[7:] == ["  b:", "    - y", "    - z", "", "two", "  b: w"]


def test_a_table_on_a_narrow_screen_loses_no_text() -> None:
    out = io.StringIO()
    write_table(Sheet("Title", (), ("name", "word"), (("a", "x" * 50),)), Console(file=out, width=30))

    assert out.getvalue().count("x") == 50


def test_tables_for_a_spreadsheet_carry_their_title() -> None:
    rows = list(standard_csv.reader(io.StringIO(write_csv(crosswalk("gentle", "strict")))))

    assert rows[0] == ["table", "Criterion", "gentle", "strict"]
    assert {row[0] for row in rows} == {"table", *(sheet.title for sheet in crosswalk("gentle", "strict"))}


def test_tables_on_a_page_head_their_rows_and_columns() -> None:
    sheets = crosswalk("gentle", "strict", "fr")

    page = render_sheets(sheets, "fr")

    assert page.count('<th scope="row">') == sum(len(sheet.rows) for sheet in sheets)
    assert '<html lang="fr">' in page
