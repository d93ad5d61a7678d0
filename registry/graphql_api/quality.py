"""Quality standards, and where an initiative stands against them; outcomes are words, never percentages."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import Private

from registry.graphql_api.value import Code, Frame, LocalText, code, field
from registry.reading.standing import Mark as FoundMark
from registry.reading.standing import RequirementStanding as FoundRow
from registry.reading.standing import Standing as FoundStanding
from registry.reading.text import translated
from registry.validation.assessment import Outcome as FoundOutcome
from registry.validation.standard import Criterion as HeldCriterion
from registry.validation.standard import Requirement as HeldRequirement
from registry.validation.standard import Standard as HeldStandard

__all__ = ["Criterion", "Outcome", "Requirement", "Standard", "Standing"]


@strawberry.enum(description="What can be said of a requirement; the worst of its criteria counts.")
class Outcome(Enum):
    """What can be said of a requirement."""

    NOT_MET = strawberry.enum_value(
        FoundOutcome.NOT_MET.value, description="A criterion is still unfulfilled."
    )
    NEEDS_EVIDENCE = strawberry.enum_value(
        FoundOutcome.NEEDS_EVIDENCE.value, description="A dated document has to show it."
    )
    NEEDS_PERSON = strawberry.enum_value(FoundOutcome.NEEDS_PERSON.value, description="Someone has to look.")
    MET = strawberry.enum_value(FoundOutcome.MET.value, description="Every criterion is fulfilled.")
    NOT_APPLICABLE = strawberry.enum_value(
        FoundOutcome.NOT_APPLICABLE.value, description="The criteria concern other projects."
    )


@strawberry.type(description="One thing that can be looked at in a description, shared by all standards.")
class Criterion:
    """A criterion."""

    frame: Private[Frame]
    held: Private[HeldCriterion]

    @field
    def identifier(self) -> str:
        """Its short name, such as Q11."""
        return self.held.identifier

    @field
    def name(self) -> LocalText:
        """What holds when it is met."""
        return _translated(self.frame, self.held.names)

    @field
    def suggestion(self) -> LocalText:
        """How a project can meet it."""
        return _translated(self.frame, self.held.suggestions)

    @field
    def decided_by(self) -> Code:
        """Whether a machine, a document or a person decides."""
        return code(self.frame, self.held.mode)


@strawberry.type(description="One demand of a standard.")
class Requirement:
    """A requirement."""

    frame: Private[Frame]
    held: Private[HeldRequirement]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.held.iri)

    @field
    def identifier(self) -> str:
        """Its number within the standard."""
        return self.held.identifier

    @field
    def title(self) -> LocalText:
        """What it demands."""
        return _translated(self.frame, self.held.titles)

    @field
    def criteria(self) -> list[Criterion]:
        """The criteria that show it."""
        held = {use.criterion.iri: use.criterion for use in self.held.uses}
        return [Criterion(frame=self.frame, held=one) for one in held.values()]


@strawberry.type(description="A quality standard.")
class Standard:
    """A quality standard."""

    frame: Private[Frame]
    held: Private[HeldStandard]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.held.iri)

    @field
    def token(self) -> str:
        """The short name by which it is asked for."""
        return self.held.token

    @field
    def title(self) -> LocalText:
        """Its title."""
        return _translated(self.frame, self.held.titles)

    @field
    def description(self) -> LocalText:
        """What it is and whose."""
        return _translated(self.frame, self.held.descriptions)

    @field
    def requirements(self) -> list[Requirement]:
        """What it demands, in order."""
        return [Requirement(frame=self.frame, held=one) for one in self.held.requirements]


@strawberry.type(description="Where an initiative stands with one requirement.")
class RequirementStanding:
    """One row of a scorecard."""

    frame: Private[Frame]
    found: Private[FoundRow]

    @field
    def requirement(self) -> Requirement:
        """The requirement."""
        return Requirement(frame=self.frame, held=self.found.requirement)

    @field
    def basic(self) -> Outcome | None:
        """The outcome at the basic level; null where that level asks nothing."""
        return _outcome(self.found.basic)

    @field
    def additional(self) -> Outcome | None:
        """The outcome at the additional level; null where that level asks nothing."""
        return _outcome(self.found.additional)

    @field
    def open_criteria(self) -> list[Criterion]:
        """The criteria that keep the requirement open at either level."""
        return [Criterion(frame=self.frame, held=one) for one in self.found.open_criteria]


@strawberry.type(
    description="Where an initiative stands against one standard, as a machine reads its description."
)
class Standing:
    """A scorecard."""

    frame: Private[Frame]
    found: Private[FoundStanding]

    @field
    def standard(self) -> Standard:
        """The standard."""
        return Standard(frame=self.frame, held=self.found.standard)

    @field
    def date(self) -> str:
        """The day on which this was worked out."""
        return str(self.found.date)

    @field
    def basic(self) -> Outcome | None:
        """The worst outcome at the basic level; null where that level asks nothing."""
        return _outcome(self.found.basic)

    @field
    def additional(self) -> Outcome | None:
        """The worst outcome at the additional level; null where that level asks nothing."""
        return _outcome(self.found.additional)

    @field
    def requirements(self) -> list[RequirementStanding]:
        """The requirements one by one."""
        return [RequirementStanding(frame=self.frame, found=one) for one in self.found.requirements]


def _outcome(mark: FoundMark | None) -> Outcome | None:
    return Outcome(mark.outcome.value) if mark else None


def _translated(frame: Frame, texts: dict[str, str]) -> LocalText:
    text = translated(texts, frame.language)
    return LocalText(value=text.value, language=text.language)
