"""Puts a question to an open graph, with no limit of time or size; the worker adds those."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.errors import InvalidDataError, KoepelError, NotAllowedError, PeerError
from registry.graph.found import Scope
from registry.sparql.check import Form, check_query
from registry.sparql.mistake import explained
from registry.sparql.question import Question, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.graph.embedded import EmbeddedStore
    from registry.graph.found import Found, Output

__all__ = ["Reply", "Written", "answer_query", "evaluate"]


@dataclass(frozen=True)
class Written:
    """What a query brought, written down."""

    data: bytes
    media_type: str


@dataclass(frozen=True)
class Reply:
    """What a query brings, while it is being worked out."""

    found: Found
    media_type: str
    question: Question
    form: Form

    def write(self, output: Output) -> None:
        """Work it out, and write it down."""
        with _translated(self.question, self.form):
            self.found.write(output, self.media_type)


def answer_query(store: EmbeddedStore, query: str, wanted: Wanted) -> Written:
    """Answer a query on an open graph as a whole; the same queries are refused as everywhere.

    Raises:
        InvalidDataError: The text is no query; line and column say where.
        NotAllowedError: It would change something or call another server, or suits no format that is wanted.
    """
    question, output = Question(query, wanted), io.BytesIO()
    reply = evaluate(store, question, check_query(query))
    reply.write(output)
    return Written(output.getvalue(), reply.media_type)


def evaluate(store: EmbeddedStore, question: Question, form: Form) -> Reply:
    """Begin to answer a question that was checked."""
    scope = Scope(not form.names_graphs, question.default_graphs, question.named_graphs)
    with _translated(question, form):
        found = store.ask(question.query, scope)
    media_type = question.wanted.graph if found.is_graph else question.wanted.table
    if media_type is None:
        raise NotAllowedError(
            "no-such-format", "The answer cannot be given in the format that was asked for."
        )
    return Reply(found, media_type, question, form)


@contextmanager
def _translated(question: Question, form: Form) -> Iterator[None]:
    """Say in our words what the store says in its own."""
    try:
        yield
    except KoepelError:
        raise
    except SyntaxError as error:
        raise explained(question.query, str(error)) from None
    except (RuntimeError, ValueError) as error:  # a function that nobody knows; a graph without a proper name
        raise InvalidDataError(
            "query-fails", "The query cannot be answered: {reason}", reason=str(error)
        ) from None
    except OSError as error:
        if not form.calls_peers:
            raise
        raise PeerError(
            "peer-failed",
            "A server that the query calls with SERVICE gave no answer that can be used: {reason}",
            reason=str(error),
        ) from None
