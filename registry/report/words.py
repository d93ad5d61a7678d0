"""The words for outcomes, levels and severities, the same in every form of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.dates import format_date

from registry.report.view import Severity
from registry.translation import Translator
from registry.vocabulary import CODE, Labels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from registry.validation.assessment import Outcome

__all__ = ["NOTHING_ASKED", "Words"]

NOTHING_ASKED: Final = "–"
BRITISH: Final = {"en": "en_GB"}


class Words:
    """Finds the words of one language.

    >>> from registry.validation.assessment import Outcome
    >>> Words("en").outcome(Outcome.NEEDS_EVIDENCE)
    'Needs evidence'
    >>> Words("en").counts({Outcome.NOT_MET: 2, Outcome.MET: 7})
    'Not met: 2 · Met: 7'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.say = Translator("report", language)
        self.basic = self._code("requirement-level/basic")
        self.additional = self._code("requirement-level/additional")

    def outcome(self, outcome: Outcome | None) -> str:
        """Say an outcome in words; a dash where the standard asks nothing."""
        return self._code(f"outcome/{outcome}") if outcome else NOTHING_ASKED

    def counts(self, counts: Mapping[Outcome, int]) -> str:
        """List how many requirements have which outcome; nothing is added up or averaged."""
        return " · ".join(f"{self.outcome(outcome)}: {count}" for outcome, count in counts.items())

    def severity(self, severity: Severity) -> str:
        """Say whether something must be mended or is advice."""
        _ = self.say
        return {Severity.MUST: _("Must be mended"), Severity.ADVICE: _("Advice")}[severity]

    def day(self, day: date) -> str:
        """Write a day out.

        >>> from datetime import date
        >>> Words("en").day(date(2026, 11, 21))
        '21 November 2026'
        """
        return format_date(day, format="long", locale=BRITISH.get(self.language, self.language))

    def _code(self, code: str) -> str:
        return Labels().label(CODE[code], self.language)
