"""Whether the description that is published still says what a label rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import strawberry
from strawberry import Private

from registry.certification.life.case import Case
from registry.certification.outlook.live import Live, Loss, look
from registry.graphql_api.certification.assessed import UseOfCriterion
from registry.graphql_api.field import field, listed
from registry.graphql_api.quality.outcome import Outcome
from registry.graphql_api.session import Frame

__all__ = ["CriterionChange", "LiveCheck", "watched"]


@strawberry.type(description="A criterion of which the description says something else than before.")
class CriterionChange(UseOfCriterion):
    """A change."""

    held: Private[Loss]

    @field
    def before(self) -> Outcome:
        """What was found when the label was granted."""
        return Outcome(str(self.held.before))

    @field
    def now(self) -> Outcome:
        """What a machine finds in the published description."""
        return Outcome(str(self.held.now))


@strawberry.type(
    description="How the published description compares with the one that was assessed. It is for people to "
    "look at: no label is revoked by it."
)
class LiveCheck:
    """A look at the published description."""

    frame: Private[Frame]
    held: Private[Live]

    @field
    def on(self) -> date:
        """The day as of which a machine looked."""
        return self.held.day

    @field
    def digest(self) -> str | None:
        """The SHA-256 of the published description; null where there is none."""
        return self.held.digest or None

    @listed(2)
    def lost(self) -> list[CriterionChange]:
        """What held when the label was granted and does not hold now."""
        return self._changes(self.held.lost)

    @listed(2)
    def gained(self) -> list[CriterionChange]:
        """What did not hold then and holds now."""
        return self._changes(self.held.gained)

    @field
    def absence(self) -> str | None:
        """Why there is nothing to compare, such as withdrawn; or unreachable, when the last text counts."""
        return self.held.absence or None

    @field
    def absent_since(self) -> datetime | None:
        """Since when that is so."""
        return self.held.since

    def _changes(self, changes: Iterable[Loss]) -> list[CriterionChange]:
        return [
            CriterionChange(
                frame=self.frame, named=str(one.use.iri), place=(one.requirement, one.use), held=one
            )
            for one in changes
        ]


def watched(frame: Frame, case: Case) -> LiveCheck | None:
    """Give to a client how the description that is published on the day of a case compares."""
    return LiveCheck(frame=frame, held=look(frame.desk, case, case.day)) if frame.desk else None
