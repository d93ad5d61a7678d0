"""The log is one object a line for programs, and plain lines for people."""

import json
import logging
from collections.abc import Iterator

import pytest
from rdflib import URIRef

from registry.log import about, write_log


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("", "registry", "federation", "rdflib.term")]
    handlers, levels = loggers[0].handlers[:], [one.level for one in loggers]
    yield
    loggers[0].handlers[:] = handlers
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)


def write(form: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Write two lines, one of them about a failure, and read them."""
    write_log(form, "info")
    log, secret = logging.getLogger("registry.harvest"), "told in confidence"
    with about(request_id="seven"):
        log.info("visit", extra={"seconds": 1.5})
    try:
        raise ValueError(len(secret))
    except ValueError:
        log.exception("failure")
    return capsys.readouterr().err.splitlines()


def test_programs_get_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = map(json.loads, write("json", capsys))

    assert (first["event"], first["level"], first["seconds"]) == ("visit", "info", 1.5)
    assert (first["request_id"], "request_id" in second) == ("seven", False)
    assert first["timestamp"].endswith("Z")
    assert "ValueError: 18" in second["exception"]


def test_people_get_lines_that_they_can_read(capsys: pytest.CaptureFixture[str]) -> None:
    lines = write("console", capsys)

    assert "visit" in lines[0]
    assert "request_id=seven" in lines[0]
    assert lines[-1] == "ValueError: 18"


@pytest.mark.parametrize("form", ["console", "json"])
def test_what_a_function_held_when_it_failed_stays_out(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert "told in confidence" not in "".join(write(form, capsys))


def test_from_other_libraries_come_warnings_only(capsys: pytest.CaptureFixture[str]) -> None:
    write_log("json", "debug")
    logging.getLogger("alembic").info("setup plugin")
    logging.getLogger("alembic").warning("old database")
    logging.getLogger("federation.fetch").debug("trying")

    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == [
        "old database",
        "trying",
    ]


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_line_cannot_be_made_up_by_a_stranger(capsys: pytest.CaptureFixture[str], form: str) -> None:
    write_log(form, "info")
    logging.getLogger("registry").info("request", extra={"route": 'x\n{"event": "made up"}\x1b[2J'})
    (line,) = capsys.readouterr().err.splitlines()

    assert line.isprintable()


def test_what_a_library_repeats_of_strangers_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    write_log("json", "debug")
    URIRef("https://buddy.example/<what a stranger wrote>")

    assert capsys.readouterr().err == ""
