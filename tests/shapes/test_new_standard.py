"""A new standard is a folder of Turtle: the example of the README becomes one, and no Python changes."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph

from registry.errors import InvalidDataError
from registry.validation.assessment import Outcome, assess
from registry.validation.standard import Library, load_library
from shapes import FOLDER as SHAPES

README = (SHAPES / "README.md").read_text(encoding="utf-8")
WEEKLY = "koepel:meetingsPerMonth 4.0"


def add_standard(shapes: Path, turtle: str) -> Library:
    """Put a standard beside those that ship with the registry, and read them all."""
    shutil.copytree(SHAPES, shapes)
    (shapes / "evening-walks").mkdir()
    (shapes / "evening-walks/standard.ttl").write_text(turtle, encoding="utf-8")
    return load_library(shapes)


@pytest.fixture(scope="module")
def example() -> str:
    """The standard that the README shows."""
    return README.split("```turtle\n")[1].split("```")[0]


def test_the_example_of_the_readme_is_found_and_checked(
    example: str, tmp_path: Path, complete: Graph, today: date
) -> None:
    library = add_standard(tmp_path / "shapes", example)

    assessment = assess(complete, library, library.standard("evening-walks"), today)

    assert [row.basic for row in assessment.scorecards[0].rows] == [Outcome.MET, Outcome.MET]
    assert assessment.conforms


def test_the_change_of_the_readme_is_announced_and_counts_from_its_day(example: str, tmp_path: Path) -> None:
    change = README.split("```turtle\n")[2].split("```")[0]
    standard = add_standard(tmp_path / "shapes", example + change).standard("evening-walks")
    before, after = (
        [use.criterion.identifier for use in standard.on(day).uses]
        for day in (date(2027, 6, 30), date(2027, 7, 1))
    )

    assert [one.number for one in standard.announced(date(2026, 11, 22))] == ["1.1.0"]
    assert (before, after) == (["Q11"] * 3 + ["Q21"], ["Q21", "Q15"])


def test_the_example_of_the_readme_finds_what_is_missing(
    example: str, tmp_path: Path, complete: Graph, today: date
) -> None:
    library = add_standard(tmp_path / "shapes", example)
    monthly = complete.serialize(format="turtle").replace(WEEKLY, "koepel:meetingsPerMonth 1.0")
    data = Graph().parse(data=monthly, format="turtle")

    found = assess(data, library, library.standard("evening-walks"), today).findings

    assert [str(one.result.shape).rpartition("#")[2] for one in found] == ["R1-Q21-frequency"]


def test_a_threshold_left_open_is_named(example: str, tmp_path: Path) -> None:
    without = re.sub(r"\n.*Q21-hours-minimum.*", " .", example).replace("4.0 ], .", "4.0 ] .")

    with pytest.raises(InvalidDataError, match=r"R1-Q21 leaves open .*Q21-hours-minimum"):
        add_standard(tmp_path / "shapes", without)


def test_the_readme_lists_every_standard() -> None:
    listed = re.findall(r"^\| \[`([\w-]+)`\]\(\1/standard\.ttl\)", README, flags=re.MULTILINE)

    assert sorted(listed) == sorted(path.parent.name for path in SHAPES.glob("*/standard.ttl"))


def test_the_readme_lists_every_criterion_with_its_family() -> None:
    rows = re.findall(r"^\| \[`([\w-]+)`\]\(criteria/\1\.ttl\) \| (.+) \|$", README, flags=re.MULTILINE)
    families = {
        path.stem: re.findall(r'dct:identifier "(\w+)"', path.read_text(encoding="utf-8"))
        for path in (SHAPES / "criteria").glob("*.ttl")
        if path.stem != "building-blocks"
    }

    assert {family: sorted(named.split(", ")) for family, named in rows} == {
        family: sorted(identifiers) for family, identifiers in families.items()
    }
