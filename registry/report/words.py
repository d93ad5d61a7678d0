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

    from registry.report.view import AskedView, ComingView
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

    def counts_from(self, day: date) -> str:
        """Say from when something counts that is announced."""
        _ = self.say
        return _("counts from {day}", day=self.day(day))

    def counts_until(self, day: date) -> str:
        """Say from when something is retired that counts still."""
        _ = self.say
        return _("no longer counts from {day}", day=self.day(day))

    def coming(self, coming: ComingView) -> str:
        """Head what is announced: it does not count yet."""
        _ = self.say
        return _(
            "Announced: version {version}, which counts from {day}. Nothing of it counts yet.",
            version=coming.version,
            day=self.day(coming.counts_from),
        )

    def asked(self, asked: AskedView) -> str:
        """Name one use of a criterion, its level, and where the description stands with it today."""
        level = self.additional if asked.level == "additional" else self.basic
        place = f"{asked.requirement}, {asked.criterion} {asked.name}"
        return f"{place} [{level} · {self.outcome(asked.outcome)}]"

    def verdict_then(self, coming: ComingView) -> str:
        """Say how the description would stand if an announced version counted today."""
        _ = self.say
        if coming.conforms:
            return _("If it counted today, nothing basic would be missing.")
        return _("If it counted today, something basic would be missing.")

    def day(self, day: date) -> str:
        """Write a day out.

        >>> from datetime import date
        >>> Words("en").day(date(2026, 11, 21))
        '21 November 2026'
        """
        return format_date(day, format="long", locale=BRITISH.get(self.language, self.language))

    def _code(self, code: str) -> str:
        return Labels().label(CODE[code], self.language)
