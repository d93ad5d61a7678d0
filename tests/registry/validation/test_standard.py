"""Standards are read as they are written, and what is open in them is told by name."""

from pathlib import Path

import pytest
from rdflib import URIRef

from registry.errors import InvalidDataError, NotFoundError
from registry.validation.standard import ADDITIONAL, BASIC, EVIDENCE, MACHINE, PERSON, load_library
from registry.vocabulary import KOEPEL
from tests.registry.validation.small_library import (
    INTENSITIES,
    TWO_AND_A_HALF,
    crit,
    installed,
    library,
    small,
    standard,
)


def test_requirements_come_in_the_order_of_their_positions(tmp_path: Path) -> None:
    _, read = installed(tmp_path, *["Title"] * 11)

    assert [one.identifier for one in read.requirements] == [str(place) for place in range(1, 12)]


def test_a_standard_has_a_title_per_language_and_says_whom_it_judges(tmp_path: Path) -> None:
    _, read = installed(tmp_path, "Title")

    assert read.titles == {"en": "Small", "nl": "Klein"}
    assert read.judges == (KOEPEL.Project,)


def test_a_use_is_as_strict_as_its_criterion_unless_it_says_otherwise(tmp_path: Path) -> None:
    _, read = installed(tmp_path, "Topics", "Topics ; koepel:level level:basic", "Title")

    assert [use.level for use in read.uses] == [ADDITIONAL, BASIC, BASIC]


def test_a_use_is_decided_as_its_criterion_unless_it_says_otherwise(tmp_path: Path) -> None:
    by_person = "Title ; koepel:decisionMode decision-mode:person"

    _, read = installed(tmp_path, "Title", "Rules", "Talk", by_person)

    assert [use.mode for use in read.uses] == [MACHINE, EVIDENCE, PERSON, PERSON]


def test_a_use_may_judge_other_things_than_its_standard(tmp_path: Path) -> None:
    _, read = installed(tmp_path, "Title ; koepel:judges koepel:Training", "Title")

    assert [use.judges for use in read.uses] == [(KOEPEL.Training,), (KOEPEL.Project,)]


def test_the_source_of_a_use_is_the_publication_and_the_place_in_it(tmp_path: Path) -> None:
    _, read = installed(tmp_path, 'Title ; dct:source <urn:paper> ; koepel:locator "p. 3"')

    assert read.uses[0].source == "urn:paper p. 3"


def test_an_open_threshold_is_named_with_the_use_that_leaves_it_open(tmp_path: Path) -> None:
    with pytest.raises(InvalidDataError) as refused:
        installed(tmp_path, "Hours")

    assert refused.value.params == {"use": str(small("R1-use")), "parameters": str(crit("Hours-minimum"))}


def test_a_threshold_without_a_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidDataError, match="Hours-minimum has no value"):
        installed(tmp_path, "Hours ; koepel:threshold [ koepel:parameter crit:Hours-minimum ]")


def test_a_use_that_follows_the_intensity_becomes_one_use_for_each_profile(tmp_path: Path) -> None:
    _, read = installed(tmp_path, "Hours ; koepel:followsIntensity true")

    told = {str(use.iri): (str(use.thresholds[0].value), use.conditions) for use in read.uses}
    profile = "https://w3id.org/koepel/standard/intensity#is-"
    assert told == {
        f"{small('R1-use')}-firm": ("12.5", (URIRef(f"{profile}firm"),)),
        f"{small('R1-use')}-gentle": ("1.0", (URIRef(f"{profile}gentle"),)),
    }


def test_a_threshold_of_its_own_comes_before_that_of_the_intensity(tmp_path: Path) -> None:
    _, read = installed(tmp_path, f"Hours ; koepel:followsIntensity true ; {TWO_AND_A_HALF}")

    assert {str(use.thresholds[0].value) for use in read.uses} == {"2.5"}


def test_a_use_applies_under_its_own_conditions_and_those_of_its_criterion(tmp_path: Path) -> None:
    _, read = installed(tmp_path, "Minors ; koepel:appliesWhen profile:is-firm")

    assert set(read.uses[0].conditions) == {
        crit("serves-minors"),
        URIRef("https://w3id.org/koepel/standard/intensity#is-firm"),
    }


def test_a_greatest_age_counts_in_months(tmp_path: Path) -> None:
    age = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 36 ]"

    _, read = installed(tmp_path, f"Fresh ; {age}")

    assert read.uses[0].thresholds[0].months == 36


def test_an_unknown_standard_is_answered_with_close_names(tmp_path: Path) -> None:
    other = standard("Title").replace("small:", "other:").replace('"small"', '"other"')
    known = library(tmp_path, standard("Title"), "@prefix other: <urn:other#> .", other)

    with pytest.raises(NotFoundError) as refused:
        known.standard("smal")

    assert refused.value.params == {"token": "smal", "choices": "small"}


def test_where_no_name_is_close_all_are_listed(tmp_path: Path) -> None:
    other = standard("Title").replace("small:", "other:").replace('"small"', '"other"')
    known = library(tmp_path, standard("Title"), "@prefix other: <urn:other#> .", other)

    with pytest.raises(NotFoundError, match="Choose from: other, small"):
        known.standard("xyzzy")


def test_a_claim_leads_to_the_standard_that_it_names(tmp_path: Path) -> None:
    known, read = installed(tmp_path, "Title")

    assert known.claimed_by(read.iri) is read
    assert known.claimed_by(small("nothing")) is None


def test_a_library_is_read_once_for_each_folder(tmp_path: Path) -> None:
    known = library(tmp_path, INTENSITIES, standard("Title"))

    assert load_library(tmp_path) is known
