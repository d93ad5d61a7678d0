"""Statements as lines of N-Triples, which N-Quads, Turtle and TriG take as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import XSD

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["A", "iri", "line", "moment", "number", "text", "truth"]

A: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
UNFIT: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
"""What no IRI holds (N-Triples, rule 8)."""
ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
"""How a text holds what would end it (N-Triples, rule 10)."""


def iri(address: str) -> str:
    """Write an IRI down; what no IRI holds becomes percent signs.

    >>> iri("https://buddy.example/a b")
    '<https://buddy.example/a%20b>'
    """
    return f"<{UNFIT.sub(lambda found: quote(found[0]), address)}>"


def text(words: str, language: str = "") -> str:
    r"""Write a text down.

    >>> print(text('He said "no".\n', "en"))
    "He said \"no\".\n"@en
    """
    return f'"{words.translate(ESCAPES)}"' + (f"@{language}" if language else "")


def moment(time: datetime) -> str:
    """Write a moment down.

    >>> from datetime import UTC, datetime
    >>> moment(datetime(2026, 11, 22, 9, tzinfo=UTC))
    '"2026-11-22T09:00:00+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    """
    return f'"{time.isoformat()}"^^<{XSD.dateTime}>'


def number(value: int) -> str:
    """Write a whole number down.

    >>> number(3)
    '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return f'"{value}"^^<{XSD.integer}>'


def truth() -> str:
    """Write down that something is so."""
    return f'"true"^^<{XSD.boolean}>'


def line(subject: str, predicate: str, value: str) -> str:
    r"""Put the terms of a statement together.

    >>> line(iri("https://buddy.example/"), A, iri("https://example.org/Project"))[-32:]
    '<https://example.org/Project> .\n'
    """
    return f"{subject} {predicate} {value} .\n"
