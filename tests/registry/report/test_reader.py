"""What a check found, in a reader's words."""

from registry.report.reader import tell
from registry.report.view import Place, Severity
from registry.validation.assessment import Outcome
from tests.registry.sample import BRIDGE, COMPLETE, gaps, sample_check, sample_view

EMPTY = f"{BRIDGE} ."
STATEMENTS = "".join(f'<#s{n:02}> a koepel:Statement ; dct:identifier "S-{n:02}" .' for n in range(20))


def test_everything_is_found_at_once() -> None:
    view = sample_view(EMPTY, "gentle")

    assert [gap.message for gap in gaps(view)] == [
        "State at least 2 hours.",
        "No document is named.",
        "The document is undated or older than 36 months.",
        "There is no description.",
    ]


def test_each_gap_says_whose_it_is_and_which_property() -> None:
    view = sample_view(EMPTY, "gentle", language="nl")

    assert gaps(view)[0].places == (Place("De Brug", "uren mentortraining vóór de eerste ontmoeting", ""),)


def test_a_missing_document_needs_evidence_and_is_not_simply_unmet() -> None:
    view = sample_view(f"{BRIDGE} koepel:document [ a koepel:Document ] .", "gentle")

    outcomes = {gap.message: gap.outcome for gap in gaps(view)}
    assert outcomes["The document is undated or older than 36 months."] is Outcome.NEEDS_EVIDENCE
    assert outcomes["State at least 2 hours."] is Outcome.NOT_MET


def test_a_wrong_value_is_shown() -> None:
    view = sample_view(f'{BRIDGE} dct:audience "ev\\u001beryone" .', "profile")

    assert gaps(view)[0].places == (Place("The Bridge", "target group", "ev\\u001beryone"),)


def test_the_same_gap_in_many_things_is_said_once_with_all_places() -> None:
    view = sample_view(COMPLETE + STATEMENTS, "profile")

    (gap,) = gaps(view)
    assert [place.thing for place in gap.places] == [f"statement S-{n:02}" for n in range(20)]


def test_thresholds_are_written_as_the_readers_language_writes_them_but_not_in_turtle() -> None:
    view = sample_view(EMPTY, "strict", language="nl")

    advice = view.standards[0].requirements[0].advice[0]
    assert advice.gaps[0].message == "Vermeld minstens 1,5 uur."
    assert advice.suggestion == "Tel de uren op; minstens 1,5."
    assert advice.snippet == "<#bridge>\n  koepel:mentorTrainingHours 1.5 ;\n."


def test_what_must_be_mended_comes_before_advice() -> None:
    view = sample_view(f"{BRIDGE} dct:audience <#friends> .", "profile")

    severities = [advice.severity for advice in view.standards[0].requirements[0].advice]
    assert severities == [Severity.MUST, Severity.ADVICE]


def test_a_scorecard_keeps_the_levels_apart_and_counts_requirements() -> None:
    (card,) = sample_view(f"{BRIDGE} dct:audience <#friends> .", "profile").standards[0].scorecards

    assert [(row.basic, row.additional) for row in card.rows] == [
        (Outcome.NOT_MET, Outcome.NOT_MET),
        (Outcome.NOT_APPLICABLE, None),
    ]
    assert card.basic == {Outcome.NOT_MET: 1, Outcome.NOT_APPLICABLE: 1}
    assert card.additional == {Outcome.NOT_MET: 1}


def test_what_a_person_has_to_judge_is_listed_though_nothing_is_missing() -> None:
    view = sample_view(COMPLETE, "strict", language="nl")

    assert [one.judgements for one in view.standards[0].requirements] == [("De beschrijving nodigt uit",)]
    assert gaps(view) == []


def test_a_criterion_for_others_is_not_applicable_and_asks_nothing() -> None:
    view = sample_view(COMPLETE + "<#bridge> dct:audience target-group:unaccompanied-minor .", "strict")

    assert [gap.message for gap in gaps(view)] == ["Nothing says that parents agree."]
    assert gaps(sample_view(COMPLETE, "strict")) == []


def test_remarks_are_told_in_the_readers_language() -> None:
    english, dutch = (tell(sample_check(COMPLETE), language).remarks for language in ("en", "nl"))

    assert len(english) == len(dutch) == 1
    assert english != dutch


def test_a_document_goes_by_its_address_unless_people_know_it_by_a_name() -> None:
    checked = sample_check(COMPLETE)

    assert tell(checked, "en").document == "https://draft.invalid/bridge.ttl"
    assert tell(checked, "en", "bridge.ttl").document == "bridge.ttl"
