"""`koepel sources` at the command line."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from federation.notebook import Note, Notebook
from federation.source import Kind, Source
from registry.ledger import Event, Happening, Ledger
from tests.registry.cli.conftest import Run

LIST = Source("https://umbrella.example/sitemap.xml", "https://umbrella.example", Kind.SITEMAP, hours=6)
MEMBER = Source("https://umbrella.example/gent", "https://umbrella.example/gent", Kind.MEMBER, via=LIST.space)
OWNED = Source("https://buddy.example/a.ttl", "https://buddy.example/a", owner="https://buddy.example/#us")


@pytest.fixture(autouse=True)
def _sources(run: Run, tmp_path: Path) -> None:
    """Three sources, one of which was visited."""
    with Ledger.in_folder(tmp_path / "registry") as ledger:
        for one in (LIST, MEMBER, OWNED):
            event = Event(one.space, Happening.REGISTERED, one.address, terms=one.terms, via=one.via)
            ledger.append(event)
    visited = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    with Notebook(tmp_path / "registry" / "visits.sqlite") as notebook:
        notebook.write([Note(OWNED.space, visited=visited, due=visited, outcome="accepted")])


def test_a_person_reads_what_each_source_is_and_when_it_was_visited(run: Run) -> None:
    lines = run("sources").stdout.splitlines()

    assert lines[0] == "https://buddy.example/a  document, every 24 h  2026-11-21T09:00:00+00:00  accepted"
    assert "    owner: https://buddy.example/#us" in lines
    assert "https://umbrella.example  sitemap, every 6 h  not yet visited" in lines
    assert "    via: https://umbrella.example" in lines


def test_a_program_gets_the_same(run: Run) -> None:
    found = json.loads(run("sources", "--format", "json").stdout)["sources"]

    assert [one["kind"] for one in found] == ["document", "sitemap", "member"]
    assert found[0]["visited"] == "2026-11-21T09:00:00+00:00"
    assert found[1]["visited"] is None


def test_a_spreadsheet_gets_a_row_for_each(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("sources", "--format", "csv").stdout)))

    assert [row["hours"] for row in rows] == ["24", "6", "24"]
    assert [row["via"] for row in rows] == ["", "", LIST.space]
