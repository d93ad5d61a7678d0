"""What stands on a badge, in the language of its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from registry.certification.life.way import load_way
from registry.label.badge.picture import Words
from registry.label.naming import Naming
from registry.reading.text import translated
from registry.translation import Translator
from registry.vocabulary import CODE, Labels

if TYPE_CHECKING:
    from datetime import date

    from registry.certification.life.case import Case
    from registry.label.issuer import Issuer

__all__ = ["day_in_words", "label_name", "subject_name", "words_of"]


def words_of(issuer: Issuer, case: Case, language: str) -> Words:
    """Choose the words for the badge of a label, as it stands on the day of its case."""
    _ = Translator("web", language)
    scheme = issuer.desk.caseload().scheme(case)
    return Words(
        language=language,
        label=label_name(issuer, case, language),
        subject=subject_name(issuer, case, language),
        until=_standing(case, language),
        note=_("Fictitious example") if scheme.fictitious else "",
        holds=case.in_force,
    )


def _standing(case: Case, language: str) -> str:
    """Say until when a label holds; of one that does not hold, why."""
    _, label = Translator("web", language), case.label
    if label and case.in_force:
        return _("Valid through {day}", day=day_in_words(label.expires, language))
    if label and case.state in load_way().in_force:
        return _("It begins on {day}.", day=day_in_words(label.valid_from, language))
    return Labels().label(CODE[f"label-state/{case.state}"], language)


def label_name(issuer: Issuer, case: Case, language: str) -> str:
    """Name a label by its scheme and its level."""
    label, _ = issuer.issued(case)
    naming = Naming(issuer.desk, case.acts[-1].position)
    return translated(naming.label(issuer.desk.caseload().scheme(case), label.level), language).value


def subject_name(issuer: Issuer, case: Case, language: str) -> str:
    """Name an initiative as the assessed description does; by its IRI, where that is gone."""
    label, _ = issuer.issued(case)
    names = Naming(issuer.desk, case.acts[-1].position).described_in(label.digest, label.subject)
    return translated(names or {"": label.subject}, language).value


def day_in_words(day: date, language: str) -> str:
    """Write a day out.

    >>> from datetime import date
    >>> day_in_words(date(2028, 2, 29), "ca"), day_in_words(date(2028, 2, 29), "en")
    ('29 de febrer del 2028', '29 February 2028')
    """
    return format_date(day, "long", "en_GB" if language == "en" else language)
