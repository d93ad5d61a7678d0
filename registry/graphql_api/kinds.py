"""Types that refer to each other, so that none can be there before all others.

An annotation names such a type by an alias of this module. What makes an object of it is found when it is
called, which is why the imports stand inside the functions here, and only here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry
from rdflib import URIRef

if TYPE_CHECKING:
    from registry.graphql_api.evidence.document import Document
    from registry.graphql_api.evidence.source import Source
    from registry.graphql_api.evidence.statement import Statement
    from registry.graphql_api.session import Frame
    from registry.graphql_api.thing.initiative import Initiative
    from registry.graphql_api.thing.node import Thing
    from registry.graphql_api.thing.organisation import Organisation

__all__ = [
    "ADocument",
    "ASource",
    "AStatement",
    "AnInitiative",
    "AnOrganisation",
    "anything",
    "initiative",
    "listed_thing",
    "organisation",
    "organisations",
    "source",
]

HERE = "registry.graphql_api"
ADocument: TypeAlias = Annotated["Document", strawberry.lazy(f"{HERE}.evidence.document")]
AnInitiative: TypeAlias = Annotated["Initiative", strawberry.lazy(f"{HERE}.thing.initiative")]
AnOrganisation: TypeAlias = Annotated["Organisation", strawberry.lazy(f"{HERE}.thing.organisation")]
ASource: TypeAlias = Annotated["Source", strawberry.lazy(f"{HERE}.evidence.source")]
AStatement: TypeAlias = Annotated["Statement", strawberry.lazy(f"{HERE}.evidence.statement")]


def initiative(frame: Frame, iri: URIRef | None) -> Initiative | None:
    """Give an initiative to a client, if the registry knows one of this name."""
    from registry.graphql_api.thing.initiative import found

    return found(frame, iri)


def organisation(frame: Frame, iri: URIRef | None) -> Organisation | None:
    """Give an organisation to a client, if the registry knows one of this name."""
    from registry.graphql_api.thing.organisation import found

    return found(frame, iri)


def organisations(frame: Frame, iris: Iterable[URIRef]) -> list[Organisation]:
    """Give organisations to a client, as far as the registry knows them."""
    return [one for iri in iris if (one := organisation(frame, iri))]


def source(frame: Frame, iri: URIRef | None) -> Source | None:
    """Give a publication to a client."""
    from registry.graphql_api.evidence.source import Source

    return Source(frame=frame, named=iri) if iri else None


def listed_thing(frame: Frame, iri: URIRef) -> Thing | None:
    """Give an initiative or an organisation to a client, if the registry knows one of this name."""
    return initiative(frame, iri) or organisation(frame, iri)


def anything(frame: Frame, iri: URIRef) -> Thing:
    """Give anything to a client; what has no type of its own is known by its name alone."""
    from registry.graphql_api.thing.resource import Resource

    return listed_thing(frame, iri) or Resource(frame=frame, named=iri)
