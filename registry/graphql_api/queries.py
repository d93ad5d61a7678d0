"""What can be asked in GraphQL."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Final, Generic, TypeVar

import strawberry
from rdflib import URIRef
from strawberry.types import Info

from registry.errors import InvalidDataError, NotFoundError
from registry.graphql_api.evidence import Contradiction, Statement, contradictions, statements
from registry.graphql_api.quality import Standard, Standing
from registry.graphql_api.types import Initiative, Organisation, TaskAssignment, governance_of
from registry.graphql_api.value import Frame, Language, field
from registry.reading.catalogue import Entry, Family
from registry.reading.search import Facet, Wish, find
from registry.reading.standing import read_standings
from registry.reading.statement import read_statements

__all__ = ["MOST_ITEMS", "Query"]

MOST_ITEMS: Final = 100
MOST_WORDS: Final = 200
Item = TypeVar("Item")

First = Annotated[int, strawberry.argument(description=f"How many to give, at most {MOST_ITEMS}.")]
After = Annotated[str | None, strawberry.argument(description="Give those behind this cursor.")]
In = Annotated[Language, strawberry.argument(description="The language of the answer.")]
Iri = Annotated[str, strawberry.argument(description="The IRI of the thing.")]


@strawberry.input(description="What initiatives must have; everything that is given must hold at once.")
class InitiativeFilter:
    """A filter for initiatives."""

    words: str | None = strawberry.field(
        default=None, description="Words in its titles, description or place."
    )
    country: str | None = strawberry.field(
        default=None, description="Country code of three letters, such as NLD."
    )
    region: str | None = strawberry.field(
        default=None, description="NUTS code of the region or a larger one."
    )
    municipality: str | None = strawberry.field(default=None, description="Name of the municipality.")
    target_group: str | None = strawberry.field(default=None, description="Code of the target group.")
    format: str | None = strawberry.field(default=None, description="Code of the form of the match.")
    trajectory: str | None = strawberry.field(default=None, description="Code of the kind of trajectory.")
    kind: str | None = strawberry.field(default=None, description="Kind of initiative, such as Pilot.")
    readiness: str | None = strawberry.field(
        default=None, description="Standard and outcome at the basic level, such as cms:met."
    )

    def as_wish(self) -> Wish:
        """Say the same to the search."""
        given = {
            Facet.COUNTRY: self.country,
            Facet.REGION: self.region,
            Facet.MUNICIPALITY: self.municipality,
            Facet.AUDIENCE: self.target_group,
            Facet.FORMAT: self.format,
            Facet.TRAJECTORY: self.trajectory,
            Facet.KIND: self.kind,
            Facet.READINESS: self.readiness,
        }
        return Wish((self.words or "")[:MOST_WORDS], {one: value for one, value in given.items() if value})


@strawberry.type(description="One page of a list.")
class Page(Generic[Item]):
    """One page of a list."""

    total: int = strawberry.field(description="How many there are in all.")
    items: list[Item] = strawberry.field(description="Those on this page.")
    next: str | None = strawberry.field(description="The cursor for the next page; null on the last.")


@strawberry.type(description="Everything that can be asked.")
class Query:
    """Everything that can be asked."""

    @field
    def projects(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
        filter: InitiativeFilter | None = None,
        language: In = Language.EN,
    ) -> Page[Initiative]:
        """Projects, pilots, activities and platforms, by name."""
        return _initiatives(_frame(info, language), Family.PROJECTS, filter, first, after)

    @field
    def programmes(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
        filter: InitiativeFilter | None = None,
        language: In = Language.EN,
    ) -> Page[Initiative]:
        """Programmes and networks, by name."""
        return _initiatives(_frame(info, language), Family.PROGRAMMES, filter, first, after)

    @field
    def organisations(
        self, info: Info, first: First = 20, after: After = None, words: str = "", language: In = Language.EN
    ) -> Page[Organisation]:
        """Organisations and groups of them, by name."""
        frame = _frame(info, language)
        found = find(frame.edition.catalogue, Family.ORGANISATIONS, Wish(words[:MOST_WORDS]), frame.language)
        return _page([Organisation(frame=frame, entry=one) for one in found], first, after)

    @field
    def initiative(self, info: Info, iri: Iri, language: In = Language.EN) -> Initiative | None:
        """One initiative, or null if the registry knows none with this IRI."""
        frame = _frame(info, language)
        entry = _entry(frame, iri)
        return (
            Initiative(frame=frame, entry=entry) if entry and entry.family != Family.ORGANISATIONS else None
        )

    @field
    def organisation(self, info: Info, iri: Iri, language: In = Language.EN) -> Organisation | None:
        """One organisation, or null if the registry knows none with this IRI."""
        frame = _frame(info, language)
        entry = _entry(frame, iri)
        return (
            Organisation(frame=frame, entry=entry) if entry and entry.family == Family.ORGANISATIONS else None
        )

    @field
    def task_assignments(
        self, info: Info, iri: Iri, first: First = 20, after: After = None, language: In = Language.EN
    ) -> Page[TaskAssignment]:
        """Who does what in an initiative, or what an organisation does."""
        frame = _frame(info, language)
        found = governance_of(frame, _thing(frame, iri)).assignments
        return _page([TaskAssignment(frame=frame, found=one) for one in found], first, after)

    @field
    def statements(
        self, info: Info, iri: Iri, first: First = 20, after: After = None, language: In = Language.EN
    ) -> Page[Statement]:
        """What sources say about a thing."""
        frame = _frame(info, language)
        found = read_statements(frame.edition.store, _thing(frame, iri))
        return _page(statements(frame, found, URIRef(iri)), first, after)

    @field
    def contradictions(self, info: Info, iri: Iri, language: In = Language.EN) -> list[Contradiction]:
        """Statements about a thing that cannot be right together."""
        frame = _frame(info, language)
        return contradictions(frame, read_statements(frame.edition.store, _thing(frame, iri)))

    @field
    def standards(self, info: Info, language: In = Language.EN) -> list[Standard]:
        """The quality standards."""
        frame = _frame(info, language)
        return [Standard(frame=frame, held=one) for one in frame.edition.library.standards.values()]

    @field
    def readiness(self, info: Info, iri: Iri, language: In = Language.EN) -> list[Standing]:
        """Where an initiative stands against every standard that judges its like."""
        frame = _frame(info, language)
        found = read_standings(frame.edition.store, frame.edition.library, _thing(frame, iri))
        return [Standing(frame=frame, found=one) for one in found]


def _frame(info: Info, language: Language) -> Frame:
    frame = Frame(info.context["edition"], language.value, info.context["budget"])
    frame.budget.spend()
    return frame


def _thing(frame: Frame, iri: str) -> URIRef:
    """Only IRIs that the registry knows go into a question to the graph."""
    if _entry(frame, iri) is None:
        raise NotFoundError("no-such-thing", "The registry knows nothing called {name}.", name=iri)
    return URIRef(iri)


def _entry(frame: Frame, iri: str) -> Entry | None:
    return frame.edition.catalogue.entries.get(URIRef(iri))


def _initiatives(
    frame: Frame, family: Family, wanted: InitiativeFilter | None, first: int, after: str | None
) -> Page[Initiative]:
    wish = wanted.as_wish() if wanted else Wish()
    found = find(frame.edition.catalogue, family, wish, frame.language)
    return _page([Initiative(frame=frame, entry=one) for one in found], first, after)


def _page(items: list[Item], first: int, after: str | None) -> Page[Item]:
    """Cut a page from a list; a cursor is the place behind which it begins."""
    if not 1 <= first <= MOST_ITEMS:
        raise InvalidDataError("page-too-long", "Ask for 1 to {most} at a time.", most=MOST_ITEMS)
    start = _place(after) if after else 0
    end = start + first
    return Page(total=len(items), items=items[start:end], next=_cursor(end) if end < len(items) else None)


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"after {place}".encode()).decode()


def _place(cursor: str) -> int:
    try:
        return max(0, int(base64.urlsafe_b64decode(cursor).decode().removeprefix("after ")))
    except (ValueError, binascii.Error):
        raise InvalidDataError("unknown-cursor", "This is no cursor that the registry has given.") from None
