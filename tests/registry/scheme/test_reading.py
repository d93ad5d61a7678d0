"""A scheme is read as its owner wrote it, or it is said what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from registry.errors import InvalidDataError
from registry.scheme.reading import read_scheme
from registry.scheme.scheme import Authority, Scheme, months_after
from tests.registry.certification.town import BASIC, BODY, LANTERN, PLUS, SCHEME

EXAMPLES = Path(__file__).parents[3] / "examples" / "schemes"


def example(name: str) -> Scheme:
    """Read one of the example schemes."""
    return read_scheme((EXAMPLES / f"{name}.ttl").read_text(encoding="utf-8"))


def test_a_scheme_says_who_decides_by_which_standard_for_how_long() -> None:
    scheme = read_scheme(LANTERN)

    assert (scheme.iri, scheme.owner, scheme.standard, scheme.validity_months) == (SCHEME, BODY, "cms", 36)
    assert scheme.authorities == (Authority(BODY, date(2020, 1, 1)),)
    assert (scheme.sessions, scheme.mentors, scheme.mentees, scheme.audited) == (2, 3, 3, True)
    assert (scheme.conditions, scheme.from_first, scheme.fictitious) == (True, False, True)


def test_levels_stand_in_their_order() -> None:
    levels = read_scheme(LANTERN).levels

    assert [(one.iri, one.position, one.additional) for one in levels] == [(BASIC, 1, 0), (PLUS, 2, 3)]


def test_what_a_scheme_does_not_say_has_a_usual_value() -> None:
    plain = LANTERN.replace("koepel:appealDays 30 ;", "").replace("koepel:evidenceMonths 24 ;", "")

    scheme = read_scheme(plain)

    assert (scheme.appeal_days, scheme.evidence_months, scheme.reminder_months) == (0, None, (12, 6, 3))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("koepel:validityMonths 36 ;", "", "scheme-lacks"),
        ("koepel:validityMonths 36", "koepel:validityMonths 0", "scheme-number"),
        ("koepel:validityMonths 36", 'koepel:validityMonths "P3Y"', "scheme-number"),
        ("koepel:validityMonths 36", "koepel:validityMonths 36, 48", "scheme-twice"),
        ("koepel:minimumSessions 2", "koepel:minimumSessions -1", "scheme-number"),
        ("koepel:allowsConditions true", "koepel:allowsConditions 1", "scheme-truth"),
        ('"2020-01-01"^^xsd:date', '"2020"', "scheme-day"),
        ("koepel:hasLevel <#basic>, <#plus> ;", "", "scheme-lacks"),
        ("koepel:hasLevel <#basic>", "koepel:hasLevel [ ]", "scheme-nameless"),
        ("koepel:position 2", "koepel:position 3", "scheme-levels-uncounted"),
        ("koepel:position 1", "koepel:position 1 ; koepel:minimumAdditional 4", "scheme-levels-reversed"),
        ("koepel:schemeOwner <https://lantern.example/#body>", 'koepel:schemeOwner "us"', "scheme-nameless"),
        ("koepel:authority [", "koepel:token [", "scheme-lacks"),
        (
            "koepel:authorisedFrom",
            'koepel:authorisedUntil "2019-12-31"^^xsd:date ; koepel:authorisedFrom',
            "scheme-mandate-reversed",
        ),
        ("https://w3id.org/koepel/standard/cms#standard", "https://cms.example/", "scheme-standard-foreign"),
        ("a koepel:LabelScheme", "a koepel:QualityStandard", "scheme-not-one"),
        (
            'dct:title "Lantern"@en ;\n  koepel:schemeOwner',
            'dct:title "Lantern" ; koepel:schemeOwner',
            "scheme-lacks",
        ),
        ("koepel:LabelScheme ;", "koepel:LabelScheme", "syntax-broken"),
    ],
)
def test_what_is_wrong_with_a_scheme_is_said(old: str, new: str, code: str) -> None:
    assert old in LANTERN

    with pytest.raises(InvalidDataError) as found:
        read_scheme(LANTERN.replace(old, new, 1))

    assert found.value.code == code


def test_the_examples_do_not_exist_and_say_so_in_six_languages() -> None:
    schemes = [example(path.stem) for path in sorted(EXAMPLES.glob("*.ttl"))]

    assert len(schemes) == 3
    assert all(one.fictitious for one in schemes)
    assert all(len(one.titles) == len(one.descriptions) == 6 for one in schemes)
    assert all(
        "fict" in one.titles[tag] or "fikt" in one.titles[tag] for one in schemes for tag in one.titles
    )


@pytest.mark.parametrize(
    ("name", "months", "from_first", "levels"),
    [("ten-requirements", 36, False, 2), ("municipal-seal", 48, False, 1), ("re-accreditation", 36, True, 2)],
)
def test_three_kinds_of_label_are_three_files(name: str, months: int, from_first: bool, levels: int) -> None:
    scheme = example(name)

    assert (scheme.validity_months, scheme.from_first, len(scheme.levels)) == (months, from_first, levels)


def test_a_seal_of_29_february_ends_on_29_february_four_years_later() -> None:
    assert example("municipal-seal").expiry(date(2028, 2, 29)) == date(2032, 2, 29)
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
