"""Each fictitious project shows what its README says that it shows."""

from datetime import date

import pytest
from rdflib import Graph

from registry.ingest.privacy import check_privacy
from registry.validation.assessment import Assessment, Outcome, assess
from registry.validation.standard import BASIC, Library
from tests.shapes.case import ROOT

FOLDER = ROOT / "examples/fictitious"


def check(document: str, standard: str, library: Library, today: date) -> Assessment:
    """Hold one of the documents against a standard."""
    data = Graph().parse(FOLDER / f"{document}.ttl")
    return assess(data, library, library.standard(standard), today)


@pytest.mark.parametrize("document", ["complete-project", "starting-project", "private-mailbox-project"])
def test_a_description_with_the_least_that_is_needed_is_listed(
    document: str, library: Library, today: date
) -> None:
    assert check(document, "profile", library, today).conforms


def test_an_unfinished_description_is_told_all_that_is_missing(library: Library, today: date) -> None:
    assessment = check("unfinished-project", "profile", library, today)

    missing = {
        one.check.use.criterion.identifier for one in assessment.findings if one.check.use.level == BASIC
    }
    assert missing == {"L03", "L05", "L08", "L12", "Q02"}


def test_a_small_start_meets_the_impulse_standard_and_not_the_ten_requirements(
    library: Library, today: date
) -> None:
    card = check("starting-project", "cms", library, today).scorecards[0]

    assert check("starting-project", "impulse", library, today).conforms
    not_met = {row.requirement.identifier for row in card.rows if row.basic is Outcome.NOT_MET}
    assert not_met == {"1", "3", "4", "5", "7", "8", "9", "10"}


def test_a_private_mailbox_is_remarked_and_nothing_else_is() -> None:
    remarks = {
        path.stem: [remark.code for remark in check_privacy(Graph().parse(path))]
        for path in FOLDER.glob("*.ttl")
    }

    assert remarks.pop("private-mailbox-project") == ["private-mailbox"]
    assert set(map(tuple, remarks.values())) == {()}


def test_the_readme_names_every_document() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in FOLDER.glob("*.ttl") if f"({path.name})" not in readme] == []
