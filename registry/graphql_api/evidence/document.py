"""What a publisher wrote, as the registry accepted it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from rdflib import URIRef

from registry.graphql_api.field import costly, field, listed
from registry.graphql_api.kinds import AnOrganisation, listed_thing, organisation
from registry.graphql_api.quality import report
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing.node import Thing
from registry.reading.account import Account
from registry.vocabulary import GRAPH

__all__ = ["Document", "documents"]

Tokens = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Short names of the standards to check against. The profile, and every standard that the "
        "document claims to meet, where nothing is said."
    ),
]


@strawberry.federation.type(
    keys=["iri"], description="A description that a publisher keeps on a site of its own."
)
class Document(Thing):
    """A document that the registry publishes."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Document | None:
        """Find a document by the address space under which it is registered."""
        is_one = str(iri) in frame.edition.graphs and iri not in GRAPH
        return cls(frame=frame, named=iri) if is_one else None

    @field
    async def title(self, language: Spoken = None) -> LocalText:  # type: ignore[override]  # awaited
        """What it is called."""
        return LocalText.of((await self._account()).title(*self.frame.speaking(language)))

    @field
    async def address(self) -> str | None:
        """Where it was fetched."""
        address = (await self._account()).address
        return str(address) if address else None

    @field
    async def digest(self) -> str | None:
        """The SHA-256 of its statements in canonical form (RDFC-1.0), which tells its versions apart."""
        return (await self._account()).digest

    @field
    async def accepted(self) -> datetime | None:
        """When this version of it was published here."""
        accepted = (await self._account()).accepted
        return datetime.fromisoformat(accepted) if accepted else None

    @field
    async def position(self) -> int | None:
        """The event of the ledger that published it."""
        position = (await self._account()).position
        return int(position) if position else None

    @field
    async def publisher(self) -> AnOrganisation | None:
        """Who speaks in it."""
        return organisation(self.frame, (await self._account()).publisher)

    @field
    async def licence(self) -> str | None:
        """Under which conditions it may be used."""
        licence = (await self._account()).licence
        return str(licence) if licence else None

    @field
    async def modified(self) -> str | None:
        """When its publisher last changed it."""
        modified = (await self._account()).modified
        return str(modified) if modified else None

    @listed(5)
    async def describes(self) -> list[Thing]:
        """The initiatives and organisations that it describes."""
        contents = await self.frame.load.contents.load(self.named)
        return [one for iri in contents if (one := listed_thing(self.frame, iri))]

    @costly(6_000)
    async def report(self, standards: Tokens = None, language: Spoken = None) -> report.Report:
        """What it lacks and how to mend it; worked out anew, so few of these fit into one question."""
        return report.make(self.frame, self.named, standards, self.frame.speaking(language)[0])

    async def _account(self) -> Account:
        return await self.frame.load.accounts.load(self.named)


async def documents(frame: Frame, thing: URIRef) -> list[Document]:
    """Find the documents that describe a thing."""
    return [Document(frame=frame, named=one) for one in await frame.load.homes.load(thing)]
