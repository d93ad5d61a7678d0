"""Countries and regions."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry
from rdflib import URIRef

from registry.graphql_api.session import Frame
from registry.reading.entry import last_part
from registry.reading.place import country_name, region_name

__all__ = ["Place", "countries", "regions"]


@strawberry.type(description="A country or a region.")
class Place:
    """A country or a region."""

    iri: str = strawberry.field(description="Its IRI at the Publications Office of the EU.")
    code: str = strawberry.field(description="Its code: three letters for a country, NUTS for a region.")
    name: str = strawberry.field(description="What it is called.")


def countries(frame: Frame, iris: Sequence[URIRef]) -> list[Place]:
    """Give countries to a client."""
    codes = ((iri, last_part(iri)) for iri in iris)
    return [
        Place(iri=str(iri), code=code, name=country_name(code, frame.languages[0])) for iri, code in codes
    ]


def regions(frame: Frame, iris: Sequence[URIRef]) -> list[Place]:
    """Give regions to a client."""
    codes = ((iri, last_part(iri)) for iri in iris)
    return [Place(iri=str(iri), code=code, name=region_name(code, frame.languages[0])) for iri, code in codes]
