"""What the results of a check mean for each requirement."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from registry.validation.assessment import Assessment, Outcome, assess
from tests.registry.validation.small_library import TWO_AND_A_HALF, crit, described, installed

TODAY = date(2026, 11, 21)
MINOR = "dct:audience target-group:minor ;"


def judged(folder: Path, data: str, *uses: str) -> Assessment:
    return assess(described(data), *installed(folder, *uses), TODAY)


def outcomes(assessment: Assessment) -> list[tuple[str, str]]:
    """List what came of each requirement of the only project: basic, additional."""
    (card,) = assessment.scorecards
    return [(row.basic.value, row.additional.value) for row in card.rows]


def project(statements: str = "") -> str:
    return f":project a koepel:Project ; {statements} koepel:status <urn:active> ."


def test_the_worst_outcome_counts_and_the_order_says_which_is_worst() -> None:
    order = [
        Outcome.NOT_MET,
        Outcome.NEEDS_EVIDENCE,
        Outcome.NEEDS_PERSON,
        Outcome.MET,
        Outcome.NOT_APPLICABLE,
    ]

    assert [Outcome.worst([milder, worse]) for worse, milder in pairwise(order)] == order[:-1]
    assert Outcome.worst([]) is Outcome.NOT_APPLICABLE


def test_what_is_described_is_met_and_what_is_not_is_not(tmp_path: Path) -> None:
    told = judged(tmp_path, project("koepel:mentorTrainingHours 3.0 ;"), f"Hours ; {TWO_AND_A_HALF}", "Title")

    assert outcomes(told) == [("met", "not-applicable"), ("not-met", "not-applicable")]
    assert [str(one.check.use.criterion.iri) for one in told.findings] == [str(crit("Title"))]


def test_a_value_below_the_threshold_is_not_enough(tmp_path: Path) -> None:
    told = judged(tmp_path, project("koepel:mentorTrainingHours 2.4 ;"), f"Hours ; {TWO_AND_A_HALF}")

    assert outcomes(told) == [("not-met", "not-applicable")]


def test_a_condition_that_does_not_hold_excuses(tmp_path: Path) -> None:
    assert outcomes(judged(tmp_path, project(), "Minors")) == [("not-applicable", "not-applicable")]


def test_a_condition_that_holds_asks(tmp_path: Path) -> None:
    assert outcomes(judged(tmp_path, project(MINOR), "Minors")) == [("not-met", "not-applicable")]


def test_one_of_two_conditions_that_does_not_hold_excuses(tmp_path: Path) -> None:
    told = judged(tmp_path, project(MINOR), "Minors ; koepel:appliesWhen profile:is-firm")

    assert outcomes(told) == [("not-applicable", "not-applicable")]


def test_a_claim_without_its_document_needs_evidence(tmp_path: Path) -> None:
    told = judged(tmp_path, project("koepel:closure [] ;"), "Rules")

    assert outcomes(told) == [("needs-evidence", "not-applicable")]
    assert not told.conforms


def test_without_the_claim_a_document_is_not_even_asked_for(tmp_path: Path) -> None:
    assert outcomes(judged(tmp_path, project(), "Rules")) == [("not-met", "not-applicable")]


def test_what_only_a_person_can_see_waits_for_a_person(tmp_path: Path) -> None:
    told = judged(tmp_path, project(), "Talk")

    assert outcomes(told) == [("needs-person", "not-applicable")]
    assert told.conforms


def test_a_person_is_not_asked_while_something_is_missing(tmp_path: Path) -> None:
    told = judged(tmp_path, project(), "Title ; koepel:decisionMode decision-mode:person")

    assert outcomes(told) == [("not-met", "not-applicable")]


def test_what_is_additional_never_blocks(tmp_path: Path) -> None:
    told = judged(tmp_path, project(), "Topics")

    assert outcomes(told) == [("not-applicable", "not-met")]
    assert told.conforms
    assert told.scorecards[0].outcome is Outcome.NOT_APPLICABLE


def test_a_node_shape_is_judged_by_all_that_it_holds(tmp_path: Path) -> None:
    told = judged(tmp_path, project(), "Reach")

    assert outcomes(told) == [("not-met", "not-applicable")]
    assert len(told.findings) == 1


def test_the_worst_requirement_decides_the_scorecard(tmp_path: Path) -> None:
    told = judged(tmp_path, project('dct:title "A"@en ; koepel:closure [] ;'), "Title", "Rules", "Talk")

    assert told.scorecards[0].outcome is Outcome.NEEDS_EVIDENCE


def test_a_use_that_judges_parts_is_met_when_every_part_meets_it(tmp_path: Path) -> None:
    use = "Title ; koepel:judges koepel:Training"
    one_untitled = ':a a koepel:Training ; dct:title "A"@en . :b a koepel:Training .'

    told = judged(tmp_path, project() + one_untitled, use)

    assert outcomes(told) == [("not-met", "not-applicable")]


def test_a_use_that_judges_parts_does_not_apply_where_there_are_none(tmp_path: Path) -> None:
    told = judged(tmp_path, project(), "Title ; koepel:judges koepel:Training")

    assert outcomes(told) == [("not-applicable", "not-applicable")]


def test_a_use_that_judges_parts_looks_at_a_project_that_is_one_of_them_only(tmp_path: Path) -> None:
    both = ':project a koepel:Project, koepel:Pilot ; dct:title "A"@en . :other a koepel:Pilot .'

    told = judged(tmp_path, both, "Title ; koepel:judges koepel:Pilot")

    assert outcomes(told) == [("met", "not-applicable")]


def test_each_project_has_a_scorecard_of_its_own(tmp_path: Path) -> None:
    two = ':a a koepel:Project ; dct:title "A"@en . :b a koepel:Project .'

    told = judged(tmp_path, two, "Title")

    assert [card.outcome for card in told.scorecards] == [Outcome.MET, Outcome.NOT_MET]


@pytest.mark.parametrize(
    ("statements", "outcome"),
    [
        ("koepel:mentorTrainingHours 1.0 ;", "met"),
        ("koepel:mentorTrainingHours 0.5 ;", "not-met"),
        ("koepel:mentorTrainingHours 12.0 ; koepel:intensity intensity:intensive ;", "not-met"),
        ("koepel:mentorTrainingHours 12.5 ; koepel:intensity intensity:intensive ;", "met"),
    ],
)
def test_the_intensity_of_a_project_decides_its_threshold(
    tmp_path: Path, statements: str, outcome: str
) -> None:
    told = judged(tmp_path, project(statements), "Hours ; koepel:followsIntensity true")

    assert outcomes(told) == [(outcome, "not-applicable")]


@pytest.mark.parametrize(("day", "conforms"), [("2025-02-28", True), ("2025-02-27", False)])
def test_a_document_ages_from_the_day_of_the_check(tmp_path: Path, day: str, conforms: bool) -> None:
    age = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 36 ]"
    data = described(project(f'dct:modified "{day}"^^xsd:date ;'))

    told = assess(data, *installed(tmp_path, f"Fresh ; {age}"), date(2028, 2, 29))

    assert told.conforms is conforms
