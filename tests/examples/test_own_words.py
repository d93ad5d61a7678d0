"""The examples retell their sources: no text repeats seven words in a row of what was quoted from them."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import Literal

from registry.dataset import example_documents
from tests.examples.reading import read

WORD = re.compile(r"[^\W_]+")
LONGEST_ECHO = 7
NAMES = Path(__file__).with_name("names.csv")

Phrase = tuple[str, ...]


def phrases(text: str) -> set[Phrase]:
    """List every run of seven words in a text, whatever the case and the signs between them.

    >>> sorted(" ".join(phrase) for phrase in phrases("One, two, three, four; five six SEVEN eight"))
    ['one two three four five six seven', 'two three four five six seven eight']
    >>> phrases("one two three four five six")
    set()
    """
    words = [word.lower() for word in WORD.findall(text)]
    return {tuple(words[start : start + LONGEST_ECHO]) for start in range(len(words) - LONGEST_ECHO + 1)}


def cells(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def quoted(facts: Path) -> frozenset[Phrase]:
    """List the runs of words in all that the fact tables quote."""
    lines = [line for path in sorted(facts.glob("*.csv")) for line in cells(path)]
    texts = (text for line in lines for column, text in line.items() if column.endswith("_nl"))
    return frozenset(phrase for text in texts for phrase in phrases(text))


def named() -> set[Phrase]:
    """List the runs of words in names that are as long as that."""
    return {phrase for line in cells(NAMES) for phrase in phrases(line["name"])}


def texts(iri: str) -> set[str]:
    """List the texts of a document, in any language."""
    return {str(text) for text in read(iri).objects() if isinstance(text, Literal)}


@pytest.mark.parametrize("iri", example_documents())
def test_a_document_speaks_in_its_own_words(iri: str, shared: Path) -> None:
    echoes = {phrase for text in texts(iri) for phrase in phrases(text)} & quoted(shared / "facts")

    assert [" ".join(phrase) for phrase in echoes - named()] == []


def test_every_exception_is_a_name_that_a_source_prints_and_a_document_uses(shared: Path) -> None:
    used = {phrase for iri in example_documents() for text in texts(iri) for phrase in phrases(text)}
    needed = used & quoted(shared / "facts")

    assert [line["name"] for line in cells(NAMES) if not phrases(line["name"]) & needed] == []
    assert all(line["reason"] for line in cells(NAMES))
