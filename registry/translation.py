"""Says the registry's sentences in the reader's language.

A sentence is written in English where it is said, and that English is the key of its translations. They stand
in `registry/locale/<domain>/<language>.po`, one domain for each group of readers:

- `report`  the result of a check, standards and crosswalks
- `errors`  what went wrong, and the remarks of ingest
- `web`     the pages

Gaps are named and stand in braces, in the key and in every translation. A test compares the keys in the code
with those in the files; should one be missing nevertheless, the reader gets the English.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from babel.messages.pofile import read_po

from registry.errors import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CATALOGUES", "Told", "Translator", "explain"]

CATALOGUES: Final = Path(__file__).parent / "locale"
"""The folder with one folder of translations per domain."""


class Told(Protocol):
    """Something that carries an English sentence and what fills its gaps: an error or a remark."""

    @property
    def template(self) -> str:
        """The English sentence with its gaps."""

    @property
    def params(self) -> Mapping[str, str | int]:
        """What fills the gaps."""


@dataclass(frozen=True)
class Translator:
    """Speaks one domain in one language.

    >>> _ = Translator("report", "nl")
    >>> _("Remarks")
    'Opmerkingen'
    >>> _("and {count} more", count=12)
    'en nog 12'
    >>> Translator("report", "en")("and {count} more", count=12)
    'and 12 more'
    """

    domain: str
    language: str

    def __call__(self, sentence: str, /, **params: str | int) -> str:
        """Say a sentence with its gaps filled; control characters in what fills them are made visible."""
        return fill(_catalogue(self.domain, self.language).get(sentence, sentence), params)


def explain(told: Told, language: str) -> str:
    """Say in a language what an error or a remark says.

    >>> from registry.errors import NotFoundError
    >>> explain(NotFoundError("gone", "There is no {thing}.", thing="standard"), "en")
    'There is no standard.'
    """
    return Translator("errors", language)(told.template, **told.params)


@cache
def _catalogue(domain: str, language: str) -> dict[str, str]:
    path = CATALOGUES / domain / f"{language}.po"
    if not path.exists():  # English is the key itself
        return {}
    with path.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id and one.string}
