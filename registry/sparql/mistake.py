"""Tells where a query cannot be read, so that its writer finds the mistake."""

from __future__ import annotations

import re
from typing import Final

from registry.errors import InvalidDataError, KoepelError, NotAllowedError

__all__ = ["explained", "unreadable"]

LONGEST_HINT: Final = 40
POSITION: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
KEYWORD: Final = re.compile(r"\b[A-Za-z]{2,}[0-9]*\b")
#: What Oxigraph expects when it says more than which characters could follow.
SAYS_MORE: Final = re.compile(r"Prefix not found|IRI parsing failed")
#: The operations of SPARQL 1.1 Update, after the prologue.
UPDATE: Final = re.compile(
    r"(?:\s|\#[^\n\r]*|BASE\s*<[^>]*>|PREFIX\s*[^:\s]*:\s*<[^>]*>)*+"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)


def explained(query: str, complaint: str) -> KoepelError:
    r"""Put what Oxigraph says about a text that is no query into an error with line and column.

    >>> explained("SELECT * {}\nLIMIT x", "error at 2:7: expected ['0'..='9']").message
    'The query cannot be read at line 2, column 7: x'
    """
    if UPDATE.match(query):
        return NotAllowedError(
            "update-refused", "Readers may ask, not change: use SELECT, ASK, CONSTRUCT or DESCRIBE."
        )
    found = POSITION.match(complaint)
    if found is None:
        return unreadable(query, 1, 1)
    reached = _offset(query, int(found[1]), int(found[2]))
    start = _start_of_word(query, max(0, reached - _overshoot(found[3])))
    line = query.count("\n", 0, start) + 1
    return unreadable(query, line, start - (query.rfind("\n", 0, start) + 1) + 1)


def unreadable(query: str, line: int, column: int) -> InvalidDataError:
    """Say that a query cannot be read from a place on."""
    lines = query.split("\n")
    near = lines[min(line, len(lines)) - 1][column - 1 :].strip()
    return InvalidDataError(
        "query-syntax",
        "The query cannot be read at line {line}, column {column}: {near}",
        line=line,
        column=column,
        near=near[:LONGEST_HINT] or "…",
    )


def _offset(query: str, line: int, column: int) -> int:
    starts = [0, *(found.end() for found in re.finditer("\n", query))]
    return min(starts[min(line, len(starts)) - 1] + column - 1, len(query))


def _overshoot(expected: str) -> int:
    """Tell how far behind the mistake the given place is.

    Oxigraph compares a keyword only after it has read as many characters as the keyword has, so that the
    place that it names lies behind by the length of the shortest that it expected there.

    >>> _overshoot("one of DISTINCT, WHERE"), _overshoot("['0'..='9']")
    (5, 0)
    """
    if SAYS_MORE.search(expected):
        return 1
    keywords = KEYWORD.findall(re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", expected.removeprefix("one of ")))
    exact = re.search(r"\"|\['", expected)
    return 0 if exact or not keywords else min(map(len, keywords))


def _start_of_word(query: str, position: int) -> int:
    """Go back to where the word begins that a place is in, or the last one if nothing follows."""
    position = min(position, len(query.rstrip()) - 1)
    while position > 0 and _is_part(query[position - 1]) and _is_part(query[position]):
        position -= 1
    return max(position, 0)


def _is_part(character: str) -> bool:
    return character.isalnum() or character in "_:.-?$<>/#%"
