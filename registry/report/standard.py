"""Quality standards as tables for readers: the list of them, what one asks, and two side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from rdflib import RDFS, Literal, URIRef

from registry.crosswalk import Reason, asks_nothing, lower_thresholds
from registry.report.naming import choose
from registry.report.sheet import Sheet
from registry.report.words import NOTHING_ASKED, Words
from registry.translation import Translator
from registry.validation.composition import fill
from registry.vocabulary import KOEPEL, Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from registry.crosswalk import Crosswalk, Need, Placed
    from registry.validation.standard import CriterionUse, Library, Requirement, Standard, Threshold

__all__ = ["StandardReader"]


@dataclass(frozen=True)
class StandardReader:
    """Says in one language what standards ask on a day, and what is announced by then."""

    rulebook: Library
    language: str
    on: date

    def listing(self) -> Sheet:
        """List the standards that are installed."""
        _ = self._say
        rows = [
            (one.token, self._title(one), str(len(one.requirements)), str(_count_criteria(one)))
            for one in (standard.on(self.on) for standard in self.rulebook.standards.values())
        ]
        headings = (_("Short name"), _("Standard"), _("Requirements"), _("Criteria"))
        return Sheet(_("Quality standards"), (), headings, tuple(rows))

    def standard(self, standard: Standard) -> Sheet:
        """Show what a standard asks: requirement by requirement, which criteria with which thresholds.

        What is announced stands among the rest and says from when it counts; what is to go says until when.
        A standard that was chosen at a version is shown as that version has it.
        """
        _ = self._say
        shown = standard if standard.version else standard.visible(self.on)
        rows = [
            self._row(requirement, use, shown)
            for requirement in shown.requirements
            for use in requirement.uses
        ]
        headings = (_("Requirement"), _("Criterion"), _("What is asked"))
        return Sheet(self._name(standard), self._notes(standard), headings, tuple(rows))

    def crosswalk(self, crosswalk: Crosswalk) -> tuple[Sheet, Sheet]:
        """Show two standards side by side, and what meeting the first leaves to do for the second."""
        _ = self._say
        first, second = (self._name(one) for one in (crosswalk.first, crosswalk.second))
        rows = [
            (choose(row.criterion.names, self.language), self._uses(row.first), self._uses(row.second))
            for row in crosswalk.rows
        ]
        title = _("{first} beside {second}", first=first, second=second)
        gap = _("What a project that meets {first} still needs for {second}", first=first, second=second)
        tokens = (crosswalk.first.token, crosswalk.second.token)
        needs = [self._need(need) for need in crosswalk.needs]
        notes = () if needs else (_("Nothing: the first standard asks at least as much everywhere."),)
        headings = (_("Requirement"), _("Criterion"), _("What is asked"), _("Why it is still needed"))
        return (
            Sheet(title, (), (_("Criterion"), *tokens), tuple(rows)),
            Sheet(gap, notes, headings, tuple(needs)),
        )

    @property
    def _say(self) -> Translator:
        return Translator("report", self.language)

    def _title(self, standard: Standard) -> str:
        return choose(standard.titles, self.language)

    def _name(self, standard: Standard) -> str:
        return f"{self._title(standard)} ({standard.token})"

    def versions(self, standard: Standard) -> tuple[str, ...]:
        """Tell which version is shown, and which ones are announced with what changes."""
        _, words = self._say, Words(self.language)
        shown = standard.version or standard.version_on(self.on)
        told = [_("Version {version}", version=shown.number)]
        for one in () if standard.version else standard.announced(self.on):
            head = _(
                "Version {version} was announced on {announced} and counts from {day}.",
                version=one.number,
                announced=words.day(one.announced),
                day=words.day(one.counts_from),
            )
            told.append(f"{head} {choose(one.notes, self.language)}".strip())
        return tuple(told)

    def _notes(self, standard: Standard) -> tuple[str, ...]:
        notes = [choose(standard.descriptions, self.language), *self.versions(standard)]
        return tuple(note for note in notes if note)

    def _row(self, requirement: Requirement, use: CriterionUse, standard: Standard) -> tuple[str, ...]:
        asked = "; ".join((self._asked(use), *self._changes(use, standard)))
        return self._heading(requirement), self._criterion(use), asked

    def _changes(self, use: CriterionUse, standard: Standard) -> Iterator[str]:
        """Say from when something counts that is announced, and from when something does no longer."""
        words = Words(self.language)
        if not standard.version and (begin := standard.begins(use, self.on)):
            yield words.counts_from(begin.counts_from)
        if not standard.version and (end := standard.ends(use, self.on)):
            yield words.counts_until(end.counts_from)

    def _heading(self, requirement: Requirement) -> str:
        return f"{requirement.identifier} {choose(requirement.titles, self.language)}"

    def _criterion(self, use: CriterionUse) -> str:
        name = fill(choose(use.criterion.names, self.language), use.thresholds, self.language)
        return f"{use.criterion.identifier} {name}"

    def _uses(self, placed: Iterable[Placed]) -> str:
        asked = [f"({one.requirement.identifier}) {self._asked(one.use)}" for one in placed]
        return "\n".join(asked) or NOTHING_ASKED

    def _asked(self, use: CriterionUse) -> str:
        level, mode = (Labels().label(one, self.language) for one in (use.level, use.mode))
        thresholds = [one for one in use.thresholds if not asks_nothing(one)]
        return "; ".join((level, mode, *self._conditions(use), *map(self._threshold, thresholds)))

    def _need(self, need: Need) -> tuple[str, ...]:
        use = need.asked.use
        return (
            self._heading(need.asked.requirement),
            self._criterion(use),
            self._asked(use),
            "; ".join(self._reason(reason, need) for reason in need.reasons),
        )

    def _reason(self, reason: Reason, need: Need) -> str:
        _ = self._say
        offered = need.closest.use if need.closest else need.asked.use
        lower = "; ".join(map(self._threshold, lower_thresholds(offered, need.asked.use)))
        level, mode = (Labels().label(one, self.language) for one in (offered.level, offered.mode))
        return {
            Reason.ABSENT: _("the first standard does not ask it"),
            Reason.CONDITIONS: _("the first standard does not ask it of every project"),
            Reason.THRESHOLD: _("the first standard asks less: {threshold}", threshold=lower),
            Reason.LEVEL: _("in the first standard: {value}", value=level),
            Reason.MODE: _("in the first standard: {value}", value=mode),
        }[reason]

    def _threshold(self, threshold: Threshold) -> str:
        value = threshold.value
        number = value.toPython() if isinstance(value, Literal) else None
        if isinstance(number, int | float | Decimal):
            shown = format_decimal(number, locale=self.language)
        else:
            shown = Labels().label(str(value), self.language)
        return f"{self._label(threshold.parameter)}: {shown}"

    def _conditions(self, use: CriterionUse) -> tuple[str, ...]:
        _ = self._say
        names = [self._label(one) for one in use.conditions]
        return tuple(_("only for: {whom}", whom=name) if name else _("under a condition") for name in names)

    def _label(self, node: URIRef) -> str:
        """Name a parameter or a condition; the condition of an intensity profile goes by the intensity."""
        graph = self.rulebook.graph
        for profile in graph.subjects(KOEPEL.appliesWhen, node):
            if (intensity := graph.value(profile, KOEPEL.intensity)) is not None:
                return Labels().label(str(intensity), self.language)
        names = [name for name in graph.objects(node, RDFS.label) if isinstance(name, Literal)]
        return choose({one.language or "": str(one) for one in names}, self.language)


def _count_criteria(standard: Standard) -> int:
    return len({use.criterion.iri for use in standard.uses})
