"""The three ways in which a comparison table is written down."""

import csv as standard_csv
import io
import re
from functools import cache

import pytest
from rich.console import Console

from registry.comparison import csv, html, text
from registry.comparison.definition import table_tokens
from registry.comparison.table import ComparisonTable, build
from registry.dataset import examples_store
from registry.graph.embedded import EmbeddedStore
from registry.vocabulary import LANGUAGES

HOSTILE = b"""
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix task: <https://w3id.org/koepel/code/task/> .
<#one> koepel:forProgramme <https://w3id.org/koepel/example/germany/menschen-staerken-menschen#programme> ;
  koepel:task task:fund ; koepel:actor <#actor> .
<#actor> foaf:name "=<script>[red]\\u001b[31m" .
"""


@cache
def table(token: str, language: str = "en") -> ComparisonTable:
    """Fill a table from the examples."""
    return build(examples_store(), token, language)


@pytest.fixture
def hostile() -> ComparisonTable:
    """A table in which somebody tries to disturb pages, terminals and spreadsheets."""
    store = EmbeddedStore.in_memory()
    store.load(HOSTILE, graph="https://buddy.example/profile")
    return build(store, "5.1", "en")


def terminal(filled: ComparisonTable, *, sources: bool, width: int = 80) -> str:
    """Write a table to a terminal without colours."""
    console = Console(file=io.StringIO(), width=width)
    text.write(filled, console, sources=sources)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("token", table_tokens())
def test_a_terminal_of_eighty_columns_shows_every_item_whole(token: str) -> None:
    shown = terminal(table(token), sources=False)

    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown


def test_the_text_leads_from_an_item_to_its_statement() -> None:
    shown = terminal(table("3.1"), sources=True, width=400)

    number = re.search(r"Give start-up capacity \[(\d+)", shown)
    assert number
    assert re.search(rf"\[{number[1]}\] .*\(ORG043-02, ", shown)


def test_the_text_can_leave_the_sources_out() -> None:
    assert "T31-R5-C1-01" not in terminal(table("3.1"), sources=False)


def test_the_text_names_what_contradicts_a_statement() -> None:
    assert "conflicts with ORG166-01" in terminal(table("5.1"), sources=True, width=400)


@pytest.mark.parametrize("token", table_tokens())
def test_the_spreadsheet_has_a_row_for_every_item_and_statement(token: str) -> None:
    rows = list(standard_csv.DictReader(io.StringIO(csv.render(table(token), sources=True))))

    items = [item for row in table(token).rows for cell in row.cells for item in cell.items]
    assert len(rows) == sum(len(item.statements) for item in items)
    assert all(row["identifiers"] and row["place"] and row["statement_iri"] for row in rows)


def test_the_spreadsheet_without_sources_has_a_row_for_every_item() -> None:
    rows = list(standard_csv.DictReader(io.StringIO(csv.render(table("4.1"), sources=False))))

    assert len(rows) == len({(row["actor_iri"], row["item_iri"]) for row in rows})
    assert "identifiers" not in rows[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reference_on_the_page_leads_somewhere(language: str) -> None:
    page = html.render(table("5.1", language), sources=True)

    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))
    assert f'<html lang="{language}">' in page


def test_a_text_in_another_language_than_the_page_says_so() -> None:
    assert '<span lang="en">Strengthening social cohesion.</span>' in html.render(
        table("5.1", "fr"), sources=False
    )


def test_what_a_stranger_wrote_stays_text(hostile: ComparisonTable) -> None:
    assert "<script>" not in html.render(hostile, sources=True)
    assert "=<script>[red]\\u001b[31m" in terminal(hostile, sources=True, width=400)
    assert "'=<script>" in csv.render(hostile, sources=True)
