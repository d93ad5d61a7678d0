"""Texts in the reader's language, or in the nearest that there is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Literal

__all__ = ["Text", "choose", "fold", "translated"]

LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Text:
    """A text, and the tag of the language that it is in; an empty tag where nobody said."""

    value: str
    language: str = ""

    def __str__(self) -> str:
        return self.value


def choose(literals: Iterable[Literal], *languages: str) -> Text | None:
    """Take the text in the first of the reader's languages, else in English, else the first of the others.

    >>> from rdflib import Literal
    >>> choose([Literal("Brücke", lang="de"), Literal("Bridge", lang="en")], "fr")
    Text(value='Bridge', language='en')
    >>> choose([Literal("Pont", lang="ca"), Literal("Brücke", lang="de")], "fr")
    Text(value='Pont', language='ca')
    >>> choose([Literal("Pont", lang="ca"), Literal("Bridge", lang="en")], "es", "ca")
    Text(value='Pont', language='ca')
    >>> choose([], "fr") is None
    True
    """
    texts = sorted((_tag(one.language), str(one)) for one in literals)
    for wanted in (*languages, ENGLISH):
        for tag, value in texts:
            if tag.partition("-")[0] == wanted:
                return Text(value, tag)
    return Text(texts[0][1], texts[0][0]) if texts else None


def translated(texts: Mapping[str, str], *languages: str) -> Text:
    """Take a text from translations, which are never all missing.

    >>> translated({"en": "Bridge", "nl": "Brug"}, "nl")
    Text(value='Brug', language='nl')
    """
    for tag in (*languages, ENGLISH, *sorted(texts)):
        if tag in texts:
            return Text(texts[tag], tag)
    return Text("")


def fold(text: str) -> str:
    """Write a text without capitals and accents and with one kind of apostrophe, to compare and to sort.

    >>> fold("Servei d’Acollida – Barcelonès")
    "servei d'acollida – barcelones"
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _tag(tag: str | None) -> str:
    """Keep a language tag only if it is one (BCP 47, in its simple form); a page repeats it to readers."""
    return tag if tag and LANGUAGE_TAG.fullmatch(tag) else ""
