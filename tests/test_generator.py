"""The projects that the benchmarks are run on are sound and varied."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from registry.ingest.privacy import check_privacy
from registry.ingest.space import refuse_foreign_subjects
from registry.validation.assessment import assess
from registry.validation.standard import BASIC, load_library
from registry.vocabulary import KOEPEL
from tests.benchmarks.generator import DAY, Project, generate

ROOT = Path(__file__).parents[1]
TWENTY = list(generate(20))


@cache
def graph(project: Project) -> Graph:
    return Graph().parse(data=project.turtle, format="turtle")


@pytest.mark.parametrize("project", TWENTY, ids=lambda project: project.address.rpartition("/")[2])
def test_a_generated_project_is_valid_under_the_profile(project: Project) -> None:
    library = load_library()

    assessment = assess(graph(project), library, library.standard("profile"), DAY)

    assert len(assessment.scorecards) == 1
    assert [one.check.shape for one in assessment.findings if one.check.use.level == BASIC] == []


@pytest.mark.parametrize("project", TWENTY, ids=lambda project: project.address.rpartition("/")[2])
def test_a_generated_project_describes_only_what_is_its_own(project: Project) -> None:
    refuse_foreign_subjects(graph(project), project.address)

    assert check_privacy(graph(project)) == ()


def test_the_same_projects_are_made_every_time() -> None:
    program = "from tests.benchmarks.generator import generate; print(*generate(20), sep='')"

    command = [sys.executable, "-c", program]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own

    assert again.stdout.rstrip("\n") == "".join(map(str, TWENTY))


def test_a_longer_series_begins_with_the_shorter_one() -> None:
    assert list(generate(30))[:20] == TWENTY


def test_another_seed_makes_other_projects() -> None:
    assert {one.turtle for one in generate(20, seed=1)}.isdisjoint(one.turtle for one in TWENTY)


@pytest.mark.parametrize("name", ["intensity", "municipality", "country", "mentorTrainingHours"])
def test_generated_projects_differ(name: str) -> None:
    values = {value for one in TWENTY for value in graph(one).objects(None, KOEPEL[name])}

    assert len(values) >= 3


def test_some_projects_meet_a_standard_and_others_do_not() -> None:
    library = load_library()
    cms = library.standard("cms")

    conforms = [assess(graph(one), library, cms, DAY).conforms for one in TWENTY]

    assert set(conforms) == {True, False}
