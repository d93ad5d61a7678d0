"""A conversation, held as a person holds it."""

import pytest
from rdflib import Literal
from rdflib.namespace import DCTERMS

from federation.publishing.asking.answers import Answers, describe, read_answers
from federation.publishing.asking.interview import Interview
from federation.publishing.asking.question import questions
from registry.errors import InvalidDataError, KoepelError
from registry.vocabulary import LANGUAGES
from tests.federation.publishing.sample import TODAY

ANSWERS = {
    "address": "www.example.org/bridge",
    "title": "De Brug (fictief)",
    "description": "Elke week.",
    "publisher.name": "Vereniging De Brug (fictief)",
    "country": "BE",
    "municipality": "",
    "region": "",
    "audience": "1, 2",
    "unitFormat": "",
    "status": "",
    "startDate": "2021",
    "homepage": "",
    "coordinatorContact.hasEmail": "",
}


def talk(lines: list[str], answers: Answers | None = None) -> tuple[Answers, list[str]]:
    """Give these lines to the questions; what is told comes back, and where lines end the talk is over."""
    told: list[str] = []
    given, rest = answers or Answers("en"), iter(lines)

    def ask(prompt: str) -> str:
        told.append(prompt)
        line = next(rest, None)
        if line is None:
            raise EOFError
        return line + "\n"

    Interview(given, ask, told.append, lambda _: None).hold()
    return given, told


def test_a_conversation_ends_in_answers() -> None:
    given, _ = talk(list(ANSWERS.values()))

    assert given.texts["address"] == "https://www.example.org/bridge"
    assert given.texts["audience"].count(";") == 1
    assert given.texts["status"] == "Active"


def test_an_answer_that_is_not_understood_is_asked_again() -> None:
    lines = list(ANSWERS.values())
    lines[4:5] = ["Belgim", "", "Belgium"]

    given, told = talk(lines)

    assert given.texts["country"] == "Belgium"
    assert "“Belgim” is not in the list. Did you mean “Belgium”?" in told
    assert "A listing needs an answer to this question." in told


def test_whoever_breaks_off_goes_on_with_the_next_question() -> None:
    given = Answers("en")
    with pytest.raises(EOFError):
        talk(list(ANSWERS.values())[:3], given)
    assert list(given.texts) == ["address", "title", "description"]

    given, told = talk(list(ANSWERS.values())[3:], given)

    assert "This goes on where it stopped." in told
    assert set(given.texts) == set(ANSWERS)


def test_one_can_go_back_and_leave_something_open() -> None:
    lines = list(ANSWERS.values())
    lines[10:11] = ["2021", "<", "-"]

    given, told = talk(lines)

    assert given.texts["startDate"] == ""
    assert "[2021] " in told


def test_a_private_mailbox_is_told_at_once_and_kept_only_on_purpose() -> None:
    lines = list(ANSWERS.values())

    given, told = talk([*lines[:-1], "bridge@gmail.com", "bridge@example.org"])
    kept, _ = talk([*lines[:-1], "bridge@gmail.com", ""])

    assert any("bridge@gmail.com is a mailbox at a provider for private persons." in one for one in told)
    assert given.texts["coordinatorContact.hasEmail"] == "bridge@example.org"
    assert kept.texts["coordinatorContact.hasEmail"] == "bridge@gmail.com"
    assert kept.warning
    assert not given.warning


def test_a_long_list_is_shown_to_those_who_ask_for_it() -> None:
    lines = list(ANSWERS.values())

    _, short = talk(lines)
    _, whole = talk([*lines[:4], "?", *lines[4:]])

    assert len(whole) - len(short) > 200


def test_only_one_status_fits() -> None:
    lines = list(ANSWERS.values())
    lines[9:10] = ["Active; Planned", "Planned"]

    given, told = talk(lines)

    assert given.texts["status"] == "Planned"
    assert "Only one of these fits here. Choose one." in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_asked_in_every_language(language: str) -> None:
    asked, english = questions(language), questions("en")

    assert [one.field.key for one in asked] == [one.field.key for one in english]
    assert language == "en" or not {one.text for one in asked} & {one.text for one in english}


def test_everything_that_is_wrong_with_answers_is_told_at_once() -> None:
    answers = read_answers(
        '{"title": "De Brug", "country": "Atlantis", "startDate": "soon"}', "nl", toml=False
    )

    with pytest.raises(ExceptionGroup) as group:
        describe(answers, TODAY)

    wrong = [one for one in group.value.exceptions if isinstance(one, KoepelError)]
    assert [one.address for one in wrong] == [
        "country", "startDate", "description", "publisher.name", "audience", "address",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [("[1]", "answers-no-table"), ("{", "answers-unreadable"), ('{"titel": "x"}', "answer-unknown")],
)
def test_a_file_of_answers_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidDataError) as error:
        read_answers(text, "nl", toml=False)

    assert error.value.code == code


def test_the_day_of_the_answers_is_the_day_of_the_last_change() -> None:
    graph = describe(Answers("nl", {**ANSWERS, "audience": "newcomer"}), TODAY)

    assert {str(one) for one in graph.objects(None, DCTERMS.modified)} == {"2026-11-22"}
    assert Literal("De Brug (fictief)", lang="nl") in set(graph.objects(None, DCTERMS.title))
