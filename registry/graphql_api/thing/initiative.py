"""Programmes, projects, pilots, activities, platforms and networks."""

from __future__ import annotations

import strawberry
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS

from registry.graphql_api.certification import label
from registry.graphql_api.certification.scheme import Day
from registry.graphql_api.evidence import direction
from registry.graphql_api.field import field, listed, paged
from registry.graphql_api.kinds import AnOrganisation, organisation, organisations
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.quality import standard, standing
from registry.graphql_api.session import Frame
from registry.graphql_api.thing import award, code, place
from registry.graphql_api.thing.listed import Listed
from registry.reading.entry import KINDS, Entry, Family, last_part
from registry.reading.place import language_tag
from registry.reading.shelf import by_name
from registry.vocabulary import KOEPEL

__all__ = ["Initiative", "found", "page"]


@strawberry.federation.type(
    keys=["iri"], description="A programme, a project, a pilot, an activity, a platform or a network."
)
class Initiative(Listed):
    """An initiative."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Initiative | None:
        """Find an initiative by its IRI."""
        return found(frame, iri)

    @listed(2)
    def kinds(self) -> list[code.Code]:
        """What kinds of initiative it is."""
        types = self.entry.record.links(RDF.type)
        return code.codes(self.frame, (one for one in KINDS if one in types))

    @field
    def status(self) -> code.Code | None:
        """Whether it is planned, active or ended."""
        return code.code(self.frame, self.entry.record.link(KOEPEL.status))

    @field
    def intensity(self) -> code.Code | None:
        """How much time the people who are matched spend together."""
        return code.code(self.frame, self.entry.record.link(KOEPEL.intensity))

    @listed(1)
    def countries(self) -> list[place.Place]:
        """The countries in which it works."""
        return place.countries(self.frame, self.entry.record.links(KOEPEL.country))

    @listed(1)
    def regions(self) -> list[place.Place]:
        """The regions (NUTS 2024) in which it works."""
        return place.regions(self.frame, self.entry.record.links(KOEPEL.region))

    @field
    def municipalities(self) -> list[str]:
        """The municipalities in which it works."""
        return [str(one) for one in self.entry.record.literals(KOEPEL.municipality)]

    @field
    def languages(self) -> list[str]:
        """The tags of the languages that it works in."""
        return [language_tag(last_part(one)) for one in self.entry.record.links(DCTERMS.language)]

    @listed(2)
    def target_groups(self) -> list[code.Code]:
        """For whom it is."""
        return code.codes(self.frame, self.entry.record.links(DCTERMS.audience))

    @listed(2)
    def formats(self) -> list[code.Code]:
        """How people are matched, such as one to one or in a group."""
        return code.codes(self.frame, self.entry.record.links(KOEPEL.unitFormat))

    @listed(1)
    def trajectories(self) -> list[code.Code]:
        """What kinds of trajectory it offers, such as a buddy or a place to volunteer."""
        return code.codes(self.frame, self.entry.record.links(KOEPEL.trajectoryType))

    @field
    def modified(self) -> str | None:
        """The day of the last change to its description."""
        day = self.entry.record.literal(DCTERMS.modified)
        return None if day is None else str(day)

    @field
    def publisher(self) -> AnOrganisation | None:
        """Who speaks for it."""
        return organisation(self.frame, self.entry.record.link(DCTERMS.publisher))

    @listed(2)
    def carriers(self) -> list[AnOrganisation]:
        """Who carries it: organisations, and groups with their members.

        Where it names nobody, those who carry the initiative that it is part of.
        """
        return organisations(self.frame, self.entry.carriers)

    @field
    def part_of(self) -> Initiative | None:
        """The initiative that it is part of."""
        return found(self.frame, self.entry.record.link(KOEPEL.partOfProgramme))

    @paged
    def parts(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Initiative]:
        """The initiatives that are part of it."""
        entries = by_name(self.frame.edition.catalogue.within(self.named), *self.frame.languages)
        return page(Listing(self.frame, f"parts of {self.named}", entries), Range(first, after, last, before))

    @listed(1)
    async def directions(self) -> list[direction.Direction]:
        """How governments direct it."""
        governance = await self.frame.load.governance.load(self.named)
        return direction.directions(self.frame, governance.directions)

    @listed(2)
    def claims(self) -> list[standard.Standard]:
        """The standards that it claims to meet, as far as they are known here."""
        claimed = self.entry.record.links(KOEPEL.meets)
        return [one for iri in claimed if (one := standard.found(self.frame, iri))]

    @listed(4)
    async def readiness(self, standards: standing.Tokens = None) -> list[standing.Standing]:
        """Where it stands against quality standards: all that judge its like, or those that are named."""
        return await standing.standings(self.frame, self.entry, standards)

    @listed(1)
    async def labels(self) -> list[award.Label]:
        """The labels that documents say it has, each with whether a certifying body stands behind it.

        Labels that certifying bodies have granted here are `confirmedLabels`.
        """
        return await award.labels(self.frame, self.named)

    @listed(1)
    def confirmed_labels(self, on: Day = None) -> list[label.ConfirmedLabel]:
        """The labels that certifying bodies have granted it here by a day, as they stood then."""
        return label.confirmed_labels(self.frame, str(self.named), on)


def found(frame: Frame, iri: URIRef | None) -> Initiative | None:
    """Give an initiative to a client, if the registry knows one of this name."""
    entry = frame.edition.catalogue.entries.get(iri) if iri else None
    is_one = entry is not None and entry.family is not Family.ORGANISATIONS
    return Initiative(frame=frame, named=entry.iri, entry=entry) if entry and is_one else None


def page(listing: Listing[Entry], asked: Range) -> Connection[Initiative]:
    """Give a page of initiatives to a client."""
    return Connection.of(
        listing, asked, lambda entry: Initiative(frame=listing.frame, named=entry.iri, entry=entry)
    )
