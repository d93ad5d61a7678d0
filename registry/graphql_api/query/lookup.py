"""Single things, by IRI, identifier or short name."""

from __future__ import annotations

from asyncio import gather
from datetime import datetime
from typing import Annotated, Final

import strawberry
from strawberry.federation.schema_directives import Cost

from registry.errors import InvalidDataError
from registry.graphql_api.certification.label import ConfirmedLabel
from registry.graphql_api.evidence.assignment import TaskAssignment
from registry.graphql_api.evidence.document import Document
from registry.graphql_api.evidence.source import Source
from registry.graphql_api.evidence.statement import Statement
from registry.graphql_api.evidence.table import ComparisonTable, table
from registry.graphql_api.field import field, listed
from registry.graphql_api.quality.standard import Criterion, Requirement, Standard, standard
from registry.graphql_api.session import Asked
from registry.graphql_api.snapshot import Snapshot
from registry.graphql_api.text import In, Language
from registry.graphql_api.thing.award import LabelScheme
from registry.graphql_api.thing.code import Code, CodeList
from registry.graphql_api.thing.initiative import Initiative
from registry.graphql_api.thing.node import Node, iri_of, kind_of
from registry.graphql_api.thing.organisation import Organisation
from registry.graphql_api.thing.resource import Resource
from registry.vocabulary import CODE

__all__ = ["Lookup"]

ENGLISH: In = [Language.EN]

Iri = Annotated[str, strawberry.argument(description="Its IRI.")]
Token = Annotated[str, strawberry.argument(description="Its short name.")]
Identifiers = Annotated[
    list[strawberry.ID], strawberry.argument(description="Identifiers, no more than a page may hold.")
]
Identifier = Annotated[strawberry.ID, strawberry.argument(description="Its identifier, from the field id.")]
Moment = Annotated[
    datetime | None,
    strawberry.argument(
        description="Give it as its document was published at this moment (in UTC where no zone is said), "
        "with the documents that this one names; null if it was not published then. Where it stood against "
        "standards is worked out anew as of that day, by the standards of today.",
        directives=[Cost(weight=2_000)],
    ),
]
#: What a thing is looked for as; the last of them is anything.
TELLING: Final[tuple[type[Node], ...]] = (
    Initiative,
    Organisation,
    Document,
    Standard,
    Requirement,
    Criterion,
    Code,
    CodeList,
    ComparisonTable,
    ConfirmedLabel,
    LabelScheme,
    Source,
    Statement,
    TaskAssignment,
    Resource,
)


@strawberry.type
class Lookup:
    """Single things."""

    @field
    async def node(
        self, info: Asked, id: Identifier, as_of: Moment = None, language: In = ENGLISH
    ) -> Node | None:
        """Anything by its identifier, or null if the registry does not know it."""
        kind, iri = kind_of(id)
        return await Node.KINDS[kind].find(info.context.frame_of(language, as_of, iri), iri)

    @listed(1)
    async def nodes(
        self, info: Asked, ids: Identifiers, as_of: Moment = None, language: In = ENGLISH
    ) -> list[Node | None]:
        """Several things by their identifiers, in the order asked for; null for what is not known."""
        if len(ids) > (most := info.context.bounds.page):
            raise InvalidDataError("page-too-long", "Ask for 0 to {most} at a time.", most=most)
        kinds = [kind_of(one) for one in ids]
        frame = info.context.frame_of(language, as_of, *(iri for _, iri in kinds))
        return await gather(*(Node.KINDS[kind].find(frame, iri) for kind, iri in kinds))

    @field
    async def thing(self, info: Asked, iri: Iri, as_of: Moment = None, language: In = ENGLISH) -> Node | None:
        """Anything by its IRI, in the type that tells most of it; null if nothing is stated of it."""
        name = iri_of(iri)
        frame = info.context.frame_of(language, as_of, name)
        for kind in TELLING:
            if (found := await kind.find(frame, name)) is not None:
                return found
        return None

    @field
    async def initiative(
        self, info: Asked, iri: Iri, as_of: Moment = None, language: In = ENGLISH
    ) -> Initiative | None:
        """One initiative, or null if the registry knows none with this IRI."""
        name = iri_of(iri)
        return await Initiative.find(info.context.frame_of(language, as_of, name), name)

    @field
    async def organisation(
        self, info: Asked, iri: Iri, as_of: Moment = None, language: In = ENGLISH
    ) -> Organisation | None:
        """One organisation, or null if the registry knows none with this IRI."""
        name = iri_of(iri)
        return await Organisation.find(info.context.frame_of(language, as_of, name), name)

    @field
    async def document(
        self, info: Asked, iri: Iri, as_of: Moment = None, language: In = ENGLISH
    ) -> Document | None:
        """One document, by the address space under which it is registered; null if there is none."""
        name = iri_of(iri)
        return await Document.find(info.context.frame_of(language, as_of, name), name)

    @field
    def standard(self, info: Asked, token: Token, language: In = ENGLISH) -> Standard | None:
        """One quality standard."""
        frame = info.context.frame(language)
        return standard(frame, frame.edition.rulebook.standard(token))

    @field
    async def code_list(
        self,
        info: Asked,
        name: Annotated[str, strawberry.argument(description="Its short name, such as target-group.")],
        language: In = ENGLISH,
    ) -> CodeList | None:
        """One list of codes, or null if there is none of this name."""
        return await CodeList.find(info.context.frame(language), iri_of(f"{CODE}{name}"))

    @field
    def comparison_table(self, info: Asked, token: Token, language: In = ENGLISH) -> ComparisonTable | None:
        """One table that lays programmes or roles side by side."""
        return table(info.context.frame(language), token)

    @field
    def snapshot(self, info: Asked) -> Snapshot:
        """The state of the registry that this answer comes from."""
        return Snapshot.of(info.context.edition.snapshot)
