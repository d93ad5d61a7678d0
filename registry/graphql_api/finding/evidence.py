"""Filters for assignments of tasks and for statements."""

from __future__ import annotations

from collections.abc import Iterator

import strawberry
from rdflib import URIRef

from registry.graph.question import ask
from registry.graphql_api.evidence import assignment, statement
from registry.graphql_api.evidence.statement import Contradiction, Statement
from registry.graphql_api.paging.connection import Connection, Listing, Range
from registry.graphql_api.session import Frame
from registry.graphql_api.thing.node import iri_of
from registry.vocabulary import CODE

__all__ = [
    "StatementFilter",
    "TaskAssignmentFilter",
    "search_assignments",
    "search_contradictions",
    "search_statements",
]


@strawberry.input(
    description="What assignments of tasks must have; everything that is given must hold at once."
)
class TaskAssignmentFilter:
    """A filter for assignments."""

    programme: str | None = strawberry.field(default=None, description="IRI of the initiative.")
    actor: str | None = strawberry.field(default=None, description="IRI of the organisation.")
    role: str | None = strawberry.field(default=None, description="Notation of the role, such as funder.")
    task: str | None = strawberry.field(default=None, description="Notation of the task, such as match.")

    def given(self) -> Iterator[tuple[str, URIRef]]:
        """Say the same to the graph."""
        for name in ("programme", "actor"):
            if value := getattr(self, name):
                yield name, iri_of(value)
        if self.role:
            yield "role", iri_of(f"{CODE}governance-role/{self.role}")
        if self.task:
            yield "task", iri_of(f"{CODE}task/{self.task}")


@strawberry.input(description="What statements must have; everything that is given must hold at once.")
class StatementFilter:
    """A filter for statements."""

    about: str | None = strawberry.field(default=None, description="IRI of the thing that they are about.")
    source: str | None = strawberry.field(default=None, description="IRI of the publication.")
    aspect: str | None = strawberry.field(default=None, description="Notation of the aspect, such as aim.")

    def given(self) -> Iterator[tuple[str, URIRef]]:
        """Say the same to the graph."""
        if self.about:
            yield "thing", iri_of(self.about)
        if self.source:
            yield "source", iri_of(self.source)
        if self.aspect:
            yield "aspect", iri_of(f"{CODE}aspect/{self.aspect}")


def search_assignments(
    frame: Frame, wanted: TaskAssignmentFilter | None, asked: Range
) -> Connection[assignment.TaskAssignment]:
    """Find the assignments that pass a filter, and give a page of them to a client."""
    return assignment.page(_list(frame, "assignments", "assignment", wanted), asked)


def search_statements(frame: Frame, wanted: StatementFilter | None, asked: Range) -> Connection[Statement]:
    """Find the statements that pass a filter, and give a page of them to a client."""
    return statement.page(_list(frame, "sayings", "statement", wanted), asked)


def search_contradictions(frame: Frame, asked: Range) -> Connection[Contradiction]:
    """Find all contradictions, each once, and give a page of them to a client."""
    rows = ask(frame.edition.store, "contradictions").rows
    pairs = sorted({tuple(sorted((str(row["one"]), str(row["other"])))) for row in rows})
    listing = Listing(frame, "contradictions", pairs)
    return Connection.of(listing, asked, lambda pair: _contradiction(frame, *map(URIRef, pair)))


def _list(
    frame: Frame, question: str, variable: str, wanted: TaskAssignmentFilter | StatementFilter | None
) -> Listing[URIRef]:
    given = dict(wanted.given()) if wanted else {}
    rows = ask(frame.edition.store, question, **given).rows
    return Listing(frame, repr((question, given)), sorted(URIRef(str(row[variable])) for row in rows))


def _contradiction(frame: Frame, one: URIRef, other: URIRef) -> Contradiction:
    return Contradiction(first=Statement(frame=frame, named=one), second=Statement(frame=frame, named=other))
