"""Every sentence that people read, in all six languages."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from registry.errors import NotFoundError
from registry.ingest.remark import Remark
from registry.translation import CATALOGUES, Translator, explain
from registry.vocabulary import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
SPOKEN: dict[str, tuple[int] | None] = {"_": None}
ERRORS = (
    "GoneError",
    "InvalidDataError",
    "KoepelError",
    "LimitError",
    "MalformedError",
    "MediaTypeError",
    "NotAcceptableError",
    "NotAllowedError",
    "NotFoundError",
    "NotReadyError",
    "PeerError",
    "Remark",
    "StaleError",
    "StorageError",
    "TooLargeError",
    "TooLongError",
    "TooOftenError",
    "UnknownTokenError",
    "WaitError",
)
# For each domain: where its sentences are said, and as which argument of which call.
DOMAINS: dict[str, tuple[tuple[str, ...], dict[str, tuple[int] | None]]] = {
    "errors": (("federation", "registry"), dict.fromkeys(ERRORS, (2,))),
    "report": (("registry/report",), SPOKEN),
    "web": (("federation", "registry/cli", "registry/web"), SPOKEN),
}
GAP = re.compile(r"\{(\w*)\}")


@cache
def said(domain: str) -> frozenset[str]:
    """List the sentences that the code and the templates of a domain say."""
    return frozenset(_said(domain))


def _said(domain: str) -> Iterator[str]:
    folders, keywords = DOMAINS[domain]
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*")):
        if method := {".py": "python", ".html": "jinja2.ext:babel_extract"}.get(path.suffix):
            for _, message, _, _ in extract_from_file(method, path, keywords=keywords):
                yield message if isinstance(message, str) else message[0]


def catalogue(domain: str, language: str) -> dict[str, str]:
    """Read the translations of a domain; one that is marked as doubtful does not count."""
    with (CATALOGUES / domain / f"{language}.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id and not one.fuzzy}


@pytest.mark.parametrize("domain", DOMAINS)
def test_there_is_something_to_say(domain: str) -> None:
    assert len(said(domain)) > 20


def test_every_kind_of_error_is_known_here() -> None:
    kinds = re.compile(r"^class (\w+)\((?:\w+Error)\):", re.MULTILINE)
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "registry").rglob("*.py"))

    told = {name for text in texts for name in kinds.findall(text)} - {"DamagedError", "InconsistentError"}

    assert told <= set(ERRORS)


def test_every_domain_is_known_here() -> None:
    assert {path.name for path in CATALOGUES.iterdir()} == set(DOMAINS)


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_sentence_is_translated_and_none_is_left_over(domain: str, language: str) -> None:
    translated = {sentence for sentence, text in catalogue(domain, language).items() if text}

    assert sorted(said(domain) - translated) == []
    assert sorted(translated - said(domain)) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_has_the_gaps_of_the_sentence(domain: str, language: str) -> None:
    pairs = catalogue(domain, language).items()

    assert [
        text for sentence, text in pairs if sorted(GAP.findall(text)) != sorted(GAP.findall(sentence))
    ] == []


def test_a_sentence_is_said_where_the_search_for_sentences_finds_it() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "registry").rglob("*.py")}

    assert [path for path, source in sources.items() if re.search(r"Translator\([^()]*\)\(", source)] == [
        ROOT / "registry/translation.py"
    ]


def test_a_gap_is_filled_and_control_characters_in_it_are_shown() -> None:
    assert Translator("report", "fr")("Where: {thing}", thing="a\nb") == "Où\u00a0: a\\u000ab"


def test_a_sentence_without_translation_is_said_in_english() -> None:
    assert Translator("report", "nl")("Nobody ever said {what}.", what="this") == "Nobody ever said this."
    assert Translator("report", "tlh")("Advice") == "Advice"


def test_errors_and_remarks_are_explained_in_the_readers_language() -> None:
    error = NotFoundError("unknown", "The registry knows nothing called {name}.", name="x")
    remark = Remark("unknown", "The registry knows nothing called {name}.", {"name": "x"})

    assert explain(error, "nl") == explain(remark, "nl") == "Het register kent niets met de naam x."
    assert explain(error, "en") == str(error)
