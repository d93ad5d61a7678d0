"""Quality standards: what they demand, and the criteria that show it."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.field import field, listed
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing import code
from registry.graphql_api.thing.node import Thing
from registry.reading.text import translated
from registry.validation.standard import Criterion as HeldCriterion
from registry.validation.standard import CriterionUse as HeldUse
from registry.validation.standard import Requirement as HeldRequirement
from registry.validation.standard import Standard as HeldStandard
from registry.validation.standard import Threshold as HeldThreshold

__all__ = ["Criterion", "CriterionUse", "Requirement", "Standard", "Threshold", "found", "standard"]


@strawberry.federation.type(
    keys=["iri"], description="One thing that can be looked at in a description, shared by all standards."
)
class Criterion(Thing):
    """A criterion."""

    held: Private[HeldCriterion]
    identifier: str = strawberry.field(description="Its short name, such as Q11.")

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Criterion | None:
        """Find a criterion by its IRI."""
        uses = (use for one in frame.edition.rulebook.standards.values() for use in one.uses)
        held = next((use.criterion for use in uses if use.criterion.iri == iri), None)
        return criterion(frame, held) if held else None

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What holds when it is met."""
        return LocalText.of(translated(self.held.names, *self.frame.speaking(language)))

    @field
    def suggestion(self, language: Spoken = None) -> LocalText:
        """How a project can meet it."""
        return LocalText.of(translated(self.held.suggestions, *self.frame.speaking(language)))

    @listed(4)
    def standards(self) -> list[Standard]:
        """The standards that use it."""
        standards = self.frame.edition.rulebook.standards.values()
        using = (one for one in standards if any(use.criterion.iri == self.named for use in one.uses))
        return [standard(self.frame, one) for one in using]


@strawberry.type(description="The value that a standard fills in for one parameter of a criterion.")
class Threshold:
    """A threshold."""

    held: Private[HeldThreshold]

    @field
    def parameter(self) -> str:
        """The IRI of the parameter."""
        return str(self.held.parameter)

    @field
    def value(self) -> str:
        """The least, the most, or the value that is asked for."""
        return str(self.held.value)

    @field
    def months(self) -> int | None:
        """For a greatest age: the months counted back from the day of the check."""
        return self.held.months


@strawberry.type(description="How one requirement applies one criterion.")
class CriterionUse:
    """A use of a criterion."""

    frame: Private[Frame]
    held: Private[HeldUse]

    @field
    def criterion(self) -> Criterion:
        """The criterion."""
        return criterion(self.frame, self.held.criterion)

    @field
    def level(self) -> code.Code:
        """Whether it is asked of everybody, or of those who want more."""
        return code.Code(frame=self.frame, named=self.held.level)

    @field
    def decided_by(self) -> code.Code:
        """Whether a machine, a document or a person decides."""
        return code.Code(frame=self.frame, named=self.held.mode)

    @listed(1)
    def thresholds(self) -> list[Threshold]:
        """What the standard fills in."""
        return [Threshold(held=one) for one in self.held.thresholds]


@strawberry.federation.type(keys=["iri"], description="One demand of a standard.")
class Requirement(Thing):
    """A requirement."""

    held: Private[HeldRequirement]
    identifier: str = strawberry.field(description="Its number within the standard.")

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Requirement | None:
        """Find a requirement by its IRI."""
        standards = frame.edition.rulebook.standards.values()
        held = next((one for each in standards for one in each.requirements if one.iri == iri), None)
        return requirement(frame, held) if held else None

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it demands."""
        return LocalText.of(translated(self.held.titles, *self.frame.speaking(language)))

    @listed(3)
    def criteria(self) -> list[Criterion]:
        """The criteria that show it."""
        held = {use.criterion.iri: use.criterion for use in self.held.uses}
        return [criterion(self.frame, one) for one in held.values()]

    @listed(3)
    def uses(self) -> list[CriterionUse]:
        """How it applies those criteria: at which level, with which thresholds, and who decides."""
        return [CriterionUse(frame=self.frame, held=one) for one in self.held.uses]


@strawberry.federation.type(keys=["iri"], description="A quality standard.")
class Standard(Thing):
    """A quality standard."""

    held: Private[HeldStandard]
    token: str = strawberry.field(description="The short name by which it is asked for.")

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Standard | None:
        """Find a standard by its IRI."""
        return found(frame, iri)

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        return LocalText.of(translated(self.held.titles, *self.frame.speaking(language)))

    @field
    def description(self, language: Spoken = None) -> LocalText:
        """What it is and whose."""
        return LocalText.of(translated(self.held.descriptions, *self.frame.speaking(language)))

    @field
    def source(self) -> str:
        """The publication that it follows, and the place in it."""
        return self.held.source

    @listed(10)
    def requirements(self) -> list[Requirement]:
        """What it demands, in order."""
        return [requirement(self.frame, one) for one in self.held.requirements]


def criterion(frame: Frame, held: HeldCriterion) -> Criterion:
    """Give a criterion to a client."""
    return Criterion(frame=frame, named=held.iri, held=held, identifier=held.identifier)


def requirement(frame: Frame, held: HeldRequirement) -> Requirement:
    """Give a requirement to a client."""
    return Requirement(frame=frame, named=held.iri, held=held, identifier=held.identifier)


def standard(frame: Frame, held: HeldStandard) -> Standard:
    """Give a standard to a client."""
    return Standard(frame=frame, named=held.iri, held=held, token=held.token)


def found(frame: Frame, iri: URIRef | None) -> Standard | None:
    """Give a standard to a client, if it is installed here."""
    held = frame.edition.rulebook.claimed_by(iri) if iri else None
    return standard(frame, held) if held else None
