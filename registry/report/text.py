"""The report for a terminal: readable on eighty columns, in colour or without, and as plain text in a file.

Lines that are meant to be copied are never broken, and no frames are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from registry.report.view import SHOWN, Severity
from registry.report.words import Words
from registry.validation.assessment import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from registry.report.view import (
        Advice,
        ComingView,
        Place,
        ReportView,
        RequirementView,
        ScorecardView,
        StandardView,
    )

__all__ = ["write"]

COLOURS: Final[dict[Outcome | None, str]] = {
    Outcome.MET: "green",
    Outcome.NEEDS_EVIDENCE: "yellow",
    Outcome.NEEDS_PERSON: "yellow",
}


def write(views: Sequence[ReportView], console: Console) -> None:
    """Write reports to a terminal or a file, one after the other."""
    for number, one in enumerate(views):
        if number:
            console.print()
        Writer(console, Words(one.language)).report(one)


class Writer:
    """Writes one report, with texts taken literally: what a stranger wrote is never markup."""

    def __init__(self, console: Console, words: Words) -> None:
        self.console = console
        self.words = words
        self.say = words.say

    def report(self, view: ReportView) -> None:
        """Write everything that was found in one description."""
        _ = self.say
        self._line(view.document, style="bold")
        self._line(_("Checked on {day}", day=self.words.day(view.on)))
        for standard in view.standards:
            self._standard(standard)
        if view.remarks:
            self._heading(_("Remarks"))
            for remark in view.remarks:
                self._line(f"- {remark}", indent=2)
        if view.prefixes:
            self._heading(_("What the lines to paste need at the top of the file, once"))
            self._copy("\n".join(view.prefixes), indent=2)
        self.console.print()
        self._line(
            _("This check reads the description only. Whether a project earns a label is decided by people.")
        )

    def _standard(self, standard: StandardView) -> None:
        _ = self.say
        verdict = _("nothing basic is missing") if standard.conforms else _("something basic is missing")
        self._heading(f"{standard.title} ({standard.token}): {verdict}")
        for card in standard.scorecards:
            self._scorecard(card)
        for requirement in standard.requirements:
            self._requirement(requirement)
        for coming in standard.coming:
            self._coming(coming)

    def _coming(self, coming: ComingView) -> None:
        _, words = self.say, self.words
        self.console.print()
        self._line(words.coming(coming), indent=2, style="bold")
        if coming.note:
            self._line(coming.note, indent=4)
        for asked in coming.added:
            self._line(f"{words.counts_from(coming.counts_from)}: {words.asked(asked)}", indent=4)
        for asked in coming.retired:
            self._line(f"{words.counts_until(coming.counts_from)}: {words.asked(asked)}", indent=4)
        self._line(words.verdict_then(coming), indent=4)
        for requirement in coming.requirements:
            self._requirement(requirement)

    def _scorecard(self, card: ScorecardView) -> None:
        _, words = self.say, self.words
        self.console.print()
        self._line(card.initiative, indent=2, style="bold")
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for heading in (_("Requirement"), words.basic, words.additional):
            table.add_column(Text(heading), overflow="fold")
        for row in card.rows:
            cells = (self._outcome(row.basic), self._outcome(row.additional, unmet="yellow"))
            table.add_row(Text(f"{row.identifier} {row.title}"), *cells)
        self.console.print(Padding(table, (0, 0, 0, 2)))
        for level, counts in ((words.basic, card.basic), (words.additional, card.additional)):
            if counts:
                self._line(f"{level}: {words.counts(counts)}", indent=2)

    def _outcome(self, outcome: Outcome | None, unmet: str = "red") -> Text:
        style = unmet if outcome is Outcome.NOT_MET else COLOURS.get(outcome, "dim")
        return Text(self.words.outcome(outcome), style=style)

    def _requirement(self, requirement: RequirementView) -> None:
        _ = self.say
        self.console.print()
        self._line(f"{requirement.identifier} {requirement.title}", indent=2, style="bold")
        for number, advice in enumerate(requirement.advice):
            if number:
                self.console.print()
            self._advice(advice)
        for judgement in requirement.judgements:
            self._line(_("A person has to judge: {criterion}", criterion=judgement), indent=4)

    def _advice(self, advice: Advice) -> None:
        _, words = self.say, self.words
        for gap in advice.gaps:
            colour = "red" if advice.severity is Severity.MUST else "cyan"
            told = f"{words.severity(advice.severity)} · {words.outcome(gap.outcome)}"
            self._line(f"{gap.message} [{told}]", indent=4, style=colour)
            for place in gap.places[:SHOWN]:
                self._line(self._place(place), indent=6)
            if (more := len(gap.places) - SHOWN) > 0:
                self._line(_("and {count} more", count=more), indent=6)
        if advice.suggestion:
            self._line(_("How: {suggestion}", suggestion=advice.suggestion), indent=6)
        if advice.snippet:
            self._line(_("Lines to paste and to fill in with what is true for you:"), indent=6)
            self._copy(advice.snippet, indent=8)

    def _place(self, place: Place) -> str:
        _ = self.say
        where = _("Where: {thing}", thing=" › ".join(filter(None, (place.thing, place.property))))
        return where + (" " + _("(it says: {value})", value=place.value) if place.value else "")

    def _heading(self, text: str) -> None:
        self.console.print()
        self._line(text, style="bold underline")

    def _line(self, text: str, *, indent: int = 0, style: str = "") -> None:
        self.console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))

    def _copy(self, text: str, *, indent: int) -> None:
        for line in text.splitlines():
            self.console.print(Text(" " * indent + line), soft_wrap=True, highlight=False)
