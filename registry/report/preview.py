"""What a change of a standard would mean for labelled projects, in tables for readers and as data.

As JSON:

    {"standard", "version", "on" (a date),
     "projects": [{"initiative", "case", "organisation", "label_version", "valid_until" (a date),
                   "basis", "digest", "level_today", "level_then", "affected",
                   "requirements": [{"requirement", "level", "before", "after"}],
                   "criteria": [{"requirement", "criterion", "use", "level", "before", "after", "waits"}]}],
     "obstacles": [{"requirement", "criterion", "use", "level", "projects", "counts": {outcome: count}}]}

A basis is `today` or `assessed`: which description a machine looked at. A level is reached, waits (for
documents or for people) or is missed. Outcomes are as in a check; `before` is null for what counts only then,
and `after` for what counts no longer.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from registry.certification.outlook.preview import obstacles
from registry.report.csv import write_rows
from registry.report.naming import choose
from registry.report.sheet import Sheet
from registry.report.words import Words
from registry.validation.assessment import Outcome
from registry.validation.composition import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from registry.certification.outlook.preview import Change, Obstacle, Shift
    from registry.validation.standard import CriterionUse, Requirement, Standard

__all__ = ["PreviewReader"]

COLUMNS = (
    "initiative",
    "case",
    "label_version",
    "basis",
    "level_today",
    "level_then",
    "requirement",
    "criterion",
    "level",
    "before",
    "after",
)
"""The names of the columns stay in English, so that one spreadsheet fits every language."""
REACHED, WAITS, MISSED = "reached", "waits", "missed"
"""What can be said of the level of a label."""


@dataclass(frozen=True)
class PreviewReader:
    """Says in one language what a version of a standard would change."""

    standard: Standard
    """At the version that is tried."""
    changes: Sequence[Change]
    on: date
    language: str
    name: Callable[[str], str] = str
    """Says what an initiative is called; without it, its IRI stands for it."""

    @property
    def version(self) -> str:
        """The number of the version that is tried."""
        return self.standard.version.number if self.standard.version else ""

    def sheets(self) -> tuple[Sheet, Sheet]:
        """Show what most projects lack, and then project by project; those with most at stake lead."""
        return self._obstacles(), self._projects()

    def json(self) -> str:
        """Write everything as one JSON object."""
        told = {
            "standard": self.standard.token,
            "version": self.version,
            "on": self.on.isoformat(),
            "projects": [_project(one) for one in self.changes],
            "obstacles": [_obstacle(one) for one in obstacles(self.changes)],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)

    def csv(self) -> str:
        """Write a row for each project and each criterion that changes; a project without any has one row."""
        return write_rows(COLUMNS, (row for change in self.changes for row in _rows(change)))

    @property
    def _words(self) -> Words:
        return Words(self.language)

    def _obstacles(self) -> Sheet:
        _, words = self._words.say, self._words
        found = obstacles(self.changes)
        rows = [
            (
                self._requirement(one.requirement),
                self._criterion(one.use),
                str(one.projects),
                words.counts(dict(sorted(one.counts.items()))),
            )
            for one in found
        ]
        title = _("What most labelled projects would lack")
        notes = () if found else (_("Nothing: every labelled project shows all that is new."),)
        headings = (_("Requirement"), _("Criterion"), _("Projects"), _("Outcomes"))
        return Sheet(title, (*self._summary(), *notes), headings, tuple(rows))

    def _summary(self) -> Iterator[str]:
        _, words = self._words.say, self._words
        yield _(
            "Version {version} of {standard}, as of {day}. Labels tried: {count}. "
            "Nothing is decided by this.",
            version=self.version,
            standard=choose(self.standard.titles, self.language),
            count=len(self.changes),
            day=words.day(self.on),
        )
        counts = Counter(str(one.verdict) for one in self.changes)
        yield _(
            "Level reached: {reached}. Waiting for documents or for people: {waits}. Level missed: {missed}.",
            reached=counts[REACHED],
            waits=counts[WAITS],
            missed=counts[MISSED],
        )

    def _projects(self) -> Sheet:
        _ = self._words.say
        order = [MISSED, WAITS, REACHED]
        ordered = sorted(
            self.changes, key=lambda one: (order.index(one.verdict), not one.is_affected, one.case.iri)
        )
        headings = (_("Project"), _("What is asked"), _("Today"), _("Then"))
        rows = tuple(row for change in ordered for row in self._project_rows(change))
        return Sheet(_("Project by project"), (), headings, rows)

    def _project_rows(self, change: Change) -> Iterator[tuple[str, ...]]:
        _, words = self._words.say, self._words
        basis = {
            "today": _("description of today"),
            "assessed": _("description as it was assessed"),
        }[str(change.basis)]
        head = f"{self.name(change.case.subject)} ({change.case.number}, {basis})"
        yield (
            head,
            _("Level of the label"),
            self._verdict(change.verdict_before),
            self._verdict(change.verdict),
        )
        for one in change.shifts:
            place = f"{one.requirement.identifier}, {self._criterion(one.use)} [{self._level(one.use)}]"
            yield head, place, words.outcome(one.before), words.outcome(one.after)

    def _verdict(self, verdict: str) -> str:
        _ = self._words.say
        return {
            REACHED: _("reached"),
            WAITS: _("waits for documents or for people"),
            MISSED: _("missed"),
        }[str(verdict)]

    def _level(self, use: CriterionUse) -> str:
        return self._words.additional if _last(use.level) == "additional" else self._words.basic

    def _requirement(self, requirement: Requirement) -> str:
        return f"{requirement.identifier} {choose(requirement.titles, self.language)}"

    def _criterion(self, use: CriterionUse) -> str:
        name = fill(choose(use.criterion.names, self.language), use.thresholds, self.language)
        return f"{use.criterion.identifier} {name}"


def _rows(change: Change) -> Iterator[tuple[str, ...]]:
    label = change.case.label
    head = (
        change.case.subject,
        change.case.number,
        label.version if label else "",
        change.basis.value,
        change.verdict_before.value,
        change.verdict.value,
    )
    for one in change.shifts:
        told = one.requirement.identifier, one.use.criterion.identifier, _last(one.use.level)
        yield *head, *told, one.before or "", one.after or ""
    if not change.shifts:
        yield *head, "", "", "", "", ""


def _project(change: Change) -> dict[str, Any]:
    label = change.case.label
    return {
        "initiative": change.case.subject,
        "case": change.case.iri,
        "organisation": change.case.organisation,
        "label_version": label.version if label else None,
        "valid_until": label.expires.isoformat() if label else None,
        "basis": change.basis,
        "digest": change.digest,
        "level_today": change.verdict_before,
        "level_then": change.verdict,
        "affected": change.is_affected,
        "requirements": [
            {
                "requirement": one.requirement.identifier,
                "level": _last(one.level),
                "before": one.before,
                "after": one.after,
            }
            for one in change.requirements
        ],
        "criteria": [_criterion(one) | {"waits": one in change.waiting} for one in change.shifts],
    }


def _criterion(shift: Shift) -> dict[str, Any]:
    return _place(shift.requirement, shift.use) | {"before": shift.before, "after": shift.after}


def _obstacle(obstacle: Obstacle) -> dict[str, Any]:
    counts = {outcome: obstacle.counts[outcome] for outcome in Outcome if outcome in obstacle.counts}
    return _place(obstacle.requirement, obstacle.use) | {"projects": obstacle.projects, "counts": counts}


def _place(requirement: Requirement, use: CriterionUse) -> dict[str, str]:
    return {
        "requirement": requirement.identifier,
        "criterion": use.criterion.identifier,
        "use": str(use.iri),
        "level": _last(use.level),
    }


def _last(code: str) -> str:
    return code.rpartition("/")[2]
