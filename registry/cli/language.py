"""The language of the person at the command line: asked for, or told by the environment, or English."""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated

import typer

from registry.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Language", "LanguageOption", "environment_language", "reader_language"]


def environment_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Read the language from the environment, in the order of POSIX (Base Definitions §8.2).

    >>> environment_language({"LANG": "ca_ES.UTF-8"}).value
    'ca'
    >>> environment_language({"LC_ALL": "C", "LANG": "nl_BE"}).value
    'en'
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "")
    language = locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return Language(language) if language in list(Language) else Language.EN


READER: ContextVar[Language] = ContextVar("READER")


def reader_language() -> Language:
    """Give the language that the person asked for, also where a command ended in an error."""
    return READER.get(environment_language())


def _remember(language: Language) -> Language:
    READER.set(language)
    return language


LanguageOption = Annotated[
    Language,
    typer.Option(
        "--language",
        "-l",
        default_factory=environment_language,
        show_default="from the environment",
        callback=_remember,
        help="Language of the answer.",
    ),
]
