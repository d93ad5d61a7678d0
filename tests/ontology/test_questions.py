"""The competency questions: each is put to the example countries and compared with its expected answer."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from registry.dataset import example_documents, examples_store
from registry.graph.embedded import EmbeddedStore

FOLDER = Path(__file__).parent / "questions"
QUESTIONS = sorted(FOLDER.glob("*.rq"))
REMOVALS = sorted(FOLDER.glob("*-without.ru"))
PREFIX = re.compile(r"^PREFIX ([\w-]+): <([^>]*)>$", re.MULTILINE)
LABELS = """
@prefix koepel: <https://w3id.org/koepel/def#> .
@prefix label-state: <https://w3id.org/koepel/code/label-state/> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#revoked> a koepel:Label ; koepel:atLevel <#a> ; koepel:awardedTo <#b> ;
  koepel:labelState label-state:revoked .
<#soon> a koepel:Label ; koepel:atLevel <#a> ; koepel:awardedTo <#b> ; koepel:labelState label-state:awarded ;
  schema:expires "2025-11-01"^^xsd:date .
<#late> a koepel:Label ; koepel:atLevel <#a> ; koepel:awardedTo <#b> ; koepel:labelState label-state:awarded ;
  schema:expires "2025-12-01"^^xsd:date .
<#past> a koepel:Label ; koepel:atLevel <#a> ; koepel:awardedTo <#b> ; koepel:labelState label-state:expired ;
  schema:expires "2025-04-30"^^xsd:date .
"""

Answer = tuple[tuple[str, ...], list[tuple[str, ...]]]


@cache
def examples() -> EmbeddedStore:
    """The example countries with what the reasoner concludes; the reasoner runs once."""
    return examples_store(inferred=True)


def with_fixture(path: Path) -> EmbeddedStore:
    """The graph that a question is put to: the examples, and a description of its own if it has one."""
    fixture = path.with_suffix(".ttl")
    if not fixture.exists():
        return examples()
    store = examples_store()
    store.load(fixture.read_bytes(), graph="https://buddy.example/fixture")
    return store


def without(path: Path) -> EmbeddedStore:
    """The examples after an update has taken something away from the document that its first line names."""
    update = path.read_text(encoding="utf-8")
    document = update.splitlines()[0].removeprefix("# in ")
    graph = Graph().parse(example_documents()[document])
    graph.update(update)
    store = examples_store()
    store.replace(document, graph.serialize(format="nt", encoding="utf-8"))
    return store


def answer(store: EmbeddedStore, query: str) -> Answer:
    """Put a question, and shorten the IRIs in the answer with the prefixes of the query."""
    prefixes = sorted(PREFIX.findall(query), key=lambda one: len(one[1]), reverse=True)
    table = store.select(query)
    rows = [tuple(short(str(row.get(one, "")), prefixes) for one in table.variables) for row in table.rows]
    return table.variables, rows if "ORDER BY" in query else sorted(rows)


def short(term: str, prefixes: list[tuple[str, str]]) -> str:
    """Shorten an IRI with the longest prefix that fits."""
    fitting = ((name, iri) for name, iri in prefixes if term.startswith(iri))
    return next((f"{name}:{term.removeprefix(iri)}" for name, iri in fitting), term)


def expected(path: Path) -> Answer:
    """Read the expected answer to a question."""
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        variables, *rows = (tuple(line) for line in csv.reader(file))
    ordered = "ORDER BY" in path.read_text(encoding="utf-8")
    return variables, rows if ordered else sorted(rows)


def title(path: Path) -> str:
    """Read the question in words."""
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


@pytest.mark.parametrize("path", QUESTIONS, ids=[f"{path.stem} {title(path)}" for path in QUESTIONS])
def test_the_examples_answer(path: Path) -> None:
    assert answer(with_fixture(path), path.read_text(encoding="utf-8")) == expected(path)


def test_all_questions_are_there_and_none_expects_nothing() -> None:
    assert [path.stem for path in QUESTIONS] == [f"{number:02}" for number in range(1, 40)]
    assert [path.stem for path in QUESTIONS if expected(path)[1] == []] == []


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_is_told_in_one_line_and_fits_on_a_screen(path: Path) -> None:
    query = path.read_text(encoding="utf-8")

    assert title(path).endswith("?")
    assert query.count("\n") <= 40
    assert max(map(len, query.splitlines())) <= 120


@pytest.mark.parametrize("path", REMOVALS, ids=lambda path: path.stem)
def test_a_question_about_what_is_absent_fails_without_the_data_behind_it(path: Path) -> None:
    question = FOLDER / f"{path.stem.removesuffix('-without')}.rq"

    assert answer(without(path), question.read_text(encoding="utf-8")) != expected(question)


def test_a_label_matters_when_it_ends_within_six_months_or_was_taken_away() -> None:
    store = EmbeddedStore.in_memory()
    store.load(LABELS.encode(), graph="https://buddy.example/labels")

    _, rows = answer(store, (FOLDER / "39.rq").read_text(encoding="utf-8"))

    assert [row[0].partition("#")[2] for row in rows] == ["revoked", "soon"]


def test_no_label_ends_soon_when_the_question_is_put_earlier() -> None:
    query = (FOLDER / "39.rq").read_text(encoding="utf-8").replace("2025-05-01", "2024-12-31")

    assert answer(with_fixture(FOLDER / "39.rq"), query)[1] == []
