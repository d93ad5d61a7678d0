"""Label schemes that this registry has adopted: which labels there are, and who may award them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry
from rdflib import URIRef
from strawberry import Private

from registry.graphql_api.certification.casebook import casebook
from registry.graphql_api.field import field, listed
from registry.graphql_api.kinds import anything
from registry.graphql_api.quality import standard
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing.node import Thing, iri_of
from registry.reading.text import translated
from registry.scheme.scheme import Authority as HeldAuthority
from registry.scheme.scheme import Level as HeldLevel
from registry.scheme.scheme import Scheme as HeldScheme

__all__ = ["Authority", "Day", "Level", "Scheme", "found", "level", "scheme", "schemes"]

Day = Annotated[date | None, strawberry.argument(description="A day; that of the answer if not said.")]


@strawberry.type(description="A grade of a label: all that is basic, and so much of what is additional.")
class Level:
    """A level of a label."""

    frame: Private[Frame]
    named: Private[str]
    held: Private[HeldLevel | None]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return self.named

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        if self.held is None:
            return self.frame.name(URIRef(self.named), language)
        return LocalText.of(translated(self.held.titles, *self.frame.speaking(language)))

    @field
    def position(self) -> int | None:
        """Its rank, counted from one; a higher one asks for more. Null if the scheme does not have it."""
        return self.held.position if self.held else None

    @field
    def additional(self) -> int | None:
        """So many criteria of the additional level must be met, at least."""
        return self.held.additional if self.held else None

    @field
    def mandatory(self) -> list[str]:
        """The IRIs of criteria of the additional level that must be among them."""
        return sorted(self.held.mandatory) if self.held else []


@strawberry.type(description="That a body may decide under a scheme, between two days.")
class Authority:
    """An authority."""

    frame: Private[Frame]
    held: Private[HeldAuthority]

    @field
    def body(self) -> Thing:
        """The organisation that may decide."""
        return anything(self.frame, URIRef(self.held.body))

    @field
    def start(self) -> date | None:
        """The first day; null if it is not said."""
        return self.held.start

    @field
    def end(self) -> date | None:
        """The last day; null until further notice."""
        return self.held.end

    @field
    def holds(self, on: Day = None) -> bool:
        """Whether the body may decide on a day."""
        return self.held.holds(on or self.frame.day)


@strawberry.federation.type(
    keys=["iri"], description="A label scheme that this registry has adopted; every number is its owner's."
)
class Scheme(Thing):
    """A label scheme."""

    held: Private[HeldScheme]

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Scheme | None:
        """Find an adopted scheme by its IRI."""
        return found(frame, iri)

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        return LocalText.of(translated(self.held.titles, *self.frame.speaking(language)))

    @field
    def description(self, language: Spoken = None) -> LocalText:
        """What it is for."""
        return LocalText.of(translated(self.held.descriptions, *self.frame.speaking(language)))

    @field
    def owner(self) -> Thing:
        """The organisation whose scheme it is."""
        return anything(self.frame, URIRef(self.held.owner))

    @field
    def standard(self) -> standard.Standard | None:
        """The standard behind it, if that is installed here."""
        held = self.frame.edition.rulebook.standards.get(self.held.standard)
        return standard.standard(self.frame, held) if held else None

    @listed(2)
    def levels(self) -> list[Level]:
        """Its levels, from the lowest to the highest."""
        return [Level(frame=self.frame, named=one.iri, held=one) for one in self.held.levels]

    @listed(2)
    def authorities(self) -> list[Authority]:
        """Who may decide under it, and when."""
        return [Authority(frame=self.frame, held=one) for one in self.held.authorities]

    @field
    def validity_months(self) -> int:
        """How many months a label holds, unless decided otherwise."""
        return self.held.validity_months

    @field
    def from_first(self) -> bool:
        """Whether the end of a renewed label is counted from the first award."""
        return self.held.from_first

    @field
    def sessions(self) -> int:
        """How many sessions an audit has at least; 0 if none is asked."""
        return self.held.sessions

    @field
    def mentors(self) -> int:
        """How many mentors an audit hears at least."""
        return self.held.mentors

    @field
    def mentees(self) -> int:
        """How many mentees an audit hears at least."""
        return self.held.mentees

    @field
    def appeal_days(self) -> int:
        """So many days after a decision an appeal may come in; 0 if there is none."""
        return self.held.appeal_days

    @field
    def evidence_months(self) -> int | None:
        """How old evidence may be when it is assessed, in months; null if that is left open."""
        return self.held.evidence_months

    @field
    def reminder_months(self) -> list[int]:
        """So many months before the end those concerned are reminded."""
        return list(self.held.reminder_months)

    @field
    def conditions(self) -> bool:
        """Whether a label can be granted while something basic is still to be mended."""
        return self.held.conditions

    @field
    def fictitious(self) -> bool:
        """Whether it is an example that nobody awards."""
        return self.held.fictitious


def schemes(frame: Frame) -> list[Scheme]:
    """Give all adopted schemes to a client."""
    return [scheme(frame, one) for one in casebook(frame).caseload.schemes.values()]


def found(frame: Frame, iri: str) -> Scheme | None:
    """Give a scheme to a client, if it is adopted here."""
    held = casebook(frame).caseload.schemes.get(str(iri))
    return scheme(frame, held) if held else None


def scheme(frame: Frame, held: HeldScheme) -> Scheme:
    """Give a scheme to a client."""
    return Scheme(frame=frame, named=iri_of(held.iri), held=held)


def level(frame: Frame, held: HeldScheme, iri: str) -> Level:
    """Give a level to a client; one that the scheme does not have is known by its name alone."""
    return Level(frame=frame, named=iri, held=held.level(iri))
