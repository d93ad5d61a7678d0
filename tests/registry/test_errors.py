"""Errors: one status each, one sentence per code, and nothing in it that disturbs a screen."""

import ast
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.errors import (
    InvalidDataError,
    KoepelError,
    NotAllowedError,
    NotFoundError,
    PeerError,
    fill,
    printable,
)

ROOT = Path(__file__).parents[2]
SAID_BY = {"InvalidDataError", "NotAllowedError", "NotFoundError", "PeerError", "Remark"}


def said_in(source: str) -> Iterator[tuple[str, str, set[str]]]:
    """List the code, the sentence and the parameters of each error and remark that a source makes."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id=name),
                args=[ast.Constant(value=str(code)), ast.Constant(value=str(text)), *rest],
            ) if name in SAID_BY:
                yield code, text, parameters(node.keywords, rest)


def parameters(keywords: list[ast.keyword], rest: list[ast.expr]) -> set[str]:
    """List the names that fill a sentence: keywords for an error, a dictionary for a remark."""
    keys = [key for part in rest if isinstance(part, ast.Dict) for key in part.keys]
    return {str(word.arg) for word in keywords if word.arg != "needs_person"} | {
        str(key.value) for key in keys if isinstance(key, ast.Constant)
    }


def all_said() -> list[tuple[str, str, set[str]]]:
    """List what the registry and the federation can say."""
    modules = sorted(path for folder in ("registry", "federation") for path in (ROOT / folder).rglob("*.py"))
    return [said for path in modules for said in said_in(path.read_text(encoding="utf-8"))]


def gaps(sentence: str) -> set[str]:
    """List the gaps of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize(
    ("kind", "status"),
    [(NotFoundError, 404), (InvalidDataError, 422), (NotAllowedError, 403), (PeerError, 502)],
)
def test_each_kind_of_error_has_its_status(kind: type[KoepelError], status: int) -> None:
    assert kind.status == status
    assert issubclass(kind, KoepelError)


def test_an_error_knows_the_place_in_the_document() -> None:
    error = InvalidDataError("syntax-broken", "Line {line}, column {column}: broken.", line=3, column=7)

    assert (error.line, error.column, error.message) == (3, 7, "Line 3, column 7: broken.")
    assert InvalidDataError("document-empty", "Empty.").line is None


def test_an_error_survives_the_way_from_another_process() -> None:
    error = PeerError("fetch-failed", "{address} is down.", address="https://buddy.example/")
    error.address = "https://buddy.example/"

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own object, from two lines above

    assert (type(again), again.code, str(again)) == (PeerError, "fetch-failed", str(error))


def test_what_strangers_wrote_cannot_fill_a_gap_of_its_own() -> None:
    assert fill("{a}", {"a": "{b} {a.__class__}", "b": "x"}) == "{b} {a.__class__}"


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\r", "\u202e", "\u2028", "\x85", "\ud800", "\U000e0041"])
def test_characters_that_steer_a_screen_are_written_as_escapes(hidden: str) -> None:
    shown = printable(f"a{hidden}b")

    assert shown.isprintable()
    assert shown.startswith("a\\")


def test_there_is_something_to_say() -> None:
    assert len(all_said()) > 30


def test_each_code_stands_for_one_sentence() -> None:
    sentences: dict[str, set[str]] = {}
    for code, sentence, _ in all_said():
        sentences.setdefault(code, set()).add(sentence)

    assert {code: said for code, said in sentences.items() if len(said) > 1} == {}


def test_each_sentence_gets_exactly_what_fills_its_gaps() -> None:
    said = [(code, gaps(sentence), given) for code, sentence, given in all_said()]

    # A place in the document may be given without being said.
    wrong = [code for code, asked, given in said if asked != given and asked != given - {"line", "column"}]

    assert wrong == []
