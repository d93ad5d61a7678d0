"""The command line."""

import csv
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SH
from typer.testing import CliRunner, Result

from registry.cli import app
from registry.cli.language import Language, environment_language
from registry.settings import settings
from registry.vocabulary import LANGUAGES

EXAMPLES = Path(__file__).parents[2] / "examples" / "fictitious"
COMPLETE, STARTING = EXAMPLES / "complete-project.ttl", EXAMPLES / "starting-project.ttl"
START = "from registry.cli import main; main()"


def koepel(*arguments: object, text: str | None = None) -> Result:
    """Run a command as a person would, with an English screen."""
    return CliRunner(env={"LC_ALL": "en_GB.UTF-8"}).invoke(app, [str(one) for one in arguments], input=text)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that is not valid Turtle."""
    path = tmp_path / "broken.ttl"
    path.write_text("<#a> a <#b> ;;; oops", encoding="utf-8")
    return path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine that publishes a project."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with a project, or with nothing."""
            self.send_response(200 if self.path == "/profile.ttl" else 404)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            self.wfile.write(b"<#p> a <https://w3id.org/koepel/def#Project> .")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("KOEPEL_ALLOW_LOOPBACK", "true")
    settings.cache_clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    settings.cache_clear()


def test_the_exit_code_tells_whether_a_description_conforms() -> None:
    assert koepel("check", COMPLETE).exit_code == 0
    assert koepel("check", STARTING).exit_code == 1
    assert koepel("check", STARTING, "--standard", "profile").exit_code == 0


def test_a_file_that_cannot_be_read_is_told_and_does_not_stop_the_others(broken: Path) -> None:
    result = koepel("check", broken, COMPLETE, "missing.ttl")

    assert result.exit_code == 2
    assert f"{broken}: Line 1, column " in result.stderr
    assert "missing.ttl cannot be read: No such file or directory." in result.stderr
    assert str(COMPLETE) in result.stdout


def test_a_description_is_read_from_the_input() -> None:
    result = koepel("check", "-", text=COMPLETE.read_text(encoding="utf-8"))

    assert result.exit_code == 0
    assert "nothing basic is missing" in result.stdout


def test_a_description_is_fetched_from_an_address(site: str) -> None:
    result = koepel("check", f"{site}/profile.ttl", "--standard", "profile")

    assert result.exit_code == 1
    assert f"<{site}/profile.ttl#p>" in result.stdout


def test_an_address_without_a_document_is_told(site: str) -> None:
    result = koepel("check", f"{site}/elsewhere")

    assert result.exit_code == 2
    assert "answers with status 404" in result.stderr


def test_the_report_is_in_the_language_asked_for() -> None:
    result = koepel("check", STARTING, "--language", "nl")

    assert "er ontbreekt iets van de basis" in " ".join(result.stdout.split())


def test_errors_are_in_the_language_asked_for() -> None:
    result = koepel("check", STARTING, "--standard", "csm", "--language", "de")

    assert result.exit_code == 2
    assert result.stderr == "Es gibt keinen Qualitätsstandard „csm“. Zur Wahl stehen: cms.\n"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "nl_BE.UTF-8", "LANG": "de_DE"}, "nl"),
        ({"LC_ALL": "", "LANG": "ca"}, "ca"),
        ({"LC_MESSAGES": "fr-FR", "LANG": "es_ES"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_comes_from_the_environment(environment: dict[str, str], language: str) -> None:
    assert environment_language(environment) == language


def test_the_languages_are_those_of_the_registry() -> None:
    assert tuple(Language) == LANGUAGES


@pytest.mark.parametrize(
    ("option", "wrong", "right"), [("--language", "nll", "'nl'"), ("--format", "jsn", "'json'")]
)
def test_a_wrong_choice_is_answered_with_the_right_ones(option: str, wrong: str, right: str) -> None:
    result = koepel("check", COMPLETE, option, wrong)

    assert result.exit_code == 2
    assert right in result.stderr


def test_json_is_json_and_nothing_else() -> None:
    result = koepel("check", STARTING, COMPLETE, "--format", "json")

    found = json.loads(result.stdout)["reports"]
    assert [(one["document"], one["conforms"]) for one in found] == [
        (str(STARTING), False),
        (str(COMPLETE), True),
    ]


def test_turtle_of_one_standard_is_its_validation_report() -> None:
    result = koepel("check", STARTING, "--standard", "cms", "--format", "turtle")

    report = Graph().parse(data=result.stdout, format="turtle")
    assert len(list(report.subjects(RDF.type, SH.ValidationReport))) == 1


def test_html_is_one_page() -> None:
    page = koepel("check", STARTING, COMPLETE, "--format", "html").stdout

    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<h1>") == 1


def test_a_file_for_a_spreadsheet_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"

    koepel("check", STARTING, "--format", "csv", "--output", path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbfdocument,")
    assert koepel("check", STARTING, "--format", "csv").stdout.startswith("document,")


def test_a_report_in_a_file_is_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"

    result = koepel("check", STARTING, "--output", path)

    lines = path.read_text(encoding="utf-8").splitlines()
    assert result.stdout == ""
    assert str(STARTING) in "".join(lines[:3])
    assert [line for line in lines if line != line.rstrip() or "\x1b" in line] == []


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = koepel("check", COMPLETE, "--output", tmp_path / "nowhere" / "report.txt")

    assert result.exit_code == 2
    assert (
        "cannot be written: No such file or directory. Choose another place with --output." in result.stderr
    )


def test_standards_are_listed_and_shown() -> None:
    listing = koepel("standards").stdout
    shown = koepel("standards", "cms", "--language", "ca").stdout

    assert "cms" in listing
    assert "profile" in listing
    assert "Criteri: Q03 " in shown


def test_a_standard_is_given_as_shacl_that_needs_nothing_else() -> None:
    shapes = Graph().parse(data=koepel("standards", "cms", "--format", "shacl").stdout, format="turtle")

    assert len(list(shapes.subjects(SH.severity))) > 20
    assert "koepel/def#appliesWhen" not in shapes.serialize(format="nt")


def test_shacl_of_all_standards_at_once_is_refused() -> None:
    result = koepel("standards", "--format", "shacl")

    assert result.exit_code == 2
    assert "cms" in result.stderr


def test_standards_are_given_as_json() -> None:
    every = json.loads(koepel("standards", "--format", "json").stdout)["standards"]
    one = json.loads(koepel("standards", "cms", "--format", "json").stdout)["standards"]

    assert {standard["token"] for standard in every} > {"cms", "profile"}
    assert len(one[0]["requirements"]) == 10


def test_two_standards_are_laid_side_by_side() -> None:
    text = " ".join(koepel("crosswalk", "impulse", "cms").stdout.split())
    rows = list(csv.reader(io.StringIO(koepel("crosswalk", "impulse", "cms", "--format", "csv").stdout)))

    assert "What a project that meets" in text
    assert [row[0] for row in rows].count("table") == 2
    assert "<table>" in koepel("crosswalk", "impulse", "cms", "--format", "html").stdout


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = (
        "babel",
        "fastapi",
        "httpx2",
        "jinja2",
        "owlready2",
        "pyoxigraph",
        "pyshacl",
        "rdflib",
        "sqlalchemy",
    )
    source = f"import sys, registry.cli; print([name for name in {heavy} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)  # noqa: S603

    assert done.stdout == "[]\n"


def test_bad_input_gives_a_message_and_no_traceback(broken: Path) -> None:
    environment = {**os.environ, "LC_ALL": "nl_NL.UTF-8"}

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", START, "check", broken],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith(f"{broken}: Regel 1, kolom ")
    assert done.stderr.count("\n") == 1


def test_a_screen_that_lacks_a_sign_stops_nothing() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", START, "check", STARTING, "-l", "ca"],
        capture_output=True,
        env=environment,
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"hi falta alguna cosa b?sica" in b" ".join(done.stdout.split())
