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


@dataclass(frozen=True)
class Question:
    """A question, as a client puts it (GraphQL over HTTP, section 5)."""

    text: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None
    """Which of its operations is meant, where it has several."""


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
                allowed_operation_types=(OperationType.QUERY,),
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
    except InvalidOperationTypeError:
        return _refused(
            session,
            NotAllowedError("only-queries", "Readers may ask, not change: write a query."),
        )
    errors = [tell(error, session.language) for error in result.errors or ()]
    if isinstance(result, PreExecutionError):
        return Answer(None, errors, result.extensions or {}, True, _status(result.errors))
    return Answer(result.data, errors, result.extensions or {})


def _refused(session: Session, error: KoepelError) -> Answer:
    formatted = tell(GraphQLError(error.message, original_error=error), session.language)
    return Answer(None, [formatted], {"snapshot": told(session.edition.snapshot)}, True, BAD_REQUEST)


def _status(errors: list[GraphQLError] | None) -> int:
    """Tell apart what the one who asks can mend by asking otherwise, and what is gone or not there."""
    originals = (error.original_error for error in errors or ())
    kinds = {error.status for error in originals if isinstance(error, GoneError | NotFoundError)}
    return max(kinds, default=BAD_REQUEST)
