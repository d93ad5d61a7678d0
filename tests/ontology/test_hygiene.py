"""Rules that the vocabulary keeps; each query selects what breaks one, with a sentence that says so."""

from pathlib import Path

import pytest
from rdflib import Graph

import ontology
from registry.vocabulary import ENGLISH, LANGUAGES
from tests.ontology.reading import read

RULES = sorted((Path(__file__).parent / "hygiene").glob("*.rq"))
BREACHES = sorted((Path(__file__).parent / "hygiene").glob("*.ttl"))


@pytest.fixture(scope="module")
def everything(modules: Graph, codes: Graph, alignments: Graph) -> Graph:
    """The whole vocabulary with its names in all languages."""
    languages = [language for language in LANGUAGES if language != ENGLISH]
    names = read(*(path for language in languages for path in ontology.label_files(language)))
    return modules + codes + alignments + names


def breaches(rule: Path, graph: Graph) -> list[str]:
    """Say what breaks a rule."""
    return [str(row.message) for row in graph.query(rule.read_text(encoding="utf-8"))]  # type: ignore[union-attr]


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_nothing_breaks_the_rule(rule: Path, everything: Graph) -> None:
    assert breaches(rule, everything) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_a_breach_of_the_rule_is_noticed(rule: Path) -> None:
    graph = read(rule.with_suffix(".ttl"))

    assert len(breaches(rule, graph)) == 1


def test_every_rule_has_a_breach_to_prove_it() -> None:
    assert [path.stem for path in BREACHES] == [path.stem for path in RULES]
