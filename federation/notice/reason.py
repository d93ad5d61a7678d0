"""The reasons that stand in the ledger, said in the reader's language.

The ledger keeps them in English, as they were when it was written. Each sentence is recognised as one that
the registry says, with its gaps filled, and said again; what a person wrote stays as it is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po
from rdflib import Literal
from rdflib.namespace import SH

from registry.errors import fill
from registry.translation import CATALOGUES
from registry.validation.standard import load_library
from registry.vocabulary import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["retell"]

GAP: Final = re.compile(r"\\\{(\w+)\\\}")
LONGEST: Final = 2_500
"""Longer sentences are not looked at: none of the registry is."""


def retell(reason: str, language: str) -> tuple[str, ...]:
    r"""Say the reasons of an event in a language, one for each line.

    >>> retell("A person let this text in before.\nNobody is reached by phone.", "en")
    ('A person let this text in before.', 'Nobody is reached by phone.')
    >>> retell(
    ...     "The document is larger than 5 bytes, which is the most that is read. Split it into several "
    ...     "documents and register each of them.",
    ...     "nl",
    ... )[0][:12]
    'Het document'
    """
    return tuple(_retold(line, language) for line in reason.splitlines() if line.strip())


@lru_cache(maxsize=1024)
def _retold(line: str, language: str) -> str:
    if language == ENGLISH or len(line) > LONGEST:
        return line
    if said := _messages().get(line, {}).get(language):
        return said
    for beginning, pattern, said in _sentences(language):
        if line.startswith(beginning) and (found := pattern.fullmatch(line)):
            return fill(said, found.groupdict())
    return line


@cache
def _messages() -> dict[str, dict[str, str]]:
    """Gather what the criteria say is missing, by the English."""
    shapes = load_library().graph
    found: dict[str, dict[str, str]] = {}
    for shape in set(shapes.subjects(SH.message)):
        texts = [one for one in shapes.objects(shape, SH.message) if isinstance(one, Literal)]
        told = {one.language: str(one) for one in texts if one.language in LANGUAGES}
        if ENGLISH in told:
            found[told[ENGLISH]] = told
    return found


@cache
def _sentences(language: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Make of each sentence a pattern that knows it again; those with the longest beginning come first."""
    found = sorted(_read(language), key=lambda one: len(one[0]), reverse=True)
    return [(english.partition("{")[0], _pattern(english), said) for english, said in found]


def _read(language: str) -> Iterator[tuple[str, str]]:
    with (CATALOGUES / "errors" / f"{language}.po").open("rb") as file:
        yield from ((str(one.id), str(one.string)) for one in read_po(file) if one.id and one.string)


def _pattern(english: str) -> re.Pattern[str]:
    named = set[str]()

    def gap(found: re.Match[str]) -> str:
        name = found[1]
        again = name in named
        named.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.*)"

    return re.compile(GAP.sub(gap, re.escape(english)), re.DOTALL)
