"""Claimed, evidenced and confirmed are three things, and what counts follows from who decides."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from registry.certification.proof.judgement import Shortfall, Standing, falls_short, standing
from registry.scheme.scheme import Level
from registry.validation.assessment import Outcome
from registry.validation.standard import ADDITIONAL, BASIC, EVIDENCE, MACHINE, PERSON, load_library
from tests.registry.certification.town import OWNER, START, Town

MET, NOT_MET, NOT_APPLICABLE = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE
LEVEL = Level("urn:level", {}, 1)
PLAN: dict[str, Any] = {"title": "Plan", "address": "https://example.org/plan", "dated": "2026-02-01"}


@cache
def blank() -> tuple[Standing, ...]:
    """Every use of the standard, of which nothing is known."""
    standard = load_library().standard("cms").at("1.0.0")
    return tuple(
        Standing(requirement, use, "", (), None, (), None, START)
        for requirement in standard.requirements
        for use in requirement.uses
    )


def one_of(mode: str) -> Standing:
    """A use that is decided in a way."""
    return next(one for one in blank() if one.mode == mode)


@pytest.mark.parametrize(
    ("mode", "machine", "judged", "counts"),
    [
        ("machine", MET, None, MET),
        ("machine", NOT_MET, MET, NOT_MET),
        ("machine", MET, NOT_MET, NOT_MET),
        ("machine", NOT_MET, NOT_APPLICABLE, NOT_MET),
        ("machine", None, MET, MET),
        ("machine", None, None, Outcome.NEEDS_PERSON),
        ("evidence", Outcome.NEEDS_EVIDENCE, None, Outcome.NEEDS_EVIDENCE),
        ("evidence", Outcome.NEEDS_EVIDENCE, MET, MET),
        ("evidence", MET, None, MET),
        ("evidence", MET, NOT_MET, NOT_MET),
        ("person", Outcome.NEEDS_PERSON, None, Outcome.NEEDS_PERSON),
        ("person", NOT_MET, MET, MET),
        ("person", NOT_APPLICABLE, None, NOT_APPLICABLE),
    ],
)
def test_what_counts_follows_from_who_decides(
    mode: str, machine: Outcome | None, judged: Outcome | None, counts: Outcome
) -> None:
    assert replace(one_of(mode), machine=machine, judged=judged).outcome is counts


def test_the_three_are_told_apart(place: Town) -> None:
    case = place.open()
    found = {one.mode: str(one.use.iri) for one in standing(place.desk, case)}
    place.act(OWNER, "add-evidence", case, **PLAN, supports=[found["person"]])

    after = place.act(OWNER, "self-assess", case, answers=[{"use": found["person"], "claim": "met"}])

    [one] = [one for one in standing(place.desk, after) if str(one.use.iri) == found["person"]]
    assert (one.claimed, one.evidenced, one.confirmed) == (True, True, False)
    assert (one.evidence, one.trust, one.outcome) == (("1",), "document-linked", Outcome.NEEDS_PERSON)


def test_evidence_that_is_out_of_date_shows_nothing(place: Town) -> None:
    case = place.open()
    use = str(one_of("person").use.iri)
    after = place.act(OWNER, "add-evidence", case, **PLAN, supports=[use])

    later = after.on(date(2028, 2, 2))
    found = {one.evidence for one in standing(place.desk, later or after) if str(one.use.iri) == use}

    assert found == {()}


@given(some.lists(some.sampled_from(Outcome), min_size=100, max_size=100), some.integers(0, 30))
def test_a_level_is_reached_when_all_that_is_basic_and_enough_that_is_additional_is_met(
    outcomes: list[Outcome], wanted: int
) -> None:
    told = [replace(one, machine=outcome) for one, outcome in zip(blank(), outcomes, strict=False)]
    found = [replace(one, judged=one.machine) for one in told]

    short = falls_short(found, replace(LEVEL, additional=wanted))

    basic = [one for one in found if one.use.level == BASIC]
    assert bool(short.basic) == any(one.outcome not in (MET, NOT_APPLICABLE) for one in basic)
    assert short.additional <= len({one.use.criterion.iri for one in found if one.use.level == ADDITIONAL})
    assert bool(short) == (bool(short.basic) or short.additional < wanted)


def test_a_criterion_that_is_used_twice_counts_once_and_in_both_places() -> None:
    one = next(one for one in blank() if one.use.level == ADDITIONAL and one.use.mode == MACHINE)
    met, open_ = replace(one, machine=MET), replace(one, machine=NOT_MET)

    assert falls_short([met, met], LEVEL).additional == 1
    assert falls_short([met, open_], LEVEL).additional == 0


def test_a_mandatory_criterion_is_met_or_does_not_apply() -> None:
    one = next(one for one in blank() if one.use.level == ADDITIONAL and one.use.mode in (EVIDENCE, PERSON))
    level = replace(LEVEL, mandatory=frozenset({str(one.use.criterion.iri)}))

    found = [falls_short([replace(one, judged=judged)], level) for judged in (MET, NOT_APPLICABLE, NOT_MET)]

    assert [bool(short) for short in found] == [False, False, True]
    assert not Shortfall()
