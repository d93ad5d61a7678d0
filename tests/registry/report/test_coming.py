"""What is announced is shown in every form of a report and of a standard, and counts in none."""

import csv as standard_csv
import io
import json as standard_json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, Graph, Literal
from rdflib.namespace import SH
from rich.console import Console

from registry.check import Checked, check
from registry.draft import read_draft
from registry.readiness import EARL
from registry.report import csv, html, json, text, turtle
from registry.report.reader import tell
from registry.report.standard import StandardReader
from registry.report.view import ComingView, ReportView
from registry.validation.assessment import Outcome
from registry.validation.standard import load_library
from registry.vocabulary import KOEPEL, LANGUAGES, STANDARD

ANNOUNCED, COUNTS = date(2026, 11, 22), date(2027, 7, 1)
COMPLETE = Path(__file__).parents[3] / "examples/fictitious/complete-project.ttl"
LACKS = "participationModeMentee", "policy-type:insurance"


@cache
def checked(day: date = ANNOUNCED) -> Checked:
    """Check a project that lacks what the next version of a standard adds."""
    lines = COMPLETE.read_text(encoding="utf-8").splitlines()
    without = "\n".join(line for line in lines if not any(one in line for one in LACKS))
    return check(read_draft(without.encode(), "project.ttl"), load_library(), ["cms"], day)


def view(day: date = ANNOUNCED, language: str = "en") -> ReportView:
    """Say what was found."""
    return tell(checked(day), language)


def coming() -> ComingView:
    """Give what is announced."""
    (found,) = view().standards[0].coming
    return found


def test_a_report_tells_what_counts_from_when_and_how_the_project_stands_with_it() -> None:
    told = coming()

    assert (told.version, told.counts_from, told.conforms) == ("1.1.0", COUNTS, False)
    assert [(one.requirement, one.criterion, one.level, one.outcome) for one in told.added] == [
        ("1", "Q42", "additional", Outcome.NOT_MET),
        ("9", "Q34", "basic", Outcome.NOT_MET),
    ]
    assert [(one.criterion, one.outcome) for one in told.retired] == [
        ("Q34", Outcome.NOT_MET),
        ("Q37", Outcome.MET),
    ]


def test_what_is_announced_comes_with_advice_and_with_the_lines_to_paste() -> None:
    advice = [one for requirement in coming().requirements for one in requirement.advice]

    assert [one.criterion for one in advice] == ["Q42", "Q34"]
    assert all(one.snippet and one.suggestion for one in advice)


def test_what_is_announced_does_not_count() -> None:
    standard = view().standards[0]

    assert standard.conforms
    assert "Q42" not in {one.criterion for each in standard.requirements for one in each.advice}


def test_once_it_counts_nothing_is_announced_any_more() -> None:
    standard = view(COUNTS).standards[0]

    assert standard.coming == ()
    assert "Q42" in {one.criterion for each in standard.requirements for one in each.advice}


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_tell_the_day_in_every_language(language: str) -> None:
    out, told = io.StringIO(), view(language=language)
    text.write([told], Console(file=out, width=200))
    note = load_library().standard("cms").announced(ANNOUNCED)[0].notes[language]

    for written in (out.getvalue(), html.render([told])):
        assert "2027" in written
        assert "1.1.0" in written
    assert note.split(".")[0] in out.getvalue()


def test_a_spreadsheet_has_rows_of_their_own_for_it() -> None:
    rows = list(standard_csv.DictReader(io.StringIO(csv.render([view()]), newline="")))
    announced = [row for row in rows if row["row"] == "announced"]

    assert [(row["criterion"], row["outcome"]) for row in announced] == [
        ("Q42", "Not met"), ("Q34", "Not met"), ("Q34", "Not met"), ("Q37", "Met"),
    ]  # fmt: skip
    assert "counts from 1 July 2027" in announced[0]["message"]
    assert "no longer counts from 1 July 2027" in announced[3]["message"]
    assert {row["criterion"] for row in rows if row["row"] == "announced finding"} == {"Q42", "Q34"}


def test_json_holds_it_apart() -> None:
    (standard,) = standard_json.loads(json.render([view()]))["reports"][0]["standards"]
    (told,) = standard["coming"]

    assert (told["version"], told["counts_from"], told["conforms"]) == ("1.1.0", "2027-07-01", False)
    assert [one["criterion"] for one in told["added"]] == ["Q42", "Q34"]


def test_turtle_keeps_it_out_of_the_validation_report() -> None:
    graph = Graph().parse(data=turtle.render(checked().assessments), format="turtle")
    reports = list(graph.subjects(RDF.type, SH.ValidationReport))
    tested = set(graph.objects(None, EARL.test))
    (version,) = graph.objects(None, KOEPEL.hasVersion)

    assert len(reports) == 1
    assert {str(one).removeprefix(STANDARD) for one in tested} == {"cms#R1-Q42", "cms#R9-Q34-basic"}
    assert (version, OWL.versionInfo, Literal("1.1.0")) in graph
    assert (version, KOEPEL.countsFrom, Literal(COUNTS)) in graph


def shown(day: date, language: str = "en") -> dict[str, str]:
    """Show the standard as a table: what is asked, by criterion and level."""
    standard = load_library().standard("cms")
    rows = StandardReader(load_library(), language, day).standard(standard).rows
    return {f"{row[1].split()[0]} {row[2].split(';')[0]}": row[2] for row in rows}


def test_the_table_of_a_standard_marks_what_comes_and_what_goes() -> None:
    rows = shown(ANNOUNCED)

    assert rows["Q42 Additional"].endswith("counts from 1 July 2027")
    assert rows["Q34 Basic"].endswith("; counts from 1 July 2027")
    assert rows["Q34 Additional"].endswith("no longer counts from 1 July 2027")
    assert "2027" not in rows["Q33 Additional"]


def test_before_and_after_the_table_holds_what_counts() -> None:
    before, after = shown(date(2026, 11, 21)), shown(COUNTS)

    assert not {"Q42 Additional", "Q34 Basic"} & set(before)
    assert not {"Q34 Additional", "Q37 Additional"} & set(after)
    assert not [told for told in (*before.values(), *after.values()) if "2027" in told]


def standard_json_of(day: date, version: str | None = None) -> dict[str, Any]:
    """Write the standard as JSON."""
    standard = load_library().standard("cms")
    chosen = standard.at(version) if version else standard
    found: dict[str, Any] = standard_json.loads(json.render_standards([chosen], "en", day))["standards"][0]
    return found


def test_json_of_a_standard_tells_versions_and_days() -> None:
    told = standard_json_of(ANNOUNCED)
    uses = {one["iri"].rpartition("#")[2]: one for each in told["requirements"] for one in each["criteria"]}

    assert told["version"] == "1.0.0"
    assert [(one["version"], one["counts_from"]) for one in told["versions"]] == [
        ("1.0.0", None),
        ("1.1.0", "2027-07-01"),
    ]
    assert (uses["R1-Q42"]["counts_from"], uses["R9-Q37"]["counts_until"]) == ("2027-07-01", "2027-07-01")


def test_a_standard_at_a_version_is_shown_as_that_version_has_it() -> None:
    told = standard_json_of(ANNOUNCED, "1.1.0")
    uses = {one["iri"].rpartition("#")[2] for each in told["requirements"] for one in each["criteria"]}

    assert told["version"] == "1.1.0"
    assert {"R1-Q42", "R9-Q34-basic"} <= uses
    assert not {"R9-Q34", "R9-Q37"} & uses
