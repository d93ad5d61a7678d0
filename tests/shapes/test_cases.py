"""Every criterion, shape and standard fails where it should, and nowhere else.

All cases of a standard are validated in one run, by the fastest engine; `test_engines.py` shows that pySHACL
finds the same.
"""

from datetime import date

import pytest
from rdflib import RDF, Graph

from registry.validation.composition import compose
from registry.validation.standard import Library
from registry.vocabulary import KOEPEL
from tests.shapes.case import EVERY, Case, Expectation, by_case, read_cases
from tests.shapes.engine import turbo

CASES = read_cases()


@pytest.fixture(scope="module")
def found(
    library: Library, cases: dict[str, Graph], complete: Graph, today: date
) -> dict[str, dict[str, list[Expectation]]]:
    """What is found in each case, for each standard."""
    runs = {
        token: turbo(data, compose(library, library.standard(token), today).shapes)
        for token, data in cases.items()
    }
    return {token: by_case(results, report, complete) for token, (report, results) in runs.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_the_results_that_it_states_and_no_others(
    case: Case, found: dict[str, dict[str, list[Expectation]]]
) -> None:
    assert tuple(found[case.standard].get(case.name, ())) == case.expected


def test_no_result_falls_outside_the_cases(found: dict[str, dict[str, list[Expectation]]]) -> None:
    assert {name for results in found.values() for name in results} <= {case.name for case in CASES}


def test_the_complete_project_meets_every_standard(library: Library, complete: Graph, today: date) -> None:
    results = {
        token: turbo(complete, compose(library, standard, today).shapes)[1]
        for token, standard in library.standards.items()
    }

    assert results == dict.fromkeys(library.standards, ())


def test_the_complete_project_meets_every_version_of_every_standard(
    library: Library, complete: Graph, today: date
) -> None:
    results = {
        (token, version.number): turbo(complete, compose(library, standard.at(version.number), today).shapes)[
            1
        ]
        for token, standard in library.standards.items()
        for version in standard.versions
    }

    assert results == dict.fromkeys(results, ())
    assert ("cms", "1.1.0") in results


def test_every_shape_of_every_criterion_has_a_case_that_breaks_it(library: Library, today: date) -> None:
    composed = compose(library, library.standard(EVERY), today).checks
    broken = {one.shape for case in CASES if case.standard == EVERY for one in case.expected}

    assert {shape.rpartition("#")[2] for shape in composed} == broken


def test_every_criterion_of_the_library_has_cases_of_its_own(library: Library) -> None:
    used = {use.criterion.iri for use in library.standard(EVERY).uses}
    folders = {case.file.parent.name for case in CASES if case.standard == EVERY}

    assert used == set(library.graph.subjects(RDF.type, KOEPEL.Criterion))
    assert folders == {iri.rpartition("#")[2] for iri in used}


def test_every_standard_has_a_case_that_breaks_it(library: Library) -> None:
    assert {case.standard for case in CASES if case.expected} == set(library.standards)
