"""What went wrong with a question, told to the one who put it."""

from __future__ import annotations

from typing import Final

from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError

from registry.errors import InvalidDataError, KoepelError, LimitError
from registry.translation import explain

__all__ = ["code_of", "is_unexpected", "tell"]

TOO_LONG: Final = "Document contains more than"
TOO_NESTED: Final = "nested too deeply"
"""What the parser says of a question that goes beyond its limits."""


def is_unexpected(error: GraphQLError) -> bool:
    """Errors of the registry and of GraphQL say what to do next; anything else stays inside."""
    return _cause(error) is not None and _expected(error) is None


def tell(error: GraphQLError, language: str) -> GraphQLFormattedError:
    """Write an error as GraphQL does (specification, section 7.1.2), with a code for programs.

    >>> told = tell(
    ...     GraphQLError("No", original_error=InvalidDataError("no-iri", "No {thing}.", thing="IRI")), "en"
    ... )
    >>> told["message"], told["extensions"]
    ('No IRI.', {'code': 'NO_IRI', 'thing': 'IRI'})
    """
    formatted = error.formatted
    known = _expected(error)
    if known is None and _cause(error) is not None:
        known = LimitError("failure", "Something went wrong in the registry. Please try again later.")
    if known is not None:
        formatted["message"] = explain(known, language)
        formatted["extensions"] = {"code": code_of(known), **known.params}
    else:
        is_syntax = isinstance(error, GraphQLSyntaxError)
        formatted["extensions"] = {
            "code": "SYNTAX" if is_syntax else "VALIDATION",
            **(error.extensions or {}),
        }
    return formatted


def _expected(error: GraphQLError) -> KoepelError | None:
    """Find what the registry itself has to say about an error."""
    cause = _cause(error)
    if isinstance(cause, KoepelError):
        return cause
    if isinstance(error, GraphQLSyntaxError) and TOO_LONG in error.message:
        return InvalidDataError("question-too-long", "The question is too long. Put it as several questions.")
    if isinstance(error, GraphQLSyntaxError) and TOO_NESTED in error.message:
        return InvalidDataError("question-too-nested", "The question is nested too deeply. Simplify it.")
    return None


def _cause(error: GraphQLError) -> Exception | None:
    """Find what an error comes from, when it is none of GraphQL's own."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def code_of(error: KoepelError) -> str:
    """Name an error for programs, as GraphQL writes names that never change.

    >>> code_of(InvalidDataError("no-iri", "No IRI."))
    'NO_IRI'
    """
    return error.code.upper().replace("-", "_")
