"""Publications from which statements are taken."""

from __future__ import annotations

import strawberry
from rdflib import URIRef

from registry.graphql_api.evidence import statement
from registry.graphql_api.field import field, paged
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing.node import Thing

__all__ = ["Source"]


@strawberry.federation.type(keys=["iri"], description="A publication from which statements are taken.")
class Source(Thing):
    """A publication."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Source | None:
        """Find a publication by its IRI."""
        return cls(frame=frame, named=iri) if await frame.load.sources.load(iri) else None

    @field
    async def publisher(self, language: Spoken = None) -> LocalText | None:
        """Who published it."""
        found = await self.frame.load.sources.load(self.named)
        return LocalText.if_any(found.publisher(*self.frame.speaking(language)) if found else None)

    @field
    async def issued(self) -> str | None:
        """The day, month or year in which it appeared."""
        found = await self.frame.load.sources.load(self.named)
        return str(found.issued) if found and found.issued else None

    @paged
    async def statements(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[statement.Statement]:
        """The statements that are taken from it."""
        quotes = await self.frame.load.quotes.load(self.named)
        listing = Listing(self.frame, f"statements in {self.named}", quotes)
        return statement.page(listing, Range(first, after, last, before))
