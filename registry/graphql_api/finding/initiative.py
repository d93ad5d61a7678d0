"""Filters and counts for initiatives."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from typing import Annotated, Final

import strawberry
from strawberry import Private

from registry.graphql_api.field import listed
from registry.graphql_api.finding.facet import Facet, Search, facets
from registry.graphql_api.finding.order import InitiativeOrder
from registry.graphql_api.paging.connection import Connection, Listing, Range
from registry.graphql_api.quality.outcome import Outcome
from registry.graphql_api.session import Frame
from registry.graphql_api.thing.initiative import Initiative
from registry.reading.entry import Entry, Family
from registry.reading.facet import Facet as Found

__all__ = ["InitiativeFilter", "InitiativeSearchConnection", "search_initiatives"]

Codes = list[str] | None


@strawberry.enum(description="What initiatives can be counted by.")
class InitiativeFacet(Enum):
    """What initiatives can be counted by."""

    COUNTRY = strawberry.enum_value("country", description="By country.")
    REGION = strawberry.enum_value("region", description="By region, and by every larger region around it.")
    MUNICIPALITY = strawberry.enum_value("municipality", description="By municipality.")
    TARGET_GROUP = strawberry.enum_value("targetGroup", description="By target group.")
    FORMAT = strawberry.enum_value("format", description="By form of the match.")
    TRAJECTORY = strawberry.enum_value("trajectory", description="By kind of trajectory.")
    KIND = strawberry.enum_value("kind", description="By kind of initiative.")
    STATUS = strawberry.enum_value("status", description="By status.")
    LANGUAGE = strawberry.enum_value("language", description="By language in which it works.")
    PROGRAMME = strawberry.enum_value("programme", description="By the initiative that it is part of.")
    CARRIER = strawberry.enum_value("carrier", description="By who carries it.")
    PUBLISHER = strawberry.enum_value("publisher", description="By who speaks for it.")
    STANDARD = strawberry.enum_value("standard", description="By the standards that it claims to meet.")
    READINESS = strawberry.enum_value("readiness", description="By standard and outcome.")
    LABEL = strawberry.enum_value("label", description="By scheme of the labels that are in force.")


#: All but one are called the same in addresses of pages.
FACETS: Final = {
    one: Found.AUDIENCE if one is InitiativeFacet.TARGET_GROUP else Found(str(one.value))
    for one in InitiativeFacet
}


def _wish(description: str) -> Codes:
    value: Codes = strawberry.field(default=None, description=description)
    return value


@strawberry.input(description="Where an initiative must stand against one standard, at the basic level.")
class ReadinessFilter:
    """Where an initiative must stand."""

    standard: str = strawberry.field(description="Short name of the standard.")
    outcome: list[Outcome] = strawberry.field(description="One of these outcomes.")


@strawberry.input(
    description="What initiatives must have. Everything that is given must hold at once; of several values "
    "of one filter, one is enough."
)
class InitiativeFilter:
    """A filter for initiatives."""

    text: str | None = strawberry.field(
        default=None, description="Words that all occur in its names, description, place or publisher."
    )
    country: Codes = _wish("Country codes of three letters, such as NLD.")
    region: Codes = _wish("NUTS codes of regions, or of larger regions around them.")
    municipality: Codes = _wish("Names of municipalities.")
    target_group: Codes = _wish("Notations of target groups, such as refugee.")
    format: Codes = _wish("Notations of forms of the match, such as one-to-one.")
    trajectory: Codes = _wish("Notations of kinds of trajectory, such as buddy.")
    kind: Codes = _wish("Kinds of initiative, such as Pilot.")
    status: Codes = _wish("Notations of a status, such as active.")
    language: Codes = _wish("Tags of languages in which it works, such as nl.")
    programme: Codes = _wish("IRIs of initiatives that it is part of.")
    carrier: Codes = _wish("IRIs of organisations, or of groups of them, that carry it.")
    publisher: Codes = _wish("IRIs of organisations that speak for it.")
    standard: Codes = _wish("Short names of standards that it claims to meet.")
    readiness: list[ReadinessFilter] | None = strawberry.field(
        default=None, description="Where it stands against standards; all of these must hold."
    )
    label: Codes = _wish("IRIs of schemes under which a label is in force that it was awarded here.")
    labelled: bool | None = strawberry.field(
        default=None, description="Whether a label is in force that it was awarded here, of whichever scheme."
    )

    def choices(self) -> Iterator[tuple[Found, Collection[str]]]:
        """Say the same to the catalogue."""
        given = (
            (Found.COUNTRY, self.country),
            (Found.REGION, self.region),
            (Found.MUNICIPALITY, self.municipality),
            (Found.AUDIENCE, self.target_group),
            (Found.FORMAT, self.format),
            (Found.TRAJECTORY, self.trajectory),
            (Found.KIND, self.kind),
            (Found.STATUS, self.status),
            (Found.LANGUAGE, self.language),
            (Found.PROGRAMME, self.programme),
            (Found.CARRIER, self.carrier),
            (Found.PUBLISHER, self.publisher),
            (Found.STANDARD, self.standard),
            (Found.LABEL, self.label),
            (Found.LABELLED, None if self.labelled is None else ["yes" if self.labelled else "no"]),
        )
        yield from ((facet, values) for facet, values in given if values is not None)
        for one in self.readiness or ():
            yield Found.READINESS, [f"{one.standard}:{outcome.value}" for outcome in one.outcome]


Names = Annotated[
    list[InitiativeFacet] | None,
    strawberry.argument(description="What to count by; everything where nothing is said."),
]
Most = Annotated[int, strawberry.argument(description="How many values to give of each, at most.")]


@strawberry.type(description="A page of a list of initiatives, with counts.")
class InitiativeSearchConnection(Connection[Initiative]):
    """A page of initiatives."""

    search: Private[Search]

    @listed(15, weight=500)
    def facets(self, names: Names = None, most: Most = 50) -> list[Facet]:
        """How many of all that were found have which value; worked out only for those who ask."""
        chosen = names if names is not None else list(InitiativeFacet)
        return facets(
            self.listing.frame, self.search, ((str(one.value), FACETS[one]) for one in chosen), most
        )


def search_initiatives(
    frame: Frame,
    family: Family,
    wanted: InitiativeFilter | None,
    order: InitiativeOrder | None,
    asked: Range,
) -> InitiativeSearchConnection:
    """Find the initiatives of a family that pass a filter, and give a page of them to a client."""
    wanted, order = wanted or InitiativeFilter(), order or InitiativeOrder()
    shelf = frame.edition.catalogue.shelf(family)
    search = Search.of(shelf, wanted.text, wanted.choices())
    found = shelf.arrange(search.found, order.order, *frame.languages, backwards=order.backwards)
    listing = Listing(frame, repr((family, search.words, search.filters, order)), found)
    return InitiativeSearchConnection(
        listing=listing, places=listing.cut(asked), show=lambda one: _shown(frame, one), search=search
    )


def _shown(frame: Frame, entry: Entry) -> Initiative:
    return Initiative(frame=frame, named=entry.iri, entry=entry)
