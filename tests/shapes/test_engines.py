"""Three engines agree, result for result, so that a project may check itself with whichever it likes."""

from datetime import date

import pytest
from rdflib import Graph

from registry.validation.composition import compose
from registry.validation.standard import Library
from shapes import FOLDER as SHAPES
from tests.shapes.case import EVERY, ROOT
from tests.shapes.engine import pyshacl_keys, rudof_keys, turbo_keys

TOKENS = sorted(path.parent.name for path in SHAPES.glob("*/standard.ttl"))


@pytest.fixture(scope="module")
def examples() -> Graph:
    """All example documents in one graph."""
    graph = Graph()
    for path in sorted((ROOT / "examples").rglob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.mark.parametrize("token", TOKENS)
def test_the_engines_agree_on_all_examples_and_cases_of_a_standard(
    token: str, library: Library, examples: Graph, cases: dict[str, Graph], today: date
) -> None:
    shapes = compose(library, library.standard(token), today).shapes
    data = examples + cases[token]

    found = pyshacl_keys(data, shapes)

    assert found
    assert turbo_keys(data, shapes) == found
    assert rudof_keys(data, shapes) == found


@pytest.mark.slow
def test_the_engines_agree_on_every_criterion(library: Library, cases: dict[str, Graph], today: date) -> None:
    shapes = compose(library, library.standard(EVERY), today).shapes
    data = cases[EVERY]

    found = pyshacl_keys(data, shapes)

    assert found
    assert turbo_keys(data, shapes) == found
    assert rudof_keys(data, shapes) == found
