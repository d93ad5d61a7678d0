"""The overview of a body's members, and what a version would change: for the body alone."""

import csv
import io

from registry.account.actor import Grant, Role
from tests.registry.certification.town import BASIC, BODY, OTHER_BODY, PLUS, PROJECT, SCHEME
from tests.registry.web.certification.stage import Stage

PREVIEW = {"token": "cms", "version": "1.1.0"}


def test_a_member_stands_there_with_a_word_for_each_requirement(stage: Stage) -> None:
    number = stage.town.until("grant").number

    text = stage.sign_in("assessor").read("/en/overview").text

    assert "Members: 1 · with a label in force: 1" in text
    assert f'<a href="/en/case/{number}">Awarded</a>' in text
    assert text.count('<span class="outcome met">Met</span>') >= 5


def test_members_are_chosen_by_level_and_by_what_they_miss(stage: Stage) -> None:
    stage.town.until("grant")
    decider = stage.sign_in("decider")

    found = {level: decider.read("/en/overview", level=level).text for level in (BASIC, PLUS, "none")}

    assert {level: "Found: 1" in text for level, text in found.items()} == {
        BASIC: True,
        PLUS: False,
        "none": False,
    }


def test_the_same_comes_as_a_table(stage: Stage) -> None:
    stage.town.until("grant")

    answer = stage.sign_in("decider").read("/en/overview.csv", scheme=SCHEME)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(one["initiative"], one["state"]) for one in rows] == [(PROJECT, "awarded")]


def test_others_learn_nothing_from_it(stage: Stage) -> None:
    number = stage.town.until("submit").number
    elsewhere = Grant(Role.DECIDER, OTHER_BODY)

    for name, grants in (("owner", ()), ("stranger", ()), ("elsewhere", (elsewhere,))):
        person = stage.sign_in(name, *grants)
        for path in ("/en/overview", "/en/overview.csv"):
            answer = person.read(path, scheme=SCHEME, body=BODY)
            assert number not in answer.text
            assert PROJECT not in answer.text


def test_a_version_is_tried_on_the_labels_of_the_own_body_alone(stage: Stage) -> None:
    number = stage.town.until("grant").number

    ours = stage.sign_in("assessor").read("/en/standard-preview", **PREVIEW)
    theirs = stage.sign_in("elsewhere", Grant(Role.DECIDER, OTHER_BODY)).read(
        "/en/standard-preview", **PREVIEW
    )

    assert number in ours.text
    assert "The Bridge" in ours.text
    assert theirs.status_code == 200
    assert number not in theirs.text


def test_the_versions_to_be_tried_are_listed_for_bodies_only(stage: Stage) -> None:
    assessor, owner = stage.sign_in("assessor"), stage.sign_in("owner")

    assert "counts from 1 July 2027" in assessor.read("/en/standard-preview").text
    assert "counts from" not in owner.read("/en/standard-preview", **PREVIEW).text
    assert owner.read("/en/standard-preview.csv", **PREVIEW).status_code == 403
    assert assessor.read("/en/standard-preview.csv", **PREVIEW).text.startswith("initiative,")


def test_a_version_that_there_is_not_is_not_found(stage: Stage) -> None:
    answer = stage.sign_in("assessor").read("/en/standard-preview", **PREVIEW | {"version": "9"})

    assert answer.status_code == 404
