"""Initiatives, organisations and who does what."""

from __future__ import annotations

import strawberry
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS
from strawberry import Private

from registry.graphql_api.evidence import Contradiction, Statement, contradictions, statements
from registry.graphql_api.quality import Standing
from registry.graphql_api.value import Code, Frame, LocalText, Place, code, codes, local_text
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

    @strawberry.field(description="Its IRI.")
    def iri(self) -> str:
        """Give the IRI."""
        return str(self.entry.iri)

    @strawberry.field(description="What it is called.")
    def title(self) -> LocalText:
        """Give the title."""
        text = self.entry.title(self.frame.language)
        return LocalText(value=text.value, language=text.language)

    @strawberry.field(description="What it says of itself.")
    def description(self) -> LocalText | None:
        """Give the description."""
        return local_text(self.entry.description(self.frame.language))

    @strawberry.field(description="What sources say about it.")
    def statements(self) -> list[Statement]:
        """Give the statements."""
        self.frame.budget.spend()
        found = read_statements(self.frame.edition.store, self.entry.iri)
        return statements(self.frame, found, self.entry.iri)

    @strawberry.field(description="Statements about it that cannot be right together.")
    def contradictions(self) -> list[Contradiction]:
        """Give the contradictions."""
        self.frame.budget.spend()
        return contradictions(self.frame, read_statements(self.frame.edition.store, self.entry.iri))


@strawberry.type(description="A programme, a project, a pilot, an activity, a platform or a network.")
class Initiative(Thing):
    """An initiative."""

    @strawberry.field(description="What kinds of initiative it is.")
    def kinds(self) -> list[Code]:
        """Give the kinds."""
        return codes(self.frame, (one for one in KINDS if one in self.entry.record.links(RDF.type)))

    @strawberry.field(description="Whether it is planned, active or ended.")
    def status(self) -> Code | None:
        """Give the status."""
        status = self.entry.record.link(KOEPEL.status)
        return code(self.frame, status) if status else None

    @strawberry.field(description="The countries in which it works.")
    def countries(self) -> list[Place]:
        """Give the countries."""
        return [
            Place(iri=str(one), code=last_part(one), name=country_name(last_part(one), self.frame.language))
            for one in self.entry.record.links(KOEPEL.country)
        ]

    @strawberry.field(description="The regions (NUTS 2024) in which it works.")
    def regions(self) -> list[Place]:
        """Give the regions."""
        return [
            Place(iri=str(one), code=last_part(one), name=region_name(last_part(one), self.frame.language))
            for one in self.entry.record.links(KOEPEL.region)
        ]

    @strawberry.field(description="The municipalities in which it works.")
    def municipalities(self) -> list[str]:
        """Give the municipalities."""
        return [str(one) for one in self.entry.record.literals(KOEPEL.municipality)]

    @strawberry.field(description="The tags of the languages that it works in.")
    def languages(self) -> list[str]:
        """Give the languages."""
        return [language_tag(last_part(one)) for one in self.entry.record.links(DCTERMS.language)]

    @strawberry.field(description="For whom it is.")
    def target_groups(self) -> list[Code]:
        """Give the target groups."""
        return codes(self.frame, self.entry.record.links(DCTERMS.audience))

    @strawberry.field(description="How people are matched, such as one to one or in a group.")
    def formats(self) -> list[Code]:
        """Give the forms of the match."""
        return codes(self.frame, self.entry.record.links(KOEPEL.unitFormat))

    @strawberry.field(
        description="What kinds of trajectory it offers, such as a buddy or a place to volunteer."
    )
    def trajectories(self) -> list[Code]:
        """Give the kinds of trajectory."""
        return codes(self.frame, self.entry.record.links(KOEPEL.trajectoryType))

    @strawberry.field(description="The day of the last change to its description.")
    def modified(self) -> str | None:
        """Give the day of the last change."""
        day = self.entry.record.literal(DCTERMS.modified)
        return None if day is None else str(day)

    @strawberry.field(description="Who speaks for it.")
    def publisher(self) -> Organisation | None:
        """Give the publisher."""
        return _organisation(self.frame, self.entry.record.link(DCTERMS.publisher))

    @strawberry.field(description="The initiative that it is part of.")
    def part_of(self) -> Initiative | None:
        """Give what it is part of."""
        return _initiative(self.frame, self.entry.record.link(KOEPEL.partOfProgramme))

    @strawberry.field(description="The initiatives that are part of it.")
    def parts(self) -> list[Initiative]:
        """Give its parts."""
        self.frame.budget.spend()
        found = self.frame.edition.catalogue.within(self.entry.iri)
        return [Initiative(frame=self.frame, entry=one) for one in found]

    @strawberry.field(description="Who does what in it.")
    def task_assignments(self) -> list[TaskAssignment]:
        """Give the assignments."""
        found = governance_of(self.frame, self.entry.iri).assignments
        return [TaskAssignment(frame=self.frame, found=one) for one in found]

    @strawberry.field(description="How governments direct it.")
    def directions(self) -> list[Direction]:
        """Give the directions."""
        found = governance_of(self.frame, self.entry.iri).directions
        return [Direction(frame=self.frame, found=one) for one in found]

    @strawberry.field(
        description="Where it stands against quality standards, or against the one that is named."
    )
    def readiness(self, standard: str | None = None) -> list[Standing]:
        """Give the scorecards."""
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

    @strawberry.field(description="Other names that it goes by.")
    def other_names(self) -> list[str]:
        """Give other names."""
        return sorted({str(one) for one in self.entry.record.literals(SKOS.altLabel)})

    @strawberry.field(description="All its names, in every language.")
    def names(self) -> list[LocalText]:
        """Give all names."""
        found = self.entry.record.literals(FOAF.name)
        return [LocalText(value=str(one), language=one.language or "") for one in found]

    @strawberry.field(description="What types of organisation it is, such as a foundation or a ministry.")
    def types(self) -> list[Code]:
        """Give the types."""
        return codes(self.frame, self.entry.record.links(KOEPEL.organisationType))

    @strawberry.field(description="At which level of government or civil society it works.")
    def level(self) -> Code | None:
        """Give the level."""
        level = self.entry.record.link(KOEPEL.governmentLevel)
        return code(self.frame, level) if level else None

    @strawberry.field(description="What it does in which programme.")
    def task_assignments(self) -> list[TaskAssignment]:
        """Give the assignments."""
        found = governance_of(self.frame, self.entry.iri).assignments
        return [TaskAssignment(frame=self.frame, found=one) for one in found]

    @strawberry.field(description="The initiatives that it speaks for.")
    def initiatives(self) -> list[Initiative]:
        """Give the initiatives that it publishes."""
        self.frame.budget.spend()
        found = self.frame.edition.catalogue.published_by(self.entry.iri)
        return [Initiative(frame=self.frame, entry=one) for one in found]


@strawberry.type(description="One or more tasks of one actor in one programme.")
class TaskAssignment:
    """Who does what."""

    frame: Private[Frame]
    found: Private[Assignment]

    @strawberry.field(description="Its IRI.")
    def iri(self) -> str:
        """Give the IRI."""
        return str(self.found.iri)

    @strawberry.field(description="Who has the task.")
    def actor(self) -> Organisation | None:
        """Give the actor."""
        return _organisation(self.frame, self.found.actor)

    @strawberry.field(description="The initiative in which the task is done.")
    def programme(self) -> Initiative | None:
        """Give the initiative."""
        return _initiative(self.frame, self.found.programme)

    @strawberry.field(description="What is done.")
    def tasks(self) -> list[Code]:
        """Give the tasks."""
        return codes(self.frame, self.found.tasks)

    @strawberry.field(description="The place of the actor in the programme.")
    def role(self) -> Code | None:
        """Give the role."""
        return code(self.frame, self.found.role) if self.found.role else None

    @strawberry.field(
        description="Whether the actor is responsible, shares, supports, is consulted or is informed."
    )
    def involvement(self) -> Code | None:
        """Give the involvement."""
        return code(self.frame, self.found.involvement) if self.found.involvement else None

    @strawberry.field(description="When this held.")
    def as_of(self) -> str | None:
        """Give the date."""
        return None if self.found.as_of is None else str(self.found.as_of)

    @strawberry.field(description="The IRIs of the statements that say so.")
    def based_on(self) -> list[str]:
        """Give the statements behind it."""
        return [str(one) for one in self.found.based_on]


@strawberry.type(description="How one government directs one programme.")
class Direction:
    """How a government directs."""

    frame: Private[Frame]
    found: Private[FoundDirection]

    @strawberry.field(description="Who directs.")
    def government(self) -> Organisation | None:
        """Give the government."""
        return _organisation(self.frame, self.found.government)

    @strawberry.field(
        description="The kind of direction that follows from what is described; null if it stays open."
    )
    def kind(self) -> Code | None:
        """Give the kind."""
        return code(self.frame, self.found.kind) if self.found.kind else None

    @strawberry.field(description="The IRIs of the statements that say so.")
    def based_on(self) -> list[str]:
        """Give the statements behind it."""
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
