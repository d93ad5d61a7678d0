"""Answers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal

from federation.publishing.asking.choice import choices
from federation.publishing.asking.field import fields
from federation.publishing.asking.value import read_value, read_values, write_value, yes_and_no
from registry.errors import InvalidDataError
from registry.vocabulary import LANGUAGES

MONTHS, AUDIENCE, START = "commitment.minimumMonths", "audience", "startDate"


def understood(key: str, text: str, language: str = "en") -> list[str]:
    """Say what an answer comes to, without the lists that codes come from."""
    return [str(one).rpartition("/")[2] for one in read_values(fields()[key], text, language)]


@pytest.mark.parametrize(
    ("key", "text", "language", "value"),
    [
        (MONTHS, "2,5", "nl", "2.5"),
        (MONTHS, "2.5", "nl", "2.5"),
        (MONTHS, " 8 ", "fr", "8.0"),
        ("commitment.minimumMeetings", "32,0", "de", "32"),
        ("mentorsUnpaid", "Oui", "fr", "true"),
        ("mentorsUnpaid", "si", "ca", "true"),
        ("mentorsUnpaid", "nee", "en", "false"),
        (START, "1-3-2026", "nl", "2026-03-01"),
        (START, "01.03.2026", "de", "2026-03-01"),
        (START, "1/3/2026", "es", "2026-03-01"),
        (START, "31/3/2026", "en", "2026-03-31"),
        (START, "2026-3", "en", "2026-03"),
        (START, "2021", "ca", "2021"),
        ("country", "belgie", "nl", "BEL"),
        ("country", "Deutschland", "es", "DEU"),
        ("country", "ES", "en", "ESP"),
        ("region", "be2", "fr", "BE2"),
        ("region", "FR101", "fr", "FR101"),
        ("languageContext", "catalán", "es", "CAT"),
        (AUDIENCE, "https://w3id.org/koepel/code/target-group/refugee", "nl", "refugee"),
    ],
)
def test_an_answer_is_understood(key: str, text: str, language: str, value: str) -> None:
    assert understood(key, text, language) == [value]


@pytest.mark.parametrize(
    ("key", "text", "language", "said"),
    [
        (MONTHS, "1.500", "nl", "Write 1500, or 1.5."),
        (MONTHS, "acht", "nl", "is not a number"),
        ("commitment.minimumMeetings", "2,5", "nl", "not a whole number"),
        (START, "3/4/2026", "en", "Write 2026-04-03, or 2026-03-04."),
        (START, "31-2-2026", "nl", "is not a date"),
        ("modified", "2026", "en", "Write year, month and day"),
        ("mentorsUnpaid", "vielleicht", "de", "Write ja or nein."),
        (AUDIENCE, "vluchtelinge", "nl", "Did you mean “Vluchteling”?"),
        (AUDIENCE, "qqq", "nl", "Choose one of its entries."),
        ("country", "XYZ", "nl", "is not in the list"),
        ("homepage", "javascript:alert(1)", "en", "is not a web address"),
        ("homepage", "https://a b.example", "en", "is not a web address"),
        ("coordinatorContact.hasEmail", "buddies", "en", "is not a mail address"),
        ("description", "Write to an.example@gmail.com", "en", "holds a private mail address"),
    ],
)
def test_an_answer_that_cannot_be_understood_is_told_with_what_to_type(
    key: str, text: str, language: str, said: str
) -> None:
    with pytest.raises(InvalidDataError) as error:
        understood(key, text, language)

    assert said in error.value.message


def test_several_choices_are_separated_by_semicolons_and_none_counts_twice() -> None:
    assert understood(AUDIENCE, "Vluchteling; nieuwkomer;;refugee", "nl") == ["refugee", "newcomer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read_as_the_same(language: str) -> None:
    coded = [one for one in fields().values() if one.scheme or one.kind in {"country", "region", "language"}]

    wrong = [
        (one.key, name)
        for one in coded
        for iri, name in choices(one, language).items()
        if read_value(one, name, language) != iri
    ]

    assert wrong == []
    assert len(set(yes_and_no(language))) == 2


@given(st.decimals(0, 100_000, places=4), st.sampled_from(LANGUAGES))
def test_a_number_survives_the_writing_of_every_language(number: object, language: str) -> None:
    months = fields()[MONTHS]
    value = read_value(months, f"{number}0", "en")

    assert read_value(months, write_value(months, value, language), language) == value


def test_control_characters_are_left_out_of_texts() -> None:
    assert read_value(fields()["title"], "De\x1b[31m Brug\x00", "nl") == Literal("De[31m Brug", lang="nl")
