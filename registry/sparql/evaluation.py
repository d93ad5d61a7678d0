"""Puts a question to an open graph, with no limit of time or size; the worker adds those."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.graph.embedded import EmbeddedStore
from registry.graph.found import Scope
from registry.sparql.check import Form, check_query
from registry.sparql.delegation import NOBODY, plan_calls
from registry.sparql.mistake import explained, unreadable
from registry.sparql.question import Question, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.graph.found import Found, Output
    from registry.sparql.delegation import Account, Peers, Plan

__all__ = ["Reply", "Written", "answer_query", "evaluate", "plan", "rehearse"]


@dataclass(frozen=True)
class Written:
    """What a query brought, written down."""

    data: bytes
    media_type: str
    accounts: tuple[Account, ...] = ()
    """Which peers were asked for it."""


@dataclass(frozen=True)
class Reply:
    """What a query brings, while it is being worked out."""

    found: Found
    media_type: str
    question: Question

    def write(self, output: Output) -> None:
        """Work it out, and write it down."""
        with _translated(self.question):
            self.found.write(output, self.media_type)


def answer_query(store: EmbeddedStore, query: str, wanted: Wanted, peers: Peers = NOBODY) -> Written:
    """Answer a query on an open graph as a whole; the same queries are refused as everywhere.

    Raises:
        InvalidDataError: The text is no query; line and column say where.
        NotAllowedError: It would change something or call who is no peer, or suits no format that is wanted.
        PeerError: A peer gave no answer that can be used.
    """
    question, output, form = Question(query, wanted), io.BytesIO(), None
    accounts: tuple[Account, ...] = ()
    if peers.may_be_called(query):
        planned = plan(question, peers.addresses)
        delegated = peers.fill_in(query, planned)
        question, form, accounts = Question(delegated.query, wanted), planned.form, delegated.accounts
    reply = evaluate(store, question, form or check_query(query))
    reply.write(output)
    return Written(output.getvalue(), reply.media_type, accounts)


def plan(question: Question, peers: frozenset[str]) -> Plan:
    """Find out what a question wants to know from peers, and that it can be read; nobody is asked yet."""
    planned = plan_calls(question.query, peers)
    try:
        rehearse(replace(question, query=planned.rehearsal), planned.form)
    except InvalidDataError as error:
        if error.line is None or error.column is None:
            raise
        raise unreadable(question.query, error.line, error.column) from None
    return planned


def rehearse(question: Question, form: Form) -> Reply:
    """Put a question that was checked to an empty graph, to see whether it is one and what it will give."""
    return evaluate(EmbeddedStore.in_memory(), question, form)


def evaluate(store: EmbeddedStore, question: Question, form: Form) -> Reply:
    """Begin to answer a question that was checked."""
    scope = Scope(not form.names_graphs, question.default_graphs, question.named_graphs)
    with _translated(question):
        found = store.ask(question.query, scope)
    media_type = question.wanted.graph if found.is_graph else question.wanted.table
    if media_type is None:
        raise NotAllowedError(
            "no-such-format", "The answer cannot be given in the format that was asked for."
        )
    return Reply(found, media_type, question)


@contextmanager
def _translated(question: Question) -> Iterator[None]:
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
