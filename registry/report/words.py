"""The words for outcomes and severities, the same in every form of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.report.view import Severity
from registry.validation.assessment import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from registry.translation import Translator

__all__ = ["NOTHING_ASKED", "count_words", "outcome_word", "severity_word"]

NOTHING_ASKED = "–"


def outcome_word(outcome: Outcome | None, _: Translator) -> str:
    """Say an outcome in words; a dash where the standard asks nothing."""
    words = {
        Outcome.MET: _("met"),
        Outcome.NOT_MET: _("not met"),
        Outcome.NEEDS_EVIDENCE: _("needs evidence"),
        Outcome.NEEDS_PERSON: _("needs a person"),
        Outcome.NOT_APPLICABLE: _("not applicable"),
    }
    return words[outcome] if outcome else NOTHING_ASKED


def severity_word(severity: Severity, _: Translator) -> str:
    """Say whether something must be mended or is advice."""
    return {Severity.MUST: _("must be mended"), Severity.ADVICE: _("advice")}[severity]


def count_words(counts: Mapping[Outcome, int], _: Translator) -> str:
    """List how many requirements have which outcome; nothing is added up or averaged.

    >>> from registry.translation import Translator
    >>> count_words({Outcome.NOT_MET: 2, Outcome.MET: 7}, Translator("report", "en"))
    'not met: 2 · met: 7'
    """
    return " · ".join(f"{outcome_word(outcome, _)}: {count}" for outcome, count in counts.items())
