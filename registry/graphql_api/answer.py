"""Answers a question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import GraphQLError, GraphQLFormattedError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from registry.errors import GoneError, InvalidDataError, KoepelError, NotAllowedError, NotFoundError
from registry.graphql_api.mistake import tell
from registry.graphql_api.schema import schema
from registry.graphql_api.session import Session
from registry.graphql_api.snapshot import told

__all__ = ["Answer", "Question", "answer"]

BAD_REQUEST: Final = 400
NOT_BY_GET: Final = 405
"""GraphQL over HTTP, section 6.2.1: what stands in an address changes nothing."""


@dataclass(frozen=True)
class Question:
    """A question, as a client puts it (GraphQL over HTTP, section 5)."""

    text: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None
    """Which of its operations is meant, where it has several."""
    in_address: bool = False
    """Whether it stands in an address, which is followed without anybody wanting to change something."""


@dataclass(frozen=True)
class Answer:
    """What comes back."""

    data: dict[str, Any] | None
    errors: list[GraphQLFormattedError]
    extensions: dict[str, Any]
    refused: bool = False
    """True for a question that was not tried, because it makes no sense or asks too much."""
    status: int = 200
    """The status for those who ask for GraphQL's own media type (GraphQL over HTTP, section 6.4.2)."""

    @property
    def response(self) -> dict[str, Any]:
        """The answer as it is written (GraphQL specification, section 7.1)."""
        found: dict[str, Any] = {} if self.refused else {"data": self.data}
        if self.errors:
            found["errors"] = self.errors
        return {**found, "extensions": self.extensions}


def answer(question: Question, session: Session) -> Answer:
    """Answer a question in the thread that asks.

    Waiting for the graph holds up nobody but the one who asks: each request has a thread of its own, with a
    loop that only gathers what its objects ask the graph.
    """
    try:
        result = asyncio.run(
            schema.execute(
                question.text,
                variable_values=dict(question.variables),
                context_value=session,
                operation_name=question.operation,
                allowed_operation_types=_allowed(question, session),
            )
        )
    except CannotGetOperationTypeError:
        return _refused(
            session,
            InvalidDataError(
                "unknown-operation",
                "The question holds several operations, or none of this name. Say by operationName which one "
                "is meant.",
            ),
        )
    except InvalidOperationTypeError as error:
        if question.in_address and error.operation_type is OperationType.MUTATION:
            by_post = NotAllowedError("only-by-post", "Nothing is changed by an address. Send it with POST.")
            return _refused(session, by_post, NOT_BY_GET)
        return _refused(
            session,
            NotAllowedError("only-queries", "Readers may ask, not change: write a query."),
        )
    errors = [tell(error, session.language) for error in result.errors or ()]
    if isinstance(result, PreExecutionError):
        return Answer(None, errors, result.extensions or {}, True, _status(result.errors))
    return Answer(result.data, errors, result.extensions or {})


def _allowed(question: Question, session: Session) -> tuple[OperationType, ...]:
    """Tell what may be asked: only those who have signed in may change something."""
    may_change = session.actor.account and not question.in_address
    return (OperationType.QUERY, OperationType.MUTATION) if may_change else (OperationType.QUERY,)


def _refused(session: Session, error: KoepelError, status: int = BAD_REQUEST) -> Answer:
    formatted = tell(GraphQLError(error.message, original_error=error), session.language)
    return Answer(None, [formatted], {"snapshot": told(session.edition.snapshot)}, True, status)


def _status(errors: list[GraphQLError] | None) -> int:
    """Tell apart what the one who asks can mend by asking otherwise, and what is gone or not there."""
    originals = (error.original_error for error in errors or ())
    kinds = {error.status for error in originals if isinstance(error, GoneError | NotFoundError)}
    return max(kinds, default=BAD_REQUEST)
