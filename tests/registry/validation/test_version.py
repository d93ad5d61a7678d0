"""A standard is written with all its versions; on each day one counts, and others may be announced."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, Literal

from registry.errors import InvalidDataError, NotFoundError
from registry.validation.assessment import Outcome, assess
from registry.validation.composition import compose
from registry.validation.standard import Library, Standard, load_library, with_draft
from tests.registry.validation.small_library import CRITERIA, PREFIXES, described, library, small, standard

ANNOUNCED, COUNTS = date(2026, 11, 22), date(2027, 7, 1)
BEFORE, LAST, LATER = ANNOUNCED - timedelta(days=1), COUNTS - timedelta(days=1), date(2029, 1, 1)
VERSIONS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
small:standard owl:versionInfo "1.0.0" ; koepel:hasVersion
  [ owl:versionInfo "2.0.0" ; dct:description "Two."@en ;
    dct:issued "2026-11-22"^^xsd:date ; koepel:countsFrom "2027-07-01"^^xsd:date ],
  [ owl:versionInfo "3.0.0" ; dct:issued "2028-01-01"^^xsd:date ; koepel:countsFrom "2029-01-01"^^xsd:date ] .
"""
KEPT, NEW, GONE = "Title", 'Fresh ; koepel:sinceVersion "2.0.0"', 'Topics ; koepel:untilVersion "2.0.0"'
FRESH = "koepel:threshold [ koepel:parameter crit:Fresh-age ; koepel:maximumAgeMonths 12 ]"
OTHER = "@prefix other: <urn:other#> ." + standard("Talk").replace("small:", "other:").replace(
    '"small"', '"other"'
)
PROJECT = "<urn:it> a koepel:Project ; dct:title 'A project'"


def versioned(folder: Path, *uses: str, versions: str = VERSIONS) -> tuple[Library, Standard]:
    """Install a standard with versions."""
    found = library(folder, standard(*uses), versions)
    return found, found.standard("small")


@pytest.fixture
def changing(tmp_path: Path) -> tuple[Library, Standard]:
    """A standard in which the second requirement comes, and the third one goes."""
    return versioned(tmp_path, KEPT, f"{NEW} ; {FRESH}", GONE)


def names(chosen: Standard) -> list[str]:
    """Name what a standard asks."""
    return [use.criterion.identifier for use in chosen.uses]


def test_a_standard_that_names_one_version_has_that_one_always(tmp_path: Path) -> None:
    _, read = versioned(tmp_path, KEPT, versions="")

    assert [one.number for one in read.versions] == ["1.0.0"]
    assert read.version_on(date.min) == read.version_on(date.max) == read.versions[0]
    assert read.announced(date(2026, 1, 1)) == ()


def test_a_version_counts_from_its_day_until_the_next_one_does(changing: tuple[Library, Standard]) -> None:
    _, read = changing
    days = (BEFORE, LAST, COUNTS, LATER)

    assert [read.version_on(day).number for day in days] == ["1.0.0", "1.0.0", "2.0.0", "3.0.0"]


def test_a_version_is_announced_until_it_counts(changing: tuple[Library, Standard]) -> None:
    _, read = changing
    days = (BEFORE, ANNOUNCED, LAST, COUNTS, date(2028, 1, 1))
    told = [[one.number for one in read.announced(day)] for day in days]

    assert told == [[], ["2.0.0"], ["2.0.0"], [], ["3.0.0"]]
    assert read.announced(ANNOUNCED)[0].notes == {"en": "Two."}


def test_what_is_new_counts_from_its_version_and_what_is_retired_no_longer(
    changing: tuple[Library, Standard],
) -> None:
    _, read = changing

    assert names(read) == ["Title", "Fresh", "Topics"]
    assert names(read.on(LAST)) == names(read.at("1.0.0")) == ["Title", "Topics"]
    assert names(read.on(COUNTS)) == names(read.at("2.0.0")) == ["Title", "Fresh"]


def test_a_version_leads_back_to_all_others(changing: tuple[Library, Standard]) -> None:
    _, read = changing

    assert names(read.at("2.0.0").at("1.0.0")) == ["Title", "Topics"]
    assert read.at("1.0.0") is read.at("1.0.0")
    assert read.at("2.0.0").version == read.versions[1]


def test_two_versions_can_be_compared(changing: tuple[Library, Standard]) -> None:
    _, read = changing
    old, new = read.at("1.0.0"), read.at("2.0.0")

    assert (names(new.beyond(old)), names(old.beyond(new))) == (["Fresh"], ["Topics"])


def test_people_see_what_counts_and_what_is_announced(changing: tuple[Library, Standard]) -> None:
    _, read = changing
    seen = {day: names(read.visible(day)) for day in (BEFORE, ANNOUNCED, COUNTS)}

    assert seen == {
        BEFORE: ["Title", "Topics"],
        ANNOUNCED: ["Title", "Fresh", "Topics"],
        COUNTS: ["Title", "Fresh"],
    }


def test_what_changes_says_with_which_version(changing: tuple[Library, Standard]) -> None:
    _, read = changing
    kept, new, gone = read.uses
    coming = read.versions[1]

    assert [read.begins(use, ANNOUNCED) for use in (kept, new, gone)] == [None, coming, None]
    assert [read.ends(use, ANNOUNCED) for use in (kept, new, gone)] == [None, None, coming]
    assert read.begins(new, BEFORE) is read.begins(new, COUNTS) is read.ends(gone, COUNTS) is None


def test_a_requirement_hands_its_versions_to_its_uses(tmp_path: Path) -> None:
    whole = 'small:R2 koepel:sinceVersion "2.0.0" ; koepel:untilVersion "3.0.0" .'
    _, read = versioned(tmp_path, KEPT, "Topics", versions=VERSIONS + whole)
    shown = {one.number: names(read.at(one.number)) for one in read.versions}

    assert shown == {"1.0.0": ["Title"], "2.0.0": ["Title", "Topics"], "3.0.0": ["Title"]}


@given(data=st.data())
def test_what_counts_is_what_began_and_has_not_ended(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spans = data.draw(st.lists(st.sampled_from([(1, 0), (1, 2), (1, 3), (2, 0), (2, 3), (3, 0)]), min_size=1))
    uses = (
        f'Title ; koepel:sinceVersion "{since}.0.0"' + (f' ; koepel:untilVersion "{end}.0.0"' if end else "")
        for since, end in spans
    )
    _, read = versioned(tmp_path_factory.mktemp("spans"), *uses)
    for number in (1, 2, 3):
        counted = {small(f"R{at}-use") for at, (a, b) in enumerate(spans, 1) if a <= number < (b or 4)}
        assert {use.iri for use in read.at(f"{number}.0.0").uses} == counted


def test_an_unknown_version_is_answered_with_those_there_are(changing: tuple[Library, Standard]) -> None:
    with pytest.raises(NotFoundError) as refused:
        changing[1].at("9.0.0")

    assert (refused.value.code, refused.value.params["choices"]) == ("unknown-version", "1.0.0, 2.0.0, 3.0.0")


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ('Title ; koepel:sinceVersion "1.5.0"', "unknown-version-named"),
        ('Title ; koepel:untilVersion "4.0.0"', "unknown-version-named"),
        (
            'Title ; koepel:sinceVersion "3.0.0" ; koepel:untilVersion "2.0.0"',
            "version-ends-before-it-begins",
        ),
        (
            'Title ; koepel:sinceVersion "2.0.0" ; koepel:untilVersion "2.0.0"',
            "version-ends-before-it-begins",
        ),
    ],
)
def test_a_use_that_contradicts_the_versions_is_refused(tmp_path: Path, use: str, code: str) -> None:
    with pytest.raises(InvalidDataError) as refused:
        versioned(tmp_path, use)

    assert (refused.value.code, refused.value.params["thing"]) == (code, str(small("R1-use")))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('owl:versionInfo "4.0.0" ; koepel:countsFrom "2027-07-01"^^xsd:date', "versions-at-odds"),
        ('owl:versionInfo "2.0.0" ; koepel:countsFrom "2031-07-01"^^xsd:date', "versions-at-odds"),
        ('owl:versionInfo "4.0.0"', "versions-at-odds"),
        ('koepel:countsFrom "2031-07-01"^^xsd:date', "version-incomplete"),
        ('owl:versionInfo "4.0.0" ; koepel:countsFrom "soon"', "version-incomplete"),
        (
            'owl:versionInfo "4.0.0" ; koepel:countsFrom "2031-07-01"^^xsd:date ; '
            'dct:issued "2032-07-01"^^xsd:date',
            "version-incomplete",
        ),
    ],
)
def test_versions_that_contradict_each_other_are_refused(tmp_path: Path, more: str, code: str) -> None:
    with pytest.raises(InvalidDataError) as refused:
        versioned(tmp_path, KEPT, versions=f"{VERSIONS} small:standard koepel:hasVersion [ {more} ] .")

    assert refused.value.code == code


def test_a_check_asks_what_counts_on_its_day(changing: tuple[Library, Standard]) -> None:
    known, read = changing
    old, new = (compose(known, read, day).shapes for day in (LAST, COUNTS))

    assert (small("R3-use-named"), None, None) in old
    assert (small("R2-use-date"), None, None) not in old
    assert (small("R2-use-date"), None, None) in new
    assert (small("R3-use-named"), None, None) not in new


def test_shapes_on_their_own_say_which_version_they_are(changing: tuple[Library, Standard]) -> None:
    known, read = changing
    told = [
        compose(known, one, LAST).shapes.value(read.iri, OWL.versionInfo) for one in (read, read.at("2.0.0"))
    ]

    assert told == [Literal("1.0.0"), Literal("2.0.0")]


def test_a_check_shows_what_is_announced_without_counting_it(changing: tuple[Library, Standard]) -> None:
    found = assess(described(PROJECT + "."), *changing, LAST)
    (coming,) = found.coming

    assert (found.conforms, coming.conforms) == (True, False)
    assert [row.basic for row in found.scorecards[0].rows] == [Outcome.MET, Outcome.NOT_APPLICABLE]
    assert [row.basic for row in coming.scorecards[0].rows] == [Outcome.MET, Outcome.NOT_MET]
    assert (names(coming.added), names(coming.retired)) == (["Fresh"], ["Topics"])
    assert [one.check.use.criterion.identifier for one in coming.findings] == ["Fresh"]


def test_nothing_is_coming_before_it_is_announced_or_once_it_counts(
    changing: tuple[Library, Standard],
) -> None:
    data = described(PROJECT + ".")

    assert [len(assess(data, *changing, day).coming) for day in (BEFORE, ANNOUNCED, COUNTS)] == [0, 1, 0]
    assert not assess(data, *changing, COUNTS).conforms


def test_a_standard_chosen_at_a_version_is_held_to_it_on_any_day(changing: tuple[Library, Standard]) -> None:
    known, read = changing
    found = assess(described(PROJECT + "."), known, read.at("1.0.0"), LATER)

    assert names(found.standard) == ["Title", "Topics"]
    assert found.coming == ()


def test_versions_announced_one_after_the_other_build_on_each_other(tmp_path: Path) -> None:
    known, read = versioned(
        tmp_path, KEPT, f"{NEW} ; {FRESH}", 'Topics ; koepel:sinceVersion "3.0.0"',
        versions=VERSIONS.replace("2028-01-01", "2026-11-22"),
    )  # fmt: skip
    two, three = assess(described(PROJECT + "."), known, read, ANNOUNCED).coming

    assert (names(two.added), names(three.added)) == (["Fresh"], ["Topics"])
    assert [row.requirement.identifier for row in three.scorecards[0].rows] == ["1", "2", "3"]


def test_a_draft_takes_the_place_of_the_standard_of_its_name(tmp_path: Path) -> None:
    for name, text in (("criteria", CRITERIA), ("small", standard(KEPT)), ("other", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "standard.ttl").write_text(PREFIXES + text, encoding="utf-8")
    drafted = with_draft(described(standard("Topics", "Title")), tmp_path)

    assert {token: names(one) for token, one in drafted.standards.items()} == {
        "other": ["Talk"],
        "small": ["Topics", "Title"],
    }


def test_the_announced_version_of_the_shipped_standard_is_our_own_choice() -> None:
    read = load_library().standard("cms")
    (coming,) = read.announced(ANNOUNCED)
    old, new = read.on(LAST), read.on(COUNTS)

    assert (coming.number, coming.counts_from, read.announced(BEFORE)) == ("1.1.0", COUNTS, ())
    assert names(new.beyond(old)) == ["Q42", "Q34"]
    assert names(old.beyond(new)) == ["Q34", "Q37"]
