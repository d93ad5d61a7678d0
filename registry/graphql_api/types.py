"""Initiatives, organisations and who does what."""

from __future__ import annotations

import strawberry
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS
from strawberry import Private

from registry.graphql_api.evidence import Contradiction, Statement, contradictions, statements
from registry.graphql_api.quality import Standing
from registry.graphql_api.value import Code, Frame, LocalText, Place, code, codes, field, local_text
from registry.reading.catalogue import KINDS, Entry, Family, last_part
from registry.reading.governance import Assignment, Governance, read_governance
from registry.reading.governance import Direction as FoundDirection
from registry.reading.place import country_name, language_tag, region_name
from registry.reading.standing import read_standings
from registry.reading.statement import read_statements
from registry.vocabulary import KOEPEL

__all__ = ["Direction", "Initiative", "Organisation", "TaskAssignment", "governance_of"]


@strawberry.interface(description="Something with a name in the registry.")
class Thing:
    """What initiatives and organisations have in common."""

    frame: Private[Frame]
    entry: Private[Entry]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.entry.iri)

    @field
    def title(self) -> LocalText:
        """What it is called."""
        text = self.entry.title(self.frame.language)
        return LocalText(value=text.value, language=text.language)

    @field
    def description(self) -> LocalText | None:
        """What it says of itself."""
        return local_text(self.entry.description(self.frame.language))

    @field
    def statements(self) -> list[Statement]:
        """What sources say about it."""
        self.frame.budget.spend()
        found = read_statements(self.frame.edition.store, self.entry.iri)
        return statements(self.frame, found, self.entry.iri)

    @field
    def contradictions(self) -> list[Contradiction]:
        """Statements about it that cannot be right together."""
        self.frame.budget.spend()
        return contradictions(self.frame, read_statements(self.frame.edition.store, self.entry.iri))


@strawberry.type(description="A programme, a project, a pilot, an activity, a platform or a network.")
class Initiative(Thing):
    """An initiative."""

    @field
    def kinds(self) -> list[Code]:
        """What kinds of initiative it is."""
        return codes(self.frame, (one for one in KINDS if one in self.entry.record.links(RDF.type)))

    @field
    def status(self) -> Code | None:
        """Whether it is planned, active or ended."""
        status = self.entry.record.link(KOEPEL.status)
        return code(self.frame, status) if status else None

    @field
    def countries(self) -> list[Place]:
        """The countries in which it works."""
        return [
            Place(iri=str(one), code=last_part(one), name=country_name(last_part(one), self.frame.language))
            for one in self.entry.record.links(KOEPEL.country)
        ]

    @field
    def regions(self) -> list[Place]:
        """The regions (NUTS 2024) in which it works."""
        return [
            Place(iri=str(one), code=last_part(one), name=region_name(last_part(one), self.frame.language))
            for one in self.entry.record.links(KOEPEL.region)
        ]

    @field
    def municipalities(self) -> list[str]:
        """The municipalities in which it works."""
        return [str(one) for one in self.entry.record.literals(KOEPEL.municipality)]

    @field
    def languages(self) -> list[str]:
        """The tags of the languages that it works in."""
        return [language_tag(last_part(one)) for one in self.entry.record.links(DCTERMS.language)]

    @field
    def target_groups(self) -> list[Code]:
        """For whom it is."""
        return codes(self.frame, self.entry.record.links(DCTERMS.audience))

    @field
    def formats(self) -> list[Code]:
        """How people are matched, such as one to one or in a group."""
        return codes(self.frame, self.entry.record.links(KOEPEL.unitFormat))

    @field
    def trajectories(self) -> list[Code]:
        """What kinds of trajectory it offers, such as a buddy or a place to volunteer."""
        return codes(self.frame, self.entry.record.links(KOEPEL.trajectoryType))

    @field
    def modified(self) -> str | None:
        """The day of the last change to its description."""
        day = self.entry.record.literal(DCTERMS.modified)
        return None if day is None else str(day)

    @field
    def publisher(self) -> Organisation | None:
        """Who speaks for it."""
        return _organisation(self.frame, self.entry.record.link(DCTERMS.publisher))

    @field
    def part_of(self) -> Initiative | None:
        """The initiative that it is part of."""
        return _initiative(self.frame, self.entry.record.link(KOEPEL.partOfProgramme))

    @field
    def parts(self) -> list[Initiative]:
        """The initiatives that are part of it."""
        self.frame.budget.spend()
        found = self.frame.edition.catalogue.within(self.entry.iri)
        return [Initiative(frame=self.frame, entry=one) for one in found]

    @field
    def task_assignments(self) -> list[TaskAssignment]:
        """Who does what in it."""
        found = governance_of(self.frame, self.entry.iri).assignments
        return [TaskAssignment(frame=self.frame, found=one) for one in found]

    @field
    def directions(self) -> list[Direction]:
        """How governments direct it."""
        found = governance_of(self.frame, self.entry.iri).directions
        return [Direction(frame=self.frame, found=one) for one in found]

    @field
    def readiness(self, standard: str | None = None) -> list[Standing]:
        """Where it stands against quality standards, or against the one that is named."""
        self.frame.budget.spend()
        edition = self.frame.edition
        found = read_standings(edition.store, edition.library, self.entry.iri)
        return [
            Standing(frame=self.frame, found=one)
            for one in found
            if standard is None or one.standard.token == standard
        ]


@strawberry.type(
    description="An organisation, a government, or a group of them that a source names together."
)
class Organisation(Thing):
    """An organisation."""

    @field
    def other_names(self) -> list[str]:
        """Other names that it goes by."""
        return sorted({str(one) for one in self.entry.record.literals(SKOS.altLabel)})

    @field
    def names(self) -> list[LocalText]:
        """All its names, in every language."""
        found = self.entry.record.literals(FOAF.name)
        return [LocalText(value=str(one), language=one.language or "") for one in found]

    @field
    def types(self) -> list[Code]:
        """What types of organisation it is, such as a foundation or a ministry."""
        return codes(self.frame, self.entry.record.links(KOEPEL.organisationType))

    @field
    def level(self) -> Code | None:
        """At which level of government or civil society it works."""
        level = self.entry.record.link(KOEPEL.governmentLevel)
        return code(self.frame, level) if level else None

    @field
    def task_assignments(self) -> list[TaskAssignment]:
        """What it does in which programme."""
        found = governance_of(self.frame, self.entry.iri).assignments
        return [TaskAssignment(frame=self.frame, found=one) for one in found]

    @field
    def initiatives(self) -> list[Initiative]:
        """The initiatives that it speaks for."""
        self.frame.budget.spend()
        found = self.frame.edition.catalogue.published_by(self.entry.iri)
        return [Initiative(frame=self.frame, entry=one) for one in found]


@strawberry.type(description="One or more tasks of one actor in one programme.")
class TaskAssignment:
    """Who does what."""

    frame: Private[Frame]
    found: Private[Assignment]

    @field
    def iri(self) -> str:
        """Its IRI."""
        return str(self.found.iri)

    @field
    def actor(self) -> Organisation | None:
        """Who has the task."""
        return _organisation(self.frame, self.found.actor)

    @field
    def programme(self) -> Initiative | None:
        """The initiative in which the task is done."""
        return _initiative(self.frame, self.found.programme)

    @field
    def tasks(self) -> list[Code]:
        """What is done."""
        return codes(self.frame, self.found.tasks)

    @field
    def role(self) -> Code | None:
        """The place of the actor in the programme."""
        return code(self.frame, self.found.role) if self.found.role else None

    @field
    def involvement(self) -> Code | None:
        """Whether the actor is responsible, shares, supports, is consulted or is informed."""
        return code(self.frame, self.found.involvement) if self.found.involvement else None

    @field
    def as_of(self) -> str | None:
        """When this held."""
        return None if self.found.as_of is None else str(self.found.as_of)

    @field
    def based_on(self) -> list[str]:
        """The IRIs of the statements that say so."""
        return [str(one) for one in self.found.based_on]


@strawberry.type(description="How one government directs one programme.")
class Direction:
    """How a government directs."""

    frame: Private[Frame]
    found: Private[FoundDirection]

    @field
    def government(self) -> Organisation | None:
        """Who directs."""
        return _organisation(self.frame, self.found.government)

    @field
    def kind(self) -> Code | None:
        """The kind of direction that follows from what is described; null if it stays open."""
        return code(self.frame, self.found.kind) if self.found.kind else None

    @field
    def based_on(self) -> list[str]:
        """The IRIs of the statements that say so."""
        return [str(one) for one in self.found.based_on]


def governance_of(frame: Frame, iri: URIRef) -> Governance:
    """Read who does what in an initiative, or what an organisation does."""
    frame.budget.spend()
    return read_governance(frame.edition.store, iri)


def _organisation(frame: Frame, iri: URIRef | None) -> Organisation | None:
    entry = frame.edition.catalogue.entries.get(iri) if iri else None
    is_one = entry is not None and entry.family is Family.ORGANISATIONS
    return Organisation(frame=frame, entry=entry) if entry and is_one else None


def _initiative(frame: Frame, iri: URIRef | None) -> Initiative | None:
    entry = frame.edition.catalogue.entries.get(iri) if iri else None
    is_one = entry is not None and entry.family is not Family.ORGANISATIONS
    return Initiative(frame=frame, entry=entry) if entry and is_one else None
