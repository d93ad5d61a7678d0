"""What a check found, said in the reader's language and ready to be written down.

A `ReportView` holds one description; below it stand the standards, for each the scorecards of the initiatives
and, requirement by requirement, what to mend. Everything is there at once. What is missing on many things in
the same way is said once, with all the places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from registry.validation.assessment import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = [
    "SHOWN",
    "Advice",
    "AskedView",
    "ComingView",
    "Gap",
    "Place",
    "ReportView",
    "RequirementView",
    "RowView",
    "ScorecardView",
    "Severity",
    "StandardView",
]

SHOWN: Final = 5
"""How many places people are shown for one gap; the others are counted."""


class Severity(StrEnum):
    """Whether something stands in the way, or would make a good thing better."""

    MUST = "must"
    ADVICE = "advice"


@dataclass(frozen=True)
class Place:
    """Where something is missing or wrong: the thing, the property, and the value if there is one."""

    thing: str
    property: str
    value: str


@dataclass(frozen=True)
class Gap:
    """One thing that is missing or wrong, and every place where it is."""

    message: str
    outcome: Outcome
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Advice:
    """A criterion that is not met: what is missing, and how to mend it."""

    criterion: str
    name: str
    severity: Severity
    gaps: tuple[Gap, ...]
    suggestion: str
    snippet: str


@dataclass(frozen=True)
class RequirementView:
    """A requirement about which something is to be said."""

    identifier: str
    title: str
    advice: tuple[Advice, ...]
    judgements: tuple[str, ...]
    """The criteria for which a person has to look."""


@dataclass(frozen=True)
class RowView:
    """One requirement in a scorecard; nothing stands where the standard asks nothing at that level."""

    identifier: str
    title: str
    basic: Outcome | None
    additional: Outcome | None


@dataclass(frozen=True)
class ScorecardView:
    """Where one initiative stands."""

    initiative: str
    outcome: Outcome
    rows: tuple[RowView, ...]

    @property
    def basic(self) -> dict[Outcome, int]:
        """How many requirements have which outcome at the basic level."""
        return _count(row.basic for row in self.rows)

    @property
    def additional(self) -> dict[Outcome, int]:
        """The same at the additional level."""
        return _count(row.additional for row in self.rows)


@dataclass(frozen=True)
class AskedView:
    """One use of a criterion, and what can be said of it: the worst of all initiatives in the description."""

    requirement: str
    title: str
    criterion: str
    name: str
    level: str
    """`basic` or `additional`."""
    outcome: Outcome


@dataclass(frozen=True)
class ComingView:
    """A version of a standard that is announced: what changes, and how the description would stand."""

    version: str
    counts_from: date
    note: str
    conforms: bool
    """True when nothing basic would be missing if it counted today."""
    added: tuple[AskedView, ...]
    retired: tuple[AskedView, ...]
    requirements: tuple[RequirementView, ...]
    """What to mend of that which it adds."""


@dataclass(frozen=True)
class StandardView:
    """A description held against one standard."""

    token: str
    title: str
    conforms: bool
    scorecards: tuple[ScorecardView, ...]
    requirements: tuple[RequirementView, ...]
    coming: tuple[ComingView, ...] = ()


@dataclass(frozen=True)
class ReportView:
    """Everything that was found in one description."""

    document: str
    language: str
    on: date
    conforms: bool
    standards: tuple[StandardView, ...]
    remarks: tuple[str, ...]
    prefixes: tuple[str, ...]
    """The lines that the snippets need at the top of the file."""


def _count(outcomes: Iterable[Outcome | None]) -> dict[Outcome, int]:
    found = Counter(one for one in outcomes if one is not None)
    return {one: found[one] for one in Outcome if found[one]}
