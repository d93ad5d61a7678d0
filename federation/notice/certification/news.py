"""One thing to tell in certification, and the words for it.

Mail is read by many on its way. So news names the initiative, the requirement of a public standard and the
day, and never the title of a document, a reason, a note or the text of a condition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from babel.dates import format_date

from federation.notice.account import LOCALES
from registry.errors import printable
from registry.vocabulary import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from registry.certification.desk import Desk
    from registry.certification.life.case import Case
    from registry.certification.life.caseload import Caseload

__all__ = ["News", "Newsroom", "written"]

LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class News:
    """One thing to tell to those whose case it is."""

    about: str
    """What it is about, in words of our own; who was told of it in this state is not told again."""
    state: str
    """How it stands; nothing where it does not stand so any more."""
    case: Case | None
    """In which case; None for what is about the body itself."""
    body: str
    say: Callable[[str], str] = field(compare=False, repr=False)
    """Says it in a language."""
    detail: Callable[[str], tuple[str, ...]] = field(default=lambda _: (), compare=False, repr=False)
    """Says more of it, in lines of a list."""
    applicant: bool = True
    """Whether those who apply are told."""
    certifier: bool = True
    """Whether those who certify are told."""
    actor: str = ""
    """Who did it, and need not be told."""
    position: int = 0
    """Where in the ledger it stands, for what was done; 0 for what is so."""


@dataclass(frozen=True)
class Newsroom:
    """What is at hand where news is gathered."""

    desk: Desk
    caseload: Caseload
    day: date
    names: Mapping[str, Mapping[str, str]]
    """By IRI and language, what initiatives and schemes are called."""

    def name(self, iri: str, language: str, names: Mapping[str, str] | None = None) -> str:
        """Name a thing in a language, or as near to it as there is; in one line and not too long."""
        known = self.names.get(iri, {}) if names is None else names
        told = known.get(language) or known.get(ENGLISH) or next(iter(known.values()), "") or iri
        return printable(told, LONGEST_NAME)

    def scheme_name(self, scheme: str, language: str) -> str:
        """Name a label scheme as its own text does."""
        return self.name(scheme, language, self.caseload.schemes[scheme].titles)


def written(day: date, language: str) -> str:
    """Write a day out."""
    return format_date(day, "long", locale=LOCALES.get(language, language))
