"""`koepel query` at the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from registry.settings import settings
from tests.federation.peers import ROWS, body, bytes_of, nobody, peer
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


THING = "SELECT ?s { ?s ?p ?o }"
GOOD = body(bytes_of(ROWS), koepel_snapshot="state-1")


def test_several_registries_are_asked_and_each_gives_account(run: Run) -> None:
    with peer(GOOD) as one, peer(GOOD) as other:
        result = run("query", "-", "--peer", one, "--peer", other, "--peer", one, input=THING)

    assert (result.exit_code, result.stderr) == (0, "")
    heading, *lines = result.stdout.splitlines()
    assert heading.split() == ["peer", "s"]
    assert [line.split() for line in lines[:2]] == [[one, "urn:a"], [other, "urn:a"]]
    accounts = zip(lines[3:], (one, other), strict=True)
    assert all(line.startswith(f"{peer}: 1 found in ") for line, peer in accounts)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_registry_that_fails_is_named_in_the_answer_and_beside_it(run: Run, form: str) -> None:
    gone = nobody()
    with peer(GOOD) as one:
        result = run("query", "-", "-f", form, "--peer", gone, "--peer", one, input=THING)

    assert result.exit_code == 1
    assert "urn:a" in result.stdout
    assert f"{gone} could not be asked" in result.stdout
    assert f"{gone} could not be asked" in result.stderr


def test_a_graph_of_several_registries_says_which_statements_are_whose(run: Run) -> None:
    gone, graph = nobody(), body(b"<urn:a> <urn:b> <urn:c> .\n", media_type="application/n-triples")
    with peer(graph) as one:
        result = run("query", "-", "--peer", one, "--peer", gone, input="DESCRIBE <urn:a>")

    assert result.exit_code == 1
    assert f"<{one}> {{" in result.stdout
    assert f"<{gone}> <http://www.w3.org/2000/01/rdf-schema#comment>" in result.stdout


def test_all_known_registries_are_asked(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with peer(GOOD) as one, peer(GOOD) as other:
        monkeypatch.setenv("KOEPEL_PEERS", f"{one},{other}")
        run("query", "-", "--peers", "-f", "csv", "-o", tmp_path / "a.csv", input=THING)

    written = (tmp_path / "a.csv").read_text("utf-8-sig").split()
    assert written == ["peer,s", f"{one},urn:a", f"{other},urn:a"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--peers"], "No other registries are known"),
        (["--peer", "registry.example"], "is not the address of a peer"),
        (["--peer", "http://127.0.0.1:9", "--data", "a.ttl"], "cannot be asked together"),
        (["--peer", "http://127.0.0.1:9", "--format", "turtle"], "cannot be given in the format"),
    ],
)
def test_what_cannot_be_asked_of_other_registries_is_told(run: Run, arguments: list[str], told: str) -> None:
    result = run("query", "-", *arguments, input=THING)

    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_mistake_is_told_before_anybody_is_asked(run: Run) -> None:
    result = run("query", "-", "--peer", nobody(), input="SELECT *\n{ ?s ?p }")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 2, column 3" in result.stderr


def test_a_question_can_hand_a_part_to_a_known_registry(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with peer(GOOD) as one:
        monkeypatch.setenv("KOEPEL_PEERS", one)
        settings.cache_clear()
        result = run("query", "-", input=f"SELECT ?s {{ SERVICE <{one}> {{ ?s ?p ?o }} }}")

    assert result.stdout.split() == ["s", "urn:a"]
    assert f"{one}: 1 found in " in result.stderr
    assert "snapshot state-1" in result.stderr


def test_a_part_that_a_registry_does_not_answer_leaves_no_answer(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOEPEL_PEERS", gone := nobody())

    result = run(
        "query", "-", input=f"SELECT ?s {{ ?s ?p ?o OPTIONAL {{ SERVICE <{gone}> {{ ?s ?q ?z }} }} }}"
    )

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{gone} could not be asked" in result.stderr
