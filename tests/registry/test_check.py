"""Which standards a description is held against, and when it passes."""

import pytest

from registry.errors import NotFoundError
from tests.registry.sample import BRIDGE, COMPLETE, describe, sample_check

CLAIM = "<#bridge> koepel:meets <https://w3id.org/koepel/standard/{}#standard> ."


def test_a_description_is_held_against_the_profile() -> None:
    checked = sample_check(COMPLETE)

    assert [one.standard.token for one in checked.assessments] == ["profile"]
    assert checked.conforms


def test_a_description_is_held_against_each_standard_that_it_claims_to_meet() -> None:
    checked = sample_check(COMPLETE + CLAIM.format("strict") + CLAIM.format("gentle"))

    assert [one.standard.token for one in checked.assessments] == ["profile", "gentle", "strict"]


def test_only_the_standards_asked_for_are_checked_and_each_once() -> None:
    checked = sample_check(COMPLETE + CLAIM.format("strict"), "gentle", "gentle")

    assert [one.standard.token for one in checked.assessments] == ["gentle"]


def test_a_claim_to_meet_an_unknown_standard_is_remarked_on() -> None:
    checked = sample_check(COMPLETE + CLAIM.format("gentel"))

    remark = next(one for one in checked.remarks if one.code == "unknown-standard-claimed")
    assert "gentel" in remark.message
    assert "Known are: gentle." in remark.message


def test_an_unknown_standard_that_is_asked_for_is_an_error_with_close_names() -> None:
    with pytest.raises(NotFoundError, match=r"'gentel'.*gentle"):
        sample_check(COMPLETE, "gentel")


def test_one_missing_basic_thing_fails_the_whole() -> None:
    checked = sample_check(f"{BRIDGE} dct:audience <#friends> ." + CLAIM.format("gentle"))

    assert [one.conforms for one in checked.assessments] == [False, False]
    assert not checked.conforms


def test_missing_additional_things_do_not_fail_a_description() -> None:
    checked = sample_check(f"{BRIDGE} dct:audience target-group:refugee .")

    assert len(checked.assessments[0].findings) == 1
    assert checked.conforms


def test_a_description_in_which_nothing_is_recognised_does_not_pass() -> None:
    checked = sample_check('<#bridge> a koepel:Projekt ; dct:title "De Brug"@nl .')

    assert not checked.conforms
    assert "nothing-to-look-at" in {remark.code for remark in checked.remarks}


def test_what_ingest_remarked_is_kept() -> None:
    checked = sample_check(COMPLETE)

    assert checked.remarks == describe(COMPLETE).remarks
    assert checked.remarks
