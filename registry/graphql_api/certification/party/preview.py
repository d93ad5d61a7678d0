"""What another version of a standard would mean for labels, before anything is decided."""

from __future__ import annotations

from enum import Enum
from functools import partial
from threading import BoundedSemaphore
from typing import Final

import strawberry
from strawberry import Private

from registry.certification.outlook.preview import Change, Shift
from registry.certification.outlook.preview import Verdict as HeldVerdict
from registry.certification.outlook.preview import preview as survey
from registry.certification.sight import may_see
from registry.errors import LimitError
from registry.graphql_api.certification.assessed import UseOfCriterion
from registry.graphql_api.certification.label import ConfirmedLabel, confirmed
from registry.graphql_api.certification.party.entry import Entry
from registry.graphql_api.field import field, listed
from registry.graphql_api.quality.outcome import Outcome, outcome

__all__ = ["LabelPreview", "PreviewShift", "Prospect", "previews"]

AT_ONCE: Final = BoundedSemaphore(1)
"""Every description is assessed anew, which takes a processor for a while."""
PATIENCE: Final = 5.0


@strawberry.enum(description="Whether a project reaches the level of its label.")
class Prospect(Enum):
    """Whether a level is reached."""

    REACHED = strawberry.enum_value(HeldVerdict.REACHED.value, description="It does.")
    WAITS = strawberry.enum_value(
        HeldVerdict.WAITS.value, description="It may, once documents are shown or people have judged."
    )
    MISSED = strawberry.enum_value(HeldVerdict.MISSED.value, description="It does not.")


@strawberry.type(description="A demand that comes or goes with a version, and how a project stands with it.")
class PreviewShift(UseOfCriterion):
    """A demand that comes or goes."""

    held: Private[Shift]

    @field
    def before(self) -> Outcome | None:
        """How it stands now; null for what does not count yet."""
        return outcome(self.held.before)

    @field
    def after(self) -> Outcome | None:
        """How it would stand; null for what would count no longer."""
        return outcome(self.held.after)

    @field
    def lost(self) -> bool:
        """Whether the version asks something that is not met, or that nobody has judged."""
        return self.held.is_lost

    @field
    def gained(self) -> bool:
        """Whether something open is no longer asked, or something that is asked then is met."""
        return self.held.is_gained


@strawberry.type(description="What a version of a standard would mean for one label.")
class LabelPreview:
    """A preview."""

    entry: Private[Entry]
    held: Private[Change]

    @field
    def label(self) -> ConfirmedLabel | None:
        """The label."""
        return confirmed(self.entry.frame, self.held.case)

    @field
    def now(self) -> Prospect:
        """Whether its level is reached under the version by which it was granted."""
        return Prospect(str(self.held.verdict_before))

    @field
    def then(self) -> Prospect:
        """Whether its level would be reached under the version that is tried."""
        return Prospect(str(self.held.verdict))

    @field
    def affected(self) -> bool:
        """Whether the project has reason to act."""
        return self.held.is_affected

    @listed(5)
    def shifts(self) -> list[PreviewShift]:
        """The demands that come or go, in the order of the requirements."""
        return [
            PreviewShift(
                frame=self.entry.frame, named=str(one.use.iri), place=(one.requirement, one.use), held=one
            )
            for one in self.held.shifts
        ]


def previews(entry: Entry, token: str, version: str) -> list[LabelPreview]:
    """Give to a client what a version would mean for the labels to whose cases it is a party."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise LimitError("preview-busy", "Another preview is being made. Please try again in a minute.")
    try:
        changes = survey(entry.desk, token, version, only=partial(may_see, entry.actor))
    finally:
        AT_ONCE.release()
    return [LabelPreview(entry=entry, held=one) for one in changes]
