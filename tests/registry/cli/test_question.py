"""`koepel query` at the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.registry.cli.conftest import Run

SELECT = """PREFIX koepel: <https://w3id.org/koepel/def#>
SELECT ?token WHERE { ?standard a koepel:QualityStandard ; koepel:token ?token } ORDER BY ?token LIMIT 2"""
CONSTRUCT = "CONSTRUCT { <urn:a> a ?kind } WHERE { <https://w3id.org/koepel/def#Label> a ?kind }"


@pytest.fixture
def question(tmp_path: Path) -> Path:
    """A file for a question."""
    return tmp_path / "question.rq"


def test_a_table_is_shown_for_people(run: Run, question: Path) -> None:
    question.write_text(SELECT, encoding="utf-8")

    result = run("query", question)

    assert result.exit_code == 0
    assert result.stdout.split()[0] == "token"
    assert len(result.stdout.splitlines()) == 3


def test_a_table_is_written_for_spreadsheets_and_programs(run: Run) -> None:
    table = run("query", "-", "--format", "csv", input=SELECT).stdout
    result = json.loads(run("query", "-", "--format", "json", input=SELECT).stdout)

    tokens = [row["token"] for row in csv.DictReader(io.StringIO(table))]
    assert len(tokens) == 2
    assert [row["token"]["value"] for row in result["results"]["bindings"]] == tokens


def test_a_yes_or_no_question_is_answered(run: Run) -> None:
    assert run("query", "-", input="ASK { ?s a <https://w3id.org/koepel/def#Programme> }").stdout == "true\n"
    assert run("query", "-", input="ASK { ?s a <urn:nothing> }").stdout == "false\n"


@pytest.mark.parametrize("form", ["turtle", "table"])
def test_a_graph_is_written_as_turtle(run: Run, form: str) -> None:
    result = run("query", "-", "--format", form, input=CONSTRUCT)

    assert "<urn:a>" in result.stdout
    assert "http://www.w3.org/2002/07/owl#Class" in result.stdout


@pytest.mark.parametrize(("query", "form"), [(SELECT, "turtle"), (CONSTRUCT, "csv")])
def test_a_form_that_does_not_fit_the_answer_is_refused(run: Run, query: str, form: str) -> None:
    result = run("query", "-", "--format", form, input=query)

    assert result.exit_code == 2
    assert "cannot be given in the format" in result.stderr


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "another server"),
        ("SELECT * { { SELECT * { SERVICE SILENT ?s { ?s ?p ?o } } } }", "another server"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "ask, not change"),
        ("LOAD <https://example.org/data>", "ask, not change"),
        ("SELECT *\n{ ?s ?p }", "line 2, column 3"),
        ("SELECT * { ?s unknown:term ?o }", "line 1"),
    ],
)
def test_what_is_no_question_is_refused_in_words(run: Run, query: str, told: str) -> None:
    result = run("query", "-", input=query)

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_told(run: Run, question: Path) -> None:
    result = run("query", question)

    assert result.exit_code == 2
    assert "question.rq cannot be read" in result.stderr


def test_the_answer_says_when_it_is_about_the_examples(run: Run) -> None:
    assert "examples that come with Koepel" in run("query", "-", input=SELECT).stderr


def test_what_a_stranger_wrote_cannot_disturb_the_terminal(run: Run, tmp_path: Path) -> None:
    description = tmp_path / "profile.ttl"
    description.write_text('<#a> <urn:name> "red \\u001b[31m [bold]" .', encoding="utf-8")

    result = run(
        "query", "-", "--data", description, input="SELECT ?name { ?s <urn:name> ?name }", color=True
    )

    assert "red \\u001b[31m [bold]" in result.stdout
