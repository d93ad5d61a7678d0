"""Answers the SPARQL queries of strangers, each in a process of its own that is ended at its limit.

A query may not change anything and may not reach other servers: Oxigraph would call any address that
`SERVICE` names. So each is first read with rdflib's parser, which knows no extensions, and is refused on
anything that this parser does not take for a plain SPARQL 1.1 query. The store itself has no time limit,
which is why a query runs where it can be killed.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pyparsing import ParseException, ParseResults
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from registry.errors import InvalidDataError, KoepelError, NotAllowedError
from registry.graph.store import GraphStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

__all__ = ["Answer", "Endpoint", "LimitError", "Limits", "Wanted", "answer_query", "check_query"]

LONGEST_QUERY: Final = 20_000
LONGEST_HINT: Final = 40
#: Python's usual limit stops rdflib's parser at a few dozen nested brackets.
DEEPEST_CALL: Final = 5_000
POSITION: Final = re.compile(r"error at (\d+):(\d+):")
TABLES: Final = frozenset({"SelectQuery", "AskQuery"})
FORMS: Final = TABLES | {"ConstructQuery", "DescribeQuery"}

#: A fork server starts workers in milliseconds, because it has read the libraries already.
PROCESSES: Final = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


class LimitError(KoepelError):
    """A query asks for more time, memory or room than one reader gets."""

    status: ClassVar[int] = 503


@dataclass(frozen=True)
class Limits:
    """How far the registry goes for one query."""

    seconds: float
    bytes: int
    memory: int = 4 << 30
    """Largest address space of the process that answers, in bytes."""
    at_once: int = 4


@dataclass(frozen=True)
class Wanted:
    """The media types in which a reader takes an answer; none where nothing on offer suits."""

    table: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"


@dataclass(frozen=True)
class Answer:
    """What a query brought, written down."""

    data: bytes
    media_type: str


class Endpoint:
    """Answers queries on one finished graph; at most a few at the same time."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._slots = BoundedSemaphore(limits.at_once)

    def answer(self, query: str, wanted: Wanted) -> Answer:
        """Answer a query within the limits.

        Raises `InvalidDataError` with line and column for a text that is no query, `NotAllowedError` for an
        update or a call to another server, and `LimitError` for what takes too long or grows too large. An
        answer is never cut short.
        """
        if len(query) > LONGEST_QUERY:
            raise LimitError(
                "query-too-long",
                "The query is longer than {limit} characters. Shorten it.",
                limit=LONGEST_QUERY,
            )
        if not self._slots.acquire(timeout=self._limits.seconds):
            raise LimitError("too-many-queries", "Too many queries are running. Try again in a moment.")
        try:
            return self._run(query, wanted)
        finally:
            self._slots.release()

    def _run(self, query: str, wanted: Wanted) -> Answer:
        receiver, sender = PROCESSES.Pipe(duplex=False)
        arguments = (sender, str(self._folder), query, wanted, self._limits)
        worker = PROCESSES.Process(target=_work, args=arguments, daemon=True)
        with closing(receiver):
            worker.start()
            sender.close()
            try:
                return self._receive(receiver)
            finally:
                worker.kill()
                worker.join()
                worker.close()

    def _receive(self, receiver: Connection[Any, Any]) -> Answer:
        try:
            if receiver.poll(self._limits.seconds):
                outcome = receiver.recv()
                if isinstance(outcome, Answer):
                    return outcome
                raise outcome
        except EOFError:
            raise LimitError(
                "query-too-big", "The query needs more memory than one query may use. Ask for less at a time."
            ) from None
        raise LimitError(
            "query-too-slow",
            "The query was stopped after {seconds} seconds. Ask for less, or add a LIMIT.",
            seconds=f"{self._limits.seconds:g}",
        )


def answer_query(store: GraphStore, query: str, wanted: Wanted) -> Answer:
    """Answer a query on an open graph, with no limit of time or size; the same queries are refused."""
    form = check_query(query)
    media_type = wanted.table if form.gives_table else wanted.graph
    if media_type is None:
        raise NotAllowedError(
            "no-such-format", "The answer cannot be given in the format that was asked for."
        )
    try:
        return Answer(store.answer(query, media_type, everywhere=not form.names_graphs), media_type)
    except SyntaxError as error:
        position = POSITION.match(str(error))
        line, column = map(int, position.groups()) if position else (1, 1)
        raise _unreadable(query, line, column) from None
    except RuntimeError as error:  # such as a function that nobody knows
        raise InvalidDataError(
            "query-fails", "The query cannot be answered: {reason}", reason=str(error)
        ) from None


@dataclass(frozen=True)
class Form:
    """What kind of query it is."""

    gives_table: bool
    """True for SELECT and ASK, whose answer is no graph."""
    names_graphs: bool
    """True where FROM says which graphs are asked."""


def check_query(query: str) -> Form:
    """Refuse what is no plain query, and tell what kind it is.

    >>> check_query("SELECT ?s { ?s ?p ?o }")
    Form(gives_table=True, names_graphs=False)
    >>> check_query("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    registry.errors.NotAllowedError: A query may not call another server with SERVICE. Leave that part out.
    """
    names = set(_names(_parse(query)))
    if "ServiceGraphPattern" in names:
        raise NotAllowedError(
            "service-refused", "A query may not call another server with SERVICE. Leave that part out."
        )
    return Form(bool(names & TABLES), "DatasetClause" in names)


def _parse(query: str) -> ParseResults:
    try:
        return parseQuery(query)
    except ParseException as error:
        if _is_update(query):
            raise NotAllowedError(
                "update-refused", "Readers may ask, not change: use SELECT, ASK, CONSTRUCT or DESCRIBE."
            ) from None
        raise _unreadable(query, error.lineno, error.column) from None
    except ValueError:  # an escape that stands for no character
        raise _unreadable(query, 1, 1) from None
    except RecursionError:
        raise InvalidDataError("query-too-deep", "The query is nested too deeply. Simplify it.") from None


def _is_update(query: str) -> bool:
    try:
        return bool(parseUpdate(query).request)
    except (ParseException, RecursionError):
        return False


def _unreadable(query: str, line: int, column: int) -> InvalidDataError:
    lines = query.splitlines() or [""]
    near = lines[min(line, len(lines)) - 1][column - 1 :].strip()
    return InvalidDataError(
        "query-syntax",
        "The query cannot be read at line {line}, column {column}: {near}",
        line=line,
        column=column,
        near=near[:LONGEST_HINT] or "…",
    )


def _names(part: object) -> Iterator[str]:
    """Name every construct of a parsed query, however deep it stands."""
    if isinstance(part, CompValue):
        yield part.name
        for value in part.values():
            yield from _names(value)
    elif isinstance(part, ParseResults | list | tuple):
        for value in part:
            yield from _names(value)


def _work(sender: Connection[Any, Any], folder: str, query: str, wanted: Wanted, limits: Limits) -> None:
    """Answer one query in a process of its own, and send the answer or what went wrong."""
    _restrain(limits)
    try:
        outcome: Answer | KoepelError = _answer(Path(folder), query, wanted, limits)
    except KoepelError as error:
        outcome = error
    except OSError:  # the graph is gone
        outcome = LimitError("failure", "Something went wrong in the registry. Please try again later.")
    sender.send(outcome)


def _restrain(limits: Limits) -> None:
    """Let other work go first, and end even when nobody is left to end this process."""
    sys.setrecursionlimit(DEEPEST_CALL)
    os.nice(5)
    longest = int(limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _answer(folder: Path, query: str, wanted: Wanted, limits: Limits) -> Answer:
    answer = answer_query(GraphStore.open_read_only(folder), query, wanted)
    if len(answer.data) > limits.bytes:
        raise LimitError(
            "answer-too-large",
            "The answer is larger than {limit} bytes. Ask for less, or use LIMIT and OFFSET.",
            limit=limits.bytes,
        )
    return answer
