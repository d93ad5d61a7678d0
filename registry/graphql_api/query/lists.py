"""Lists in pages."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from registry.graphql_api.evidence import statement
from registry.graphql_api.evidence.assignment import TaskAssignment
from registry.graphql_api.evidence.document import Document
from registry.graphql_api.evidence.source import Source
from registry.graphql_api.evidence.table import ComparisonTable, tables
from registry.graphql_api.field import listed, paged
from registry.graphql_api.finding import evidence, initiative, organisation
from registry.graphql_api.finding.order import InitiativeOrder, OrganisationOrder
from registry.graphql_api.paging.connection import After, Before, Connection, First, Last, Listing, Range
from registry.graphql_api.quality.standard import Standard, standard
from registry.graphql_api.session import Asked
from registry.graphql_api.text import In, Language
from registry.graphql_api.thing.code import CodeList
from registry.reading.account import sources
from registry.reading.concept import read_schemes
from registry.reading.entry import Family
from registry.reading.source import list_sources

__all__ = ["Lists"]

ENGLISH: In = [Language.EN]

WHICH: Final = strawberry.argument(description="Which ones; all where nothing is said.")
ORDER: Final = strawberry.argument(description="In which order; by name where nothing is said.")
WhichInitiatives = Annotated[initiative.InitiativeFilter | None, WHICH]
WhichOrganisations = Annotated[organisation.OrganisationFilter | None, WHICH]
WhichAssignments = Annotated[evidence.TaskAssignmentFilter | None, WHICH]
WhichStatements = Annotated[evidence.StatementFilter | None, WHICH]
InitiativesBy = Annotated[InitiativeOrder | None, ORDER]
OrganisationsBy = Annotated[OrganisationOrder | None, ORDER]


@strawberry.type
class Lists:
    """Lists in pages."""

    @paged
    def projects(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: WhichInitiatives = None,
        order_by: InitiativesBy = None,
        language: In = ENGLISH,
    ) -> initiative.InitiativeSearchConnection:
        """Projects, pilots, activities and platforms."""
        frame, asked = info.context.frame(language), Range(first, after, last, before)
        return initiative.search_initiatives(frame, Family.PROJECTS, filter, order_by, asked)

    @paged
    def programmes(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: WhichInitiatives = None,
        order_by: InitiativesBy = None,
        language: In = ENGLISH,
    ) -> initiative.InitiativeSearchConnection:
        """Programmes and networks."""
        frame, asked = info.context.frame(language), Range(first, after, last, before)
        return initiative.search_initiatives(frame, Family.PROGRAMMES, filter, order_by, asked)

    @paged
    def organisations(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: WhichOrganisations = None,
        order_by: OrganisationsBy = None,
        language: In = ENGLISH,
    ) -> organisation.OrganisationSearchConnection:
        """Organisations and groups of them."""
        frame, asked = info.context.frame(language), Range(first, after, last, before)
        return organisation.search_organisations(frame, filter, order_by, asked)

    @paged
    def task_assignments(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: WhichAssignments = None,
        language: In = ENGLISH,
    ) -> Connection[TaskAssignment]:
        """Who does what, in all initiatives."""
        frame, asked = info.context.frame(language), Range(first, after, last, before)
        return evidence.search_assignments(frame, filter, asked)

    @paged
    def statements(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: WhichStatements = None,
        language: In = ENGLISH,
    ) -> Connection[statement.Statement]:
        """What sources say about anything."""
        frame, asked = info.context.frame(language), Range(first, after, last, before)
        return evidence.search_statements(frame, filter, asked)

    @paged
    def contradictions(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        language: In = ENGLISH,
    ) -> Connection[statement.Contradiction]:
        """Statements that cannot be right together, each pair once."""
        frame, asked = info.context.frame(language), Range(first, after, last, before)
        return evidence.search_contradictions(frame, asked)

    @paged
    def sources(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        language: In = ENGLISH,
    ) -> Connection[Source]:
        """The publications from which statements are taken."""
        frame = info.context.frame(language)
        listing = Listing(frame, "sources", list_sources(frame.edition.store))
        asked = Range(first, after, last, before)
        return Connection.of(listing, asked, lambda iri: Source(frame=frame, named=iri))

    @paged
    def documents(
        self,
        info: Asked,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        language: In = ENGLISH,
    ) -> Connection[Document]:
        """The descriptions that publishers keep on their own sites."""
        frame = info.context.frame(language)
        listing = Listing(frame, "documents", sources(frame.edition.graphs))
        asked = Range(first, after, last, before)
        return Connection.of(listing, asked, lambda iri: Document(frame=frame, named=iri))

    @listed(10)
    def standards(self, info: Asked, language: In = ENGLISH) -> list[Standard]:
        """The quality standards."""
        frame = info.context.frame(language)
        return [standard(frame, one) for one in frame.edition.rulebook.standards.values()]

    @listed(60)
    def code_lists(self, info: Asked, language: In = ENGLISH) -> list[CodeList]:
        """The lists of codes that descriptions choose from."""
        frame = info.context.frame(language)
        return [CodeList(frame=frame, named=one) for one in read_schemes(frame.edition.store)]

    @listed(4)
    def comparison_tables(self, info: Asked, language: In = ENGLISH) -> list[ComparisonTable]:
        """The tables that lay programmes or roles side by side."""
        return tables(info.context.frame(language))
