"""A change of a standard is tried on every labelled project before anything is decided."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from multiprocessing import get_context

import pytest
from rdflib import Graph

from registry.certification.life.case import Case
from registry.certification.outlook.preview import (
    Basis,
    Change,
    Obstacle,
    Verdict,
    affected,
    obstacles,
    preview,
    survey,
)
from registry.certification.outlook.preview.trial import Trial, run
from registry.errors import NotFoundError
from registry.ingest.canonical import to_graph
from registry.ingest.document import read_document
from registry.ledger import Event, Happening
from registry.validation.assessment import Outcome, assess
from registry.validation.standard import Library, load_library, with_draft
from shapes import FOLDER
from tests.registry.certification.town import EXAMPLES, PLUS, PROJECT, SOURCE, Town

TODAY = date(2026, 11, 22)
CHANGED = datetime(2026, 10, 1, tzinfo=UTC)
VOLUNTARY, INSURANCE = (
    "  koepel:participationModeMentee participation-mode:voluntary ;\n",
    "policy-type:insurance",
)
Outcomes = dict[str, tuple[Outcome | None, Outcome | None]]


@pytest.fixture
def labelled(place: Town) -> Case:
    """A project that got its label in March by the first version, seen in November."""
    case = place.until("grant")
    place.clock.day = TODAY
    return case


def publish(place: Town, *changes: tuple[str, str]) -> None:
    """Let the project publish another description."""
    text = (EXAMPLES / "complete-project.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    place.publish(read_document(text.encode(), media_type="text/turtle", address=SOURCE), CHANGED)


def only(place: Town, version: str = "1.1.0", **options: object) -> Change:
    """Try a version on the one label there is."""
    (found,) = preview(place.desk, "cms", version, **options)  # type: ignore[arg-type]
    return found


def shifts(change: Change) -> Outcomes:
    """Tell what comes and goes, by the name of its use."""
    return {one.use.iri.rpartition("#")[2]: (one.before, one.after) for one in change.shifts}


def drafted(*changes: tuple[str, str]) -> Library:
    """Draft the standard with some lines changed."""
    text = (FOLDER / "cms/standard.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return with_draft(Graph().parse(data=text, format="turtle"))


def test_a_project_that_shows_all_that_is_new_has_nothing_to_do(place: Town, labelled: Case) -> None:
    change = only(place)

    assert change.case.iri == labelled.iri
    assert shifts(change) == {
        "R1-Q42": (None, Outcome.MET),
        "R9-Q34": (Outcome.MET, None),
        "R9-Q34-basic": (None, Outcome.MET),
        "R9-Q37": (Outcome.MET, None),
    }
    assert (change.verdict_before, change.verdict) == (Verdict.REACHED, Verdict.REACHED)
    assert affected([change]) == ()
    assert obstacles([change]) == ()


def test_what_a_project_lacks_is_told_with_the_requirement(place: Town, labelled: Case) -> None:
    publish(place, (VOLUNTARY, ""))
    change = only(place)

    assert labelled.label
    assert (change.basis, change.digest == labelled.label.digest) == (Basis.TODAY, False)
    assert shifts(change)["R1-Q42"] == (None, Outcome.NOT_MET)
    (shift,) = change.requirements
    assert (shift.requirement.identifier, shift.before, shift.after) == ("1", Outcome.MET, Outcome.NOT_MET)
    assert affected([change]) == (change,)


def test_the_description_that_was_assessed_can_be_looked_at_instead(place: Town, labelled: Case) -> None:
    publish(place, (VOLUNTARY, ""))
    change = only(place, basis=Basis.ASSESSED)

    assert labelled.label
    assert (change.basis, change.digest) == (Basis.ASSESSED, labelled.label.digest)
    assert shifts(change)["R1-Q42"] == (None, Outcome.MET)


def test_a_demand_that_only_moves_to_another_level_was_judged_already(place: Town, labelled: Case) -> None:
    publish(place, (INSURANCE, "policy-type:privacy"))

    assert shifts(only(place))["R9-Q34-basic"] == (None, Outcome.MET)
    assert only(place).waiting == ()


BASIC_42 = "koepel:criterion crit:Q42 ; koepel:level requirement-level:basic ;"
JUDGED_42 = f"{BASIC_42} koepel:decisionMode decision-mode:person ;"


def test_what_people_must_judge_waits_for_them(place: Town, labelled: Case) -> None:
    change = only(place, library=drafted(("koepel:criterion crit:Q42 ;", JUDGED_42)))

    assert [one.use.criterion.identifier for one in change.waiting] == ["Q42"]
    assert shifts(change)["R1-Q42"] == (None, Outcome.NEEDS_PERSON)
    assert (change.verdict_before, change.verdict) == (Verdict.REACHED, Verdict.WAITS)


def test_a_level_that_can_no_longer_be_reached_is_missed(place: Town, labelled: Case) -> None:
    publish(place, (VOLUNTARY, ""))
    change = only(place, library=drafted(("koepel:criterion crit:Q42 ;", BASIC_42)))

    assert (change.verdict_before, change.verdict) == (Verdict.REACHED, Verdict.MISSED)


def test_a_level_is_missed_when_too_little_is_left_to_be_met(place: Town) -> None:
    case = place.until("grant", level=PLUS)
    assert case.label
    change = only(place)
    poorer = replace(change, level=replace(change.level, additional=len(change.after)))

    assert (change.level.iri, change.verdict) == (PLUS, Verdict.REACHED)
    assert (poorer.verdict_before, poorer.verdict) == (Verdict.MISSED, Verdict.MISSED)


def test_the_installed_standard_is_left_alone_by_a_draft(place: Town, labelled: Case) -> None:
    drafted(("koepel:criterion crit:Q42 ;", "koepel:criterion crit:Q03 ;"))

    assert shifts(only(place))["R1-Q42"] == (None, Outcome.MET)
    assert load_library() is place.desk.rulebook


def test_a_draft_must_keep_the_version_of_every_label(place: Town, labelled: Case) -> None:
    with pytest.raises(NotFoundError, match=r"no version 1\.0\.0"):
        only(place, library=drafted(('owl:versionInfo "1.0.0"', 'owl:versionInfo "0.9.0"')))


def test_a_version_or_standard_that_does_not_exist_is_refused(place: Town) -> None:
    with pytest.raises(NotFoundError, match="no version 9"):
        preview(place.desk, "cms", "9")
    with pytest.raises(NotFoundError, match="no quality standard 'cmx'"):
        preview(place.desk, "cmx", "1.1.0")


def test_only_labels_in_force_by_this_standard_are_tried(place: Town, labelled: Case) -> None:
    assert labelled.label
    last = labelled.label.expires

    assert preview(place.desk, "flanders", "1.0.0") == ()
    assert len(preview(place.desk, "cms", "1.1.0", last)) == 1
    assert preview(place.desk, "cms", "1.1.0", last.replace(year=last.year + 1)) == ()


def test_of_the_labels_of_others_nothing_is_worked_out(
    place: Town, labelled: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def note(trials: Iterable[Trial], *_: object) -> list[dict[str, Outcome]]:
        tried.append(len(list(trials)))
        return [{}] * tried[-1]

    monkeypatch.setattr(survey, "run", note)
    preview(place.desk, "cms", "1.1.0", only=lambda case: case.body == labelled.body)
    preview(place.desk, "cms", "1.1.0", only=lambda case: case.body != labelled.body)

    assert tried == [1, 0]


def test_on_a_past_day_it_is_what_readers_saw_then(place: Town, labelled: Case) -> None:
    publish(place, (VOLUNTARY, ""))

    assert shifts(only(place, day=date(2026, 9, 30)))["R1-Q42"] == (None, Outcome.MET)
    assert shifts(only(place, day=date(2026, 10, 1)))["R1-Q42"] == (None, Outcome.NOT_MET)


def test_where_nothing_is_published_the_assessed_description_counts(place: Town, labelled: Case) -> None:
    place.home.ledger.append(Event(SOURCE, Happening.WITHDRAWN))

    assert only(place).basis is Basis.ASSESSED
    assert shifts(only(place))["R1-Q42"] == (None, Outcome.MET)


def test_of_a_description_that_is_gone_a_machine_says_nothing() -> None:
    library, gone = load_library(), replace(trial(anew=True), text=b"")

    assert list(run([gone], library, library.standard("cms").at("1.1.0"), TODAY)) == [{}]


def test_a_project_whose_source_is_erased_has_no_label_any_more(place: Town, labelled: Case) -> None:
    place.home.ledger.erase(SOURCE, "The law asks for it.", "operator")

    assert preview(place.desk, "cms", "1.1.0") == ()


def test_what_has_come_of_age_since_is_looked_at_again(place: Town, labelled: Case) -> None:
    assert labelled.label
    late = labelled.label.expires
    change = only(place, day=late)
    outcomes = {one.use.iri.rpartition("#")[2]: one.machine for one in change.after}

    assert outcomes["R3-Q10"] is Outcome.NEEDS_EVIDENCE
    assert {one.use.iri.rpartition("#")[2]: one.machine for one in only(place).after}["R3-Q10"] is Outcome.MET


def test_the_greatest_obstacle_comes_first(place: Town, labelled: Case) -> None:
    publish(place, (VOLUNTARY, ""))
    rules = drafted(("cms:R9-Q37 a", 'cms:R1-Q03 koepel:sinceVersion "1.1.0" .\ncms:R9-Q37 a'))
    change = only(place, library=rules)
    (found,) = obstacles([change, change])

    assert isinstance(found, Obstacle)
    assert (found.requirement.identifier, found.use.criterion.identifier) == ("1", "Q42")
    assert (found.projects, found.counts) == (2, {Outcome.NOT_MET: 2})


def trial(*left_out: str, anew: bool = False) -> Trial:
    """Try a description from which some lines are left out."""
    text = (EXAMPLES / "complete-project.ttl").read_text(encoding="utf-8")
    for one in left_out:
        text = text.replace(one, "")
    read = read_document(text.encode(), media_type="text/turtle", address=SOURCE)
    return Trial(read.canonical, PROJECT, "1.0.0", TODAY, anew)


@pytest.mark.parametrize("left_out", [(), (VOLUNTARY,), (VOLUNTARY, "koepel:mentorTrainingHours 12.0 ;")])
def test_a_trial_finds_what_a_check_finds(left_out: tuple[str, ...]) -> None:
    library, tried = load_library(), trial(*left_out, anew=True)
    standard = library.standard("cms")
    (found,) = run([tried], library, standard.at("1.1.0"), TODAY)
    expected = {
        str(use.iri): outcome
        for number in ("1.0.0", "1.1.0")
        for row in assess(to_graph(tried.text, blank_prefix=""), library, standard.at(number), TODAY)
        .scorecards[0]
        .rows
        for use, outcome in row.criteria
    }

    assert found == expected


def test_a_text_that_was_assessed_is_only_asked_what_is_new() -> None:
    library = load_library()
    (found,) = run([trial(VOLUNTARY)], library, library.standard("cms").at("1.1.0"), TODAY)

    assert {iri.rpartition("#")[2]: outcome for iri, outcome in found.items()} == {
        "R1-Q42": Outcome.NOT_MET,
        "R9-Q34-basic": Outcome.MET,
    }


def test_other_processes_find_the_same() -> None:
    library, trials = load_library(), [trial(), trial(VOLUNTARY)] * 20
    standard = library.standard("cms").at("1.1.0")
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as executor:
        found = list(run(trials, library, standard, TODAY, executor))

    assert found == list(run(trials, library, standard, TODAY))
    assert found[0] != found[1]
