"""Answers as they were typed: kept while somebody is asked, or written into a file beforehand.

A file of answers is TOML or JSON with a line for each question, `language` and `address` among them. All that
is wrong with it is told at once.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from rdflib import XSD, Literal

from federation.publishing.asking.field import fields
from federation.publishing.asking.question import ADDRESS, questions, warn_of_mailbox
from federation.publishing.asking.value import SEPARATOR, read_values
from federation.publishing.profile import write_profile
from registry.errors import InvalidDataError, KoepelError
from registry.ingest.space import DOT_SEGMENT

if TYPE_CHECKING:
    from datetime import date

    from rdflib import Graph
    from rdflib.term import Node

    from federation.publishing.asking.field import Field

__all__ = ["Answers", "describe", "own_address", "read_answers"]

LANGUAGE: Final = "language"
MODIFIED: Final = "modified"


@dataclass
class Answers:
    """What was answered: the language, and for each question the text as it was typed."""

    language: str
    texts: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Write the answers down, to go on later."""
        return json.dumps({LANGUAGE: self.language, **self.texts}, ensure_ascii=False, indent=2) + "\n"

    @property
    def warning(self) -> str:
        """What a person should know about these answers: that a mailbox seems to be private."""
        return warn_of_mailbox(self.texts.get("coordinatorContact.hasEmail", ""), self.language)


def read_answers(text: str, language: str, *, toml: bool) -> Answers:
    r"""Read a file of answers; what it says nothing about is left open.

    >>> read_answers('title = "De Brug"\naudience = ["newcomer", "family"]', "nl", toml=True).texts
    {'title': 'De Brug', 'audience': 'newcomer; family'}
    """
    try:
        found: Any = tomllib.loads(text) if toml else json.loads(text)
    except ValueError as error:
        raise InvalidDataError(
            "answers-unreadable",
            'The file of answers cannot be read: {reason}. Write each answer as: title = "The Bridge".',
            reason=str(error),
        ) from error
    if not isinstance(found, dict):
        raise InvalidDataError(
            "answers-no-table",
            "The file of answers is a list. Write each answer under the name of its question.",
        )
    known = [LANGUAGE, ADDRESS, *fields()]
    for name in found:
        _refuse_unknown(name, known)
    texts = {name: _text(value) for name, value in found.items() if name != LANGUAGE}
    return Answers(str(found.get(LANGUAGE, language)), texts)


def describe(answers: Answers, today: date) -> Graph:
    """Make the description that answers lead to.

    Raises an `ExceptionGroup` of everything that is missing or cannot be understood.
    """
    values: dict[Field, list[Node]] = {}
    wrong: list[KoepelError] = []
    for key, field_ in fields().items():
        try:
            values[field_] = read_values(field_, answers.texts.get(key, ""), answers.language)
        except KoepelError as error:
            error.address = key
            wrong.append(error)
    missing = [
        one for one in questions(answers.language) if one.required and not values.get(one.field, [None])
    ]
    wrong += [_missing(one.field.key, one.text) for one in missing]
    address = _address(answers, wrong)
    if wrong:
        raise ExceptionGroup("answers", wrong)
    values[fields()[MODIFIED]] = values.get(fields()[MODIFIED]) or [
        Literal(today.isoformat(), datatype=XSD.date, normalize=False)
    ]
    return write_profile(address, values)


def own_address(text: str) -> str:
    """Read the address at which a description will stand.

    >>> own_address("www.example.org/buddies")
    'https://www.example.org/buddies'
    """
    address = str(read_values(fields()["homepage"], text, "en")[0])
    if "#" in address or "?" in address or DOT_SEGMENT.search(address):
        raise InvalidDataError(
            "address-not-plain",
            "{address} cannot be the address of a description: it holds a question mark, a hash or dots that "
            "lead elsewhere. Give an address such as https://www.example.org/buddies.",
            address=address,
        )
    return address


def _address(answers: Answers, wrong: list[KoepelError]) -> str:
    try:
        if text := answers.texts.get(ADDRESS, "").strip():
            return own_address(text)
        wrong.append(_missing(ADDRESS, "--address"))
    except KoepelError as error:
        error.address = ADDRESS
        wrong.append(error)
    return ""


def _missing(key: str, question: str) -> KoepelError:
    error = InvalidDataError(
        "answer-missing", "The answer to this question is needed: {question}", question=question
    )
    error.address = key
    return error


def _refuse_unknown(name: str, known: list[str]) -> None:
    if name not in known:
        close = get_close_matches(name, known, n=3) or known
        raise InvalidDataError(
            "answer-unknown",
            "The file of answers holds “{name}”, which is the name of no question. Known are: {choices}.",
            name=name,
            choices=", ".join(close),
        )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return f"{SEPARATOR} ".join(_text(one) for one in value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
