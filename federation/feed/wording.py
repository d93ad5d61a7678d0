"""What the catalogue calls things, in the languages of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rdflib import Literal

from registry.translation import Translator
from registry.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Words", "in_all_languages", "words"]


@dataclass(frozen=True)
class Words:
    """The sentences of one language."""

    title: str
    about: str
    keywords: tuple[str, ...]
    services: dict[str, str]
    """What each address is for."""
    file: dict[str, str]
    """What a file in each format is."""


@cache
def words(language: str) -> Words:
    """Find the sentences of a language.

    >>> words("en").services["feed"]
    'Stream of all changes'
    """
    _ = Translator("web", language)
    return Words(
        title=_("Register of buddy and mentoring projects"),
        about=_(
            "Descriptions of buddy and mentoring projects for newcomers and residents, as the projects "
            "publish them themselves: organisations and programmes, never persons."
        ),
        keywords=(_("buddy project"), _("mentoring"), _("integration of newcomers")),
        services={
            "sparql": _("Questions in SPARQL"),
            "graphql": _("Questions in GraphQL"),
            "feed": _("Stream of all changes"),
        },
        file={
            "application/n-quads": _("Everything in one file ({format})", format="N-Quads"),
            "text/turtle": _("Everything in one file ({format})", format="Turtle"),
        },
    )


def in_all_languages(tell: Callable[[Words], str]) -> Iterator[Literal]:
    """Say something once in every language.

    >>> sorted(one.language or "" for one in in_all_languages(lambda words: words.title))
    ['ca', 'de', 'en', 'es', 'fr', 'nl']
    """
    for language in LANGUAGES:
        yield Literal(tell(words(language)), lang=language)
