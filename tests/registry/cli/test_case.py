"""`koepel case`: the whole way of a case on the command line, by the rules that hold everywhere."""

import json
from pathlib import Path

import pytest

from registry.ledger import Event, Happening
from tests.registry.certification.town import (
    ASSESSOR,
    BASIC,
    DECIDER,
    OWNER,
    PROJECT,
    SCHEME,
    Town,
)
from tests.registry.cli.conftest import Run

PDF = b"%PDF-1.7"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The registry of the command line, with a project, a scheme and three people."""
    monkeypatch.setenv("KOEPEL_ADDRESS", "https://registry.example")
    made = Town(tmp_path / "registry")
    for actor in (OWNER, ASSESSOR, DECIDER):
        made.entitle(actor)
    return made


@pytest.fixture
def number(run: Run, place: Town) -> str:
    """The number of a case that was opened."""
    result = run("case", "open", PROJECT, SCHEME, "--as", "owner", "--on", "2026-03-02")
    assert result.exit_code == 0, result.stderr
    return str(result.stdout.split()[0])


def test_a_case_goes_all_the_way(run: Run, place: Town, number: str, tmp_path: Path) -> None:
    case = place.desk.case(number)
    heard = {"sessions": ["2026-03-02"] * 2, "mentors": 3, "mentees": 3, "judgements": place.judgements(case)}
    (tmp_path / "audit.json").write_text(json.dumps(heard), encoding="utf-8")
    steps = [("owner", "self-assess"), ("owner", "submit"), ("assessor", "read-documents")]
    steps += [("assessor", "audit"), ("assessor", "recommend"), ("decider", "grant")]
    said = {"audit": f"@{tmp_path / 'audit.json'}", "recommend": json.dumps({"level": BASIC})}

    for who, act in steps:
        told = ("--details", said.get(act, "{}"), "--on", "2026-03-02")
        result = run("case", "act", number, act, "--as", who, *told)
        assert result.exit_code == 0, result.stderr

    assert run("case", "state", number, "--as", "owner", "--on", "2026-03-02").stdout == (
        f"{number}  awarded  {BASIC}  2026-03-02 – 2029-03-02\n"
    )
    assert place.desk.case(number).acts[-1].via == "console"


def test_a_case_tells_what_was_done_and_what_is_possible(run: Run, number: str) -> None:
    lines = run("case", "show", number, "--as", "owner").stdout.splitlines()

    assert lines[:2] == [f"{number}  draft", "  2026-03-02  open"]
    assert "  possible: self-assess" in lines


def test_a_list_holds_the_cases_of_ones_own(run: Run, place: Town, number: str) -> None:
    assert run("case", "list", "--as", "owner").stdout == f"{number}  draft           {PROJECT}\n"
    assert run("case", "list", "--as", "owner", "--on", "2026-03-01").stdout == ""


def test_a_document_is_uploaded(run: Run, place: Town, number: str, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(PDF)
    told = {"kind": "upload", "title": "Plan", "dated": "2026-01-15"}

    options = ("--as", "owner", "--details", json.dumps(told), "--file", tmp_path / "plan.pdf")
    result = run("case", "act", number, "add-evidence", *options)

    assert result.exit_code == 0, result.stderr
    assert len([*(place.home.folder / "evidence").iterdir()]) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("submit", "--as", "owner"), "Possible now"),
        (("self-assess", "--as", "decider"), "needs the role owner"),
        (("self-assess", "--as", "nobody"), "has no role in this registry"),
        (("self-assess", "--as", "owner", "--details", "["), "no JSON object"),
        (("self-assess", "--as", "owner", "--details", "[]"), "no JSON object"),
        (("self-assess", "--as", "owner", "--details", "@nowhere.json"), "no JSON object"),
        (("self-assess", "--as", "owner", "--on", "2026-03-01"), "cannot lie before it"),
    ],
)
def test_what_is_refused_is_told(run: Run, number: str, options: tuple[str, ...], words: str) -> None:
    result = run("case", "act", number, *options)

    assert result.exit_code == 2
    assert words in result.stderr


def test_a_reason_from_another_time_cannot_disturb_the_terminal(run: Run, place: Town, number: str) -> None:
    case, terms = place.desk.case(number).iri, '{"act": "withdraw", "on": "2026-03-02"}'
    place.home.ledger.append(Event(case, Happening.ACTED, reason="Over\x1b[2J\n", terms=terms))

    shown = run("case", "show", number, "--as", "owner").stdout
    assert "withdraw: Over\\u001b[2J\\u000a" in shown
