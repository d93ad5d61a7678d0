"""The report for a spreadsheet."""

import csv as standard_csv
import io

import pytest

from registry.report import csv
from registry.report.view import ReportView
from tests.registry.sample import BRIDGE, COMPLETE, sample_view

STATEMENTS = "".join(f"<#s{n:02}> a koepel:Statement ." for n in range(17))


def rows(*views: ReportView) -> list[dict[str, str]]:
    """Read a report as a spreadsheet does."""
    return list(standard_csv.DictReader(io.StringIO(csv.render(views), newline="")))


def test_there_is_a_row_per_requirement_with_its_outcomes() -> None:
    found = [row for row in rows(sample_view(COMPLETE, "profile")) if row["row"] == "requirement"]

    assert [(row["requirement"], row["thing"], row["basic"], row["additional"]) for row in found] == [
        ("1", "The Bridge", "Met", "Needs a person"),
        ("2", "The Bridge", "Not applicable", "–"),
    ]


def test_there_is_a_row_per_place_where_something_is_missing() -> None:
    found = [row for row in rows(sample_view(COMPLETE + STATEMENTS, "profile")) if row["row"] == "finding"]

    assert len(found) == 17
    assert {row["message"] for row in found} == {"The place in the source is missing."}
    assert {row["severity"] for row in found} == {"Must be mended"}


def test_judgements_and_remarks_have_rows_of_their_own() -> None:
    kinds = [row["row"] for row in rows(sample_view(COMPLETE, "strict"))]

    assert kinds == ["requirement", "requirement", "judgement", "remark"]


def test_several_reports_share_one_heading() -> None:
    found = rows(sample_view(COMPLETE, "gentle"), sample_view(f"{BRIDGE} .", "gentle"))

    assert {row["document"] for row in found} == {"bridge.ttl"}
    assert "document" not in {row["row"] for row in found}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(start: str) -> None:
    assert csv.neutral(f"{start}1+1") == f"'{start}1+1"


def test_a_title_cannot_become_a_formula() -> None:
    view = sample_view(
        '<#x> a koepel:Project ; dct:title "=HYPERLINK(\\"https://evil.example\\")" .', "gentle"
    )

    things = {row["thing"] for row in rows(view) if row["thing"]}

    assert things == {'\'=HYPERLINK("https://evil.example")'}
