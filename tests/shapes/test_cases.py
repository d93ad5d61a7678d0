"""Every criterion, shape and standard fails where it should, and nowhere else."""

from datetime import date

import pytest
from rdflib import Graph

from registry.validation.composition import compose
from registry.validation.standard import Library
from tests.shapes.case import Case, findings, read_cases

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_the_results_it_states_and_no_others(
    case: Case, library: Library, complete: Graph, today: date
) -> None:
    composition = compose(library, library.standard(case.token), today)

    assert findings(case.apply(complete), composition.shapes) == case.expected


def test_the_complete_project_meets_every_standard(library: Library, complete: Graph, today: date) -> None:
    found = {
        token: findings(complete, compose(library, standard, today).shapes)
        for token, standard in library.standards.items()
    }

    assert found == dict.fromkeys(library.standards, ())


def test_every_shape_of_every_criterion_has_a_case_that_breaks_it(library: Library, today: date) -> None:
    composed = compose(library, library.standard("every-criterion"), today).checks
    broken = {one.shape for case in CASES if case.token == "every-criterion" for one in case.expected}

    assert {str(shape).rsplit("#", 1)[1] for shape in composed} == broken


def test_every_criterion_has_cases_of_its_own(library: Library) -> None:
    criteria = {use.criterion.identifier for use in library.standard("every-criterion").uses}
    folders = {case.file.parent.name for case in CASES if case.token == "every-criterion"}

    assert folders == criteria


def test_every_standard_has_a_case_that_breaks_it(library: Library) -> None:
    assert {case.token for case in CASES if case.expected} == set(library.standards)
