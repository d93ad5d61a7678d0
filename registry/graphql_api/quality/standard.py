"""Quality standards: what they demand, and the criteria that show it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated

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
from registry.validation.standard import Library
from registry.validation.standard import Requirement as HeldRequirement
from registry.validation.standard import Standard as HeldStandard
from registry.validation.standard import Threshold as HeldThreshold
from registry.validation.standard import Version as HeldVersion
from registry.validation.version import ALWAYS

__all__ = [
    "Criterion",
    "CriterionUse",
    "Requirement",
    "Standard",
    "StandardVersion",
    "Threshold",
    "found",
    "standard",
]


Number = Annotated[str | None, strawberry.argument(description="The number of a version.")]


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
        day = self.frame.day
        using = (
            one for one in standards if any(use.criterion.iri == self.named for use in one.visible(day).uses)
        )
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
    home: Private[HeldStandard]

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

    @field
    def counts(self) -> bool:
        """Whether it counts on the day of the graph; what is announced does not count yet."""
        return any(one.iri == self.held.iri for one in self.home.on(self.frame.day).uses)

    @field
    def counts_from(self) -> date | None:
        """For what is announced: the day from which it counts."""
        begin = self.home.begins(self.held, self.frame.day)
        return begin.counts_from if begin else None

    @field
    def no_longer_counts_from(self) -> date | None:
        """For what an announced version retires: the day from which it counts no longer."""
        end = self.home.ends(self.held, self.frame.day)
        return end.counts_from if end else None


@strawberry.federation.type(keys=["iri"], description="One demand of a standard.")
class Requirement(Thing):
    """A requirement."""

    held: Private[HeldRequirement]
    identifier: str = strawberry.field(description="Its number within the standard.")

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Requirement | None:
        """Find a requirement by its IRI."""
        standard = _homes(frame.edition.rulebook).get(iri)
        shown = standard.visible(frame.day).requirements if standard else ()
        held = next((one for one in shown if one.iri == iri), None)
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
        """How it applies those criteria: at which level, with which thresholds, and who decides.

        What is announced is among them, and says from when it counts.
        """
        home = _homes(self.frame.edition.rulebook)[self.held.iri]
        return [CriterionUse(frame=self.frame, held=one, home=home) for one in self.held.uses]


@strawberry.type(description="A version of a standard; it counts until the next one does.")
class StandardVersion:
    """A version."""

    frame: Private[Frame]
    held: Private[HeldVersion]

    @field
    def number(self) -> str:
        """Its number, such as 1.0.0."""
        return self.held.number

    @field
    def announced(self) -> date | None:
        """The day on which it was announced; null for one that was there from the start."""
        return None if self.held.announced == ALWAYS else self.held.announced

    @field
    def counts_from(self) -> date | None:
        """The first day on which it counts; null for one that was there from the start."""
        return None if self.held.counts_from == ALWAYS else self.held.counts_from

    @field
    def notes(self, language: Spoken = None) -> LocalText | None:
        """What changes with it."""
        text = translated(self.held.notes, *self.frame.speaking(language))
        return LocalText.of(text) if text.value else None


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

    @field
    def version(self) -> str:
        """The number of the version that counts."""
        return self.held.version_on(self.frame.day).number

    @listed(2)
    def versions(self) -> list[StandardVersion]:
        """Its versions in the order in which they count, with those that are announced."""
        known = (one for one in self.held.versions if one.announced <= self.frame.day)
        return [StandardVersion(frame=self.frame, held=one) for one in known]

    @listed(10)
    def requirements(self, version: Number = None) -> list[Requirement]:
        """What it demands, in order: what counts and what is announced, or what one version demands."""
        held = self.held.at(version) if version else self.held.visible(self.frame.day)
        return [requirement(self.frame, one) for one in held.requirements]


@lru_cache(maxsize=4)
def _homes(rulebook: Library) -> dict[URIRef, HeldStandard]:
    """Tell to which standard each requirement belongs."""
    standards = rulebook.standards.values()
    return {requirement.iri: standard for standard in standards for requirement in standard.requirements}


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
