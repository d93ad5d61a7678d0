"""Anything that the graph names and that has no type of its own here."""

from __future__ import annotations

import strawberry
from rdflib import URIRef

from registry.graphql_api.session import Frame
from registry.graphql_api.thing.node import Thing

__all__ = ["Resource"]


@strawberry.federation.type(
    keys=["iri"],
    description="Anything else that the graph names, such as an objective or a thing that nobody describes.",
)
class Resource(Thing):
    """A thing that has no type of its own."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Resource | None:
        """Find anything of which something is stated."""
        return cls(frame=frame, named=iri) if await frame.load.records.load(iri) else None
