"""Quality standards, and where an initiative stands against them; outcomes are words, never percentages."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import Private

from registry.graphql_api.value import Code, Frame, LocalText, code
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

    @strawberry.field(description="Its short name, such as Q11.")
    def identifier(self) -> str:
        """Give the short name."""
        return self.held.identifier

    @strawberry.field(description="What holds when it is met.")
    def name(self) -> LocalText:
        """Give the name."""
        return _translated(self.frame, self.held.names)

    @strawberry.field(description="How a project can meet it.")
    def suggestion(self) -> LocalText:
        """Give the suggestion."""
        return _translated(self.frame, self.held.suggestions)

    @strawberry.field(description="Whether a machine, a document or a person decides.")
    def decided_by(self) -> Code:
        """Give the way of deciding."""
        return code(self.frame, self.held.mode)


@strawberry.type(description="One demand of a standard.")
class Requirement:
    """A requirement."""

    frame: Private[Frame]
    held: Private[HeldRequirement]

    @strawberry.field(description="Its IRI.")
    def iri(self) -> str:
        """Give the IRI."""
        return str(self.held.iri)

    @strawberry.field(description="Its number within the standard.")
    def identifier(self) -> str:
        """Give the number."""
        return self.held.identifier

    @strawberry.field(description="What it demands.")
    def title(self) -> LocalText:
        """Give the title."""
        return _translated(self.frame, self.held.titles)

    @strawberry.field(description="The criteria that show it.")
    def criteria(self) -> list[Criterion]:
        """Give the criteria, each once."""
        held = {use.criterion.iri: use.criterion for use in self.held.uses}
        return [Criterion(frame=self.frame, held=one) for one in held.values()]


@strawberry.type(description="A quality standard.")
class Standard:
    """A quality standard."""

    frame: Private[Frame]
    held: Private[HeldStandard]

    @strawberry.field(description="Its IRI.")
    def iri(self) -> str:
        """Give the IRI."""
        return str(self.held.iri)

    @strawberry.field(description="The short name by which it is asked for.")
    def token(self) -> str:
        """Give the short name."""
        return self.held.token

    @strawberry.field(description="Its title.")
    def title(self) -> LocalText:
        """Give the title."""
        return _translated(self.frame, self.held.titles)

    @strawberry.field(description="What it is and whose.")
    def description(self) -> LocalText:
        """Give the description."""
        return _translated(self.frame, self.held.descriptions)

    @strawberry.field(description="What it demands, in order.")
    def requirements(self) -> list[Requirement]:
        """Give the requirements."""
        return [Requirement(frame=self.frame, held=one) for one in self.held.requirements]


@strawberry.type(description="Where an initiative stands with one requirement.")
class RequirementStanding:
    """One row of a scorecard."""

    frame: Private[Frame]
    found: Private[FoundRow]

    @strawberry.field(description="The requirement.")
    def requirement(self) -> Requirement:
        """Give the requirement."""
        return Requirement(frame=self.frame, held=self.found.requirement)

    @strawberry.field(description="The outcome at the basic level; null where that level asks nothing.")
    def basic(self) -> Outcome | None:
        """Give the outcome at the basic level."""
        return _outcome(self.found.basic)

    @strawberry.field(description="The outcome at the additional level; null where that level asks nothing.")
    def additional(self) -> Outcome | None:
        """Give the outcome at the additional level."""
        return _outcome(self.found.additional)

    @strawberry.field(description="The criteria that keep the requirement open at either level.")
    def open_criteria(self) -> list[Criterion]:
        """Give the criteria that are not met."""
        return [Criterion(frame=self.frame, held=one) for one in self.found.open_criteria]


@strawberry.type(
    description="Where an initiative stands against one standard, as a machine reads its description."
)
class Standing:
    """A scorecard."""

    frame: Private[Frame]
    found: Private[FoundStanding]

    @strawberry.field(description="The standard.")
    def standard(self) -> Standard:
        """Give the standard."""
        return Standard(frame=self.frame, held=self.found.standard)

    @strawberry.field(description="The day on which this was worked out.")
    def date(self) -> str:
        """Give the day."""
        return str(self.found.date)

    @strawberry.field(description="The worst outcome at the basic level; null where that level asks nothing.")
    def basic(self) -> Outcome | None:
        """Give the outcome at the basic level."""
        return _outcome(self.found.basic)

    @strawberry.field(
        description="The worst outcome at the additional level; null where that level asks nothing."
    )
    def additional(self) -> Outcome | None:
        """Give the outcome at the additional level."""
        return _outcome(self.found.additional)

    @strawberry.field(description="The requirements one by one.")
    def requirements(self) -> list[RequirementStanding]:
        """Give the rows."""
        return [RequirementStanding(frame=self.frame, found=one) for one in self.found.requirements]


def _outcome(mark: FoundMark | None) -> Outcome | None:
    return Outcome(mark.outcome.value) if mark else None


def _translated(frame: Frame, texts: dict[str, str]) -> LocalText:
    text = translated(texts, frame.language)
    return LocalText(value=text.value, language=text.language)
