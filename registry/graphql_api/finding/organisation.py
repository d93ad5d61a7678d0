"""Filters and counts for organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from typing import Annotated, Final

import strawberry
from strawberry import Private

from registry.graphql_api.field import listed
from registry.graphql_api.finding.facet import Facet, Search, facets
from registry.graphql_api.finding.order import OrganisationOrder
from registry.graphql_api.paging.connection import Connection, Listing, Range
from registry.graphql_api.session import Frame
from registry.graphql_api.thing.organisation import Organisation
from registry.reading.entry import Entry, Family
from registry.reading.facet import Facet as Found
from registry.reading.shelf import Order

__all__ = ["OrganisationFilter", "OrganisationSearchConnection", "search_organisations"]


@strawberry.enum(description="What organisations can be counted by.")
class OrganisationFacet(Enum):
    """What organisations can be counted by."""

    TYPE = strawberry.enum_value("type", description="By type of organisation.")
    LEVEL = strawberry.enum_value("level", description="By level of government or civil society.")


FACETS: Final = {OrganisationFacet.TYPE: Found.ORGANISATION_TYPE, OrganisationFacet.LEVEL: Found.LEVEL}


@strawberry.input(
    description="What organisations must have. Everything that is given must hold at once; of several values "
    "of one filter, one is enough."
)
class OrganisationFilter:
    """A filter for organisations."""

    text: str | None = strawberry.field(
        default=None, description="Words that all occur in its names or description."
    )
    type: list[str] | None = strawberry.field(
        default=None, description="Notations of types of organisation, such as foundation."
    )
    level: list[str] | None = strawberry.field(
        default=None, description="Notations of levels of government or civil society."
    )

    def choices(self) -> Iterator[tuple[Found, Collection[str]]]:
        """Say the same to the catalogue."""
        given = ((Found.ORGANISATION_TYPE, self.type), (Found.LEVEL, self.level))
        yield from ((facet, values) for facet, values in given if values is not None)


Names = Annotated[
    list[OrganisationFacet] | None,
    strawberry.argument(description="What to count by; everything where nothing is said."),
]
Most = Annotated[int, strawberry.argument(description="How many values to give of each, at most.")]


@strawberry.type(description="A page of a list of organisations, with counts.")
class OrganisationSearchConnection(Connection[Organisation]):
    """A page of organisations."""

    search: Private[Search]

    @listed(2)
    def facets(self, names: Names = None, most: Most = 50) -> list[Facet]:
        """How many of all that were found have which value; worked out only for those who ask."""
        chosen = names if names is not None else list(OrganisationFacet)
        counted = ((str(one.value), FACETS[one]) for one in chosen)
        return facets(self.listing.frame, self.search, counted, most)


def search_organisations(
    frame: Frame, wanted: OrganisationFilter | None, order: OrganisationOrder | None, asked: Range
) -> OrganisationSearchConnection:
    """Find the organisations that pass a filter, and give a page of them to a client."""
    wanted, order = wanted or OrganisationFilter(), order or OrganisationOrder()
    shelf = frame.edition.catalogue.shelf(Family.ORGANISATIONS)
    search = Search.of(shelf, wanted.text, wanted.choices())
    found = shelf.arrange(search.found, Order.NAME, *frame.languages, backwards=order.backwards)
    listing = Listing(frame, repr((search.words, search.filters, order)), found)
    return OrganisationSearchConnection(
        listing=listing, places=listing.cut(asked), show=lambda one: _shown(frame, one), search=search
    )


def _shown(frame: Frame, entry: Entry) -> Organisation:
    return Organisation(frame=frame, named=entry.iri, entry=entry)
