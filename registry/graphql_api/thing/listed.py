"""What initiatives and organisations have in common."""

from __future__ import annotations

import strawberry
from strawberry import Private

from registry.graphql_api.evidence import assignment, document, statement
from registry.graphql_api.field import field, listed, paged
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing.node import Thing
from registry.reading.entry import Entry

__all__ = ["Listed"]


@strawberry.interface(description="What can be found in the lists of the registry.")
class Listed(Thing):
    """An initiative or an organisation."""

    entry: Private[Entry]

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        return LocalText.of(self.entry.title(*self.frame.speaking(language)))

    @field
    def description(self, language: Spoken = None) -> LocalText | None:
        """What it says of itself."""
        return LocalText.if_any(self.entry.description(*self.frame.speaking(language)))

    @listed(1)
    async def documents(self) -> list[document.Document]:
        """The documents in which it is described; usually one."""
        return await document.documents(self.frame, self.named)

    @paged
    async def task_assignments(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[assignment.TaskAssignment]:
        """Who does what in it, or what it does itself; from those who steer to those who carry out."""
        found = await self.frame.load.governance.load(self.named)
        return assignment.assignments(self.frame, self.named, found, Range(first, after, last, before))

    @paged
    async def statements(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[statement.Statement]:
        """What sources say about it."""
        found = (await self.frame.load.statements.load(self.named)).about(self.named)
        listing = Listing(self.frame, f"statements about {self.named}", found)
        return Connection.of(
            listing,
            Range(first, after, last, before),
            lambda one: statement.Statement(frame=self.frame, named=one.iri, read=one),
        )

    @listed(2)
    async def contradictions(self) -> list[statement.Contradiction]:
        """Statements about it that cannot be right together."""
        found = await self.frame.load.statements.load(self.named)
        return statement.contradictions(self.frame, found)
