"""Organisations, governments, and groups of them."""

from __future__ import annotations

import strawberry
from rdflib import URIRef
from rdflib.namespace import FOAF, ORG, SKOS

from registry.graphql_api.field import field, listed, paged
from registry.graphql_api.kinds import organisations
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText
from registry.graphql_api.thing import code, initiative
from registry.graphql_api.thing.listed import Listed
from registry.reading.entry import Entry, Family
from registry.reading.shelf import by_name
from registry.vocabulary import KOEPEL

__all__ = ["Organisation", "found", "page"]


@strawberry.federation.type(
    keys=["iri"],
    description="An organisation, a government, or a group of them that a source names together.",
)
class Organisation(Listed):
    """An organisation."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Organisation | None:
        """Find an organisation by its IRI."""
        return found(frame, iri)

    @listed(2)
    def names(self) -> list[LocalText]:
        """All its names, in every language."""
        names = self.entry.record.literals(FOAF.name)
        return [LocalText(value=str(one), language=one.language or "") for one in names]

    @field
    def other_names(self) -> list[str]:
        """Other names that it goes by."""
        return sorted({str(one) for one in self.entry.record.literals(SKOS.altLabel)})

    @listed(1)
    def types(self) -> list[code.Code]:
        """What types of organisation it is, such as a foundation or a ministry."""
        return code.codes(self.frame, self.entry.record.links(KOEPEL.organisationType))

    @field
    def level(self) -> code.Code | None:
        """At which level of government or civil society it works."""
        return code.code(self.frame, self.entry.record.link(KOEPEL.governmentLevel))

    @listed(1)
    def member_of(self) -> list[Organisation]:
        """The groups and networks that it belongs to."""
        return organisations(self.frame, self.entry.record.links(ORG.memberOf))

    @paged
    def members(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Organisation]:
        """The organisations that belong to it."""
        entries = by_name(self.frame.edition.catalogue.members_of(self.named), *self.frame.languages)
        listing = Listing(self.frame, f"members of {self.named}", entries)
        return page(listing, Range(first, after, last, before))

    @paged
    def initiatives(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[initiative.Initiative]:
        """The initiatives that it speaks for."""
        entries = by_name(self.frame.edition.catalogue.published_by(self.named), *self.frame.languages)
        listing = Listing(self.frame, f"initiatives of {self.named}", entries)
        return initiative.page(listing, Range(first, after, last, before))


def found(frame: Frame, iri: URIRef | None) -> Organisation | None:
    """Give an organisation to a client, if the registry knows one of this name."""
    entry = frame.edition.catalogue.entries.get(iri) if iri else None
    is_one = entry is not None and entry.family is Family.ORGANISATIONS
    return Organisation(frame=frame, named=entry.iri, entry=entry) if entry and is_one else None


def page(listing: Listing[Entry], asked: Range) -> Connection[Organisation]:
    """Give a page of organisations to a client."""
    return Connection.of(
        listing, asked, lambda entry: Organisation(frame=listing.frame, named=entry.iri, entry=entry)
    )
