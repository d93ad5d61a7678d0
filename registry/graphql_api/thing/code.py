"""Terms of the vocabulary, and codes with the lists that they stand in."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry
from rdflib import SKOS, URIRef

from registry.graphql_api.field import field, listed
from registry.graphql_api.session import Frame
from registry.graphql_api.text import LocalText, Spoken
from registry.graphql_api.thing.node import Thing
from registry.reading.entry import last_part
from registry.reading.record import Record
from registry.reading.text import choose
from registry.vocabulary import CODE, KOEPEL, Labels

__all__ = ["Code", "CodeList", "code", "codes"]


@strawberry.federation.type(
    keys=["iri"], description="A term of the vocabulary, or a code of one of its lists."
)
class Code(Thing):
    """A term or a code."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> Code | None:
        """Find a term or code by its IRI."""
        record = await frame.load.codes.load(iri) if iri in CODE or iri in KOEPEL else None
        is_one = record is not None and (iri in KOEPEL or record.link(SKOS.inScheme))
        return cls(frame=frame, named=iri) if is_one else None

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        tag = self.frame.speaking(language)[0]
        return LocalText(value=Labels().label(self.named, tag), language=tag)

    @field
    def label(self) -> str:
        """What it is called, as plain text."""
        return Labels().label(self.named, self.frame.languages[0])

    @field
    def notation(self) -> str:
        """The short name that filters take."""
        return last_part(self.named)

    @field
    async def definition(self, language: Spoken = None) -> LocalText | None:
        """What it means."""
        record = await self._record()
        return LocalText.if_any(choose(record.literals(SKOS.definition), *self.frame.speaking(language)))

    @field
    async def scheme(self) -> CodeList | None:
        """The list that it stands in; null for a term of the vocabulary."""
        scheme = (await self._record()).link(SKOS.inScheme)
        return CodeList(frame=self.frame, named=scheme) if scheme else None

    @listed(2)
    async def broader(self) -> list[Code]:
        """The codes of which it is a special case."""
        return codes(self.frame, (await self._record()).links(SKOS.broader))

    async def _record(self) -> Record:
        return await self.frame.load.codes.load(self.named) or Record(self.named, {})


@strawberry.federation.type(keys=["iri"], description="A list of codes, such as the target groups.")
class CodeList(Thing):
    """A list of codes."""

    @classmethod
    async def find(cls, frame: Frame, iri: URIRef) -> CodeList | None:
        """Find a list by its IRI."""
        known = iri in CODE and await frame.load.concepts.load(iri)
        return cls(frame=frame, named=iri) if known else None

    @field
    def title(self, language: Spoken = None) -> LocalText:
        """What it is called."""
        tag = self.frame.speaking(language)[0]
        return LocalText(value=Labels().label(self.named, tag), language=tag)

    @field
    def name(self) -> str:
        """The short name by which it is asked for."""
        return last_part(self.named)

    @listed(20)
    async def codes(self) -> list[Code]:
        """The codes in it."""
        return codes(self.frame, await self.frame.load.concepts.load(self.named))


def code(frame: Frame, iri: URIRef | None) -> Code | None:
    """Give a code to a client, if there is one."""
    return Code(frame=frame, named=iri) if iri else None


def codes(frame: Frame, iris: Iterable[URIRef]) -> list[Code]:
    """Give several codes to a client."""
    return [Code(frame=frame, named=iri) for iri in iris]
