"""The same question put to several registries, with an answer that says who said what, and who said nothing.

A peer that fails is part of the answer: a row or a member that names it, never a gap that nobody notices.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from federation.peer import Kind, ask_peer
from registry.errors import PeerError
from registry.graph.found import BASE
from registry.sparql.check import check_query
from registry.sparql.delegation import Account, Table, read_table, refuse_unasked, write_dataset
from registry.sparql.evaluation import rehearse
from registry.sparql.question import Question, Wanted

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from federation.peer import Answer, Limits
    from registry.ingest.remark import Remark
    from registry.sparql.delegation import Statements

__all__ = ["Expected", "Federated", "Part", "ask_all", "expect"]

MOST_AT_ONCE: Final = 16
PEER: Final = "peer"
TROUBLE: Final = "trouble"
TRUTH: Final = "answer"
"""The column for what ASK gives."""

Say = Callable[[PeerError], str]
"""Tells in the reader's language what went wrong."""


@dataclass(frozen=True)
class Expected:
    """What a question will give, whoever answers it: a graph, or a table with these columns."""

    kind: Kind
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """What one peer brought, or why it brought nothing."""

    peer: str
    seconds: float
    table: Table | None = None
    statements: Statements = ()
    snapshot: str = ""
    trouble: PeerError | None = None

    @property
    def rows(self) -> int:
        """How much it brought."""
        return len(self.table.rows) if self.table else len(self.statements)

    @property
    def account(self) -> Remark | PeerError:
        """Say to people how much it brought, or why nothing."""
        if self.trouble:
            return self.trouble
        return Account(self.peer, self.rows, self.snapshot, self.seconds).remark


@dataclass(frozen=True)
class Federated:
    """The answers of all, in the order in which they were named."""

    expected: Expected
    parts: tuple[Part, ...]

    @property
    def troubles(self) -> tuple[PeerError, ...]:
        """What went wrong, one for each peer that failed."""
        return tuple(part.trouble for part in self.parts if part.trouble)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table; the first is the peer."""
        return (_free(PEER, self.expected.variables), *self.expected.variables)

    def cells(self) -> Iterator[dict[str, dict[str, str]]]:
        """Describe all rows, each with its peer, as results in JSON do."""
        for part in self.parts:
            for row in part.table.cells() if part.table else ():
                yield {self.columns[0]: {"type": "uri", "value": part.peer}, **row}

    def to_json(self, say: Say) -> str:
        """Write a result in JSON, with a member `peers` beside those of the standard."""
        peers = [
            {
                "peer": part.peer,
                "rows": None if part.trouble else part.rows,
                "snapshot": part.snapshot or None,
                "seconds": round(part.seconds, 3),
                "trouble": say(part.trouble) if part.trouble else None,
            }
            for part in self.parts
        ]
        results = {"bindings": list(self.cells())}
        return json.dumps(
            {"head": {"vars": self.columns}, "results": results, "peers": peers}, ensure_ascii=False
        )

    def to_csv(self, say: Say) -> str:
        """Write a table for a spreadsheet; a peer that failed has a row and a column that say so."""
        trouble = _free(TROUBLE, self.columns)
        columns = (*self.columns, trouble) if self.troubles else self.columns
        written = io.StringIO()
        table = csv.DictWriter(written, columns, lineterminator="\r\n")
        table.writeheader()
        table.writerows({name: _plain(cell) for name, cell in row.items()} for row in self.cells())
        for part in self.parts:
            if part.trouble:
                table.writerow({columns[0]: part.peer, trouble: say(part.trouble)})
        return written.getvalue()

    def to_dataset(self, say: Say, media_type: str) -> str:
        """Write statements, each peer's in a graph of its name; who failed is told outside."""
        graphs = {part.peer: part.statements for part in self.parts}
        notes = [(part.peer, say(part.trouble)) for part in self.parts if part.trouble]
        return write_dataset(graphs, notes, media_type).decode()


def expect(query: str, wanted: Wanted) -> Expected:
    """Find out what a question will give, and that it is one, before anybody is asked.

    >>> expect("SELECT ?project { ?project a <def#Project> }", Wanted()).variables
    ('project',)
    >>> expect("ASK {}", Wanted()).variables
    ('answer',)

    Raises:
        InvalidDataError: It cannot be read; line and column say where.
        NotAllowedError: It would change something or call another server, or suits no format that is wanted.
    """
    reply = rehearse(Question(query, wanted), check_query(query))
    if reply.found.is_graph:
        return Expected(Kind.GRAPH)
    written = io.BytesIO()
    reply.found.write(written, Wanted().table or "")
    found = read_table(written.getvalue())
    return Expected(Kind.TABLE, found.variables if isinstance(found, Table) else (TRUTH,))


def ask_all(peers: Sequence[str], query: str, expected: Expected, limits: Limits) -> Federated:
    """Put a question to all peers at the same time; none of them keeps the others from being heard."""

    def ask(number: int, peer: str) -> Part:
        begin = time.monotonic()
        try:
            # Relative addresses mean the same everywhere.
            answer = ask_peer(peer, f"BASE <{BASE}> {query}", expected.kind, limits)
            return _part(number, peer, answer, expected)
        except PeerError as error:
            return Part(peer, time.monotonic() - begin, trouble=error)

    with ThreadPoolExecutor(min(MOST_AT_ONCE, len(peers))) as threads:
        return Federated(expected, tuple(threads.map(ask, range(1, len(peers) + 1), peers)))


def _part(number: int, peer: str, answer: Answer, expected: Expected) -> Part:
    found = answer.found
    if isinstance(found, tuple):
        return Part(peer, answer.seconds, statements=found, snapshot=answer.snapshot)
    table = Table.of_truth(TRUTH, value=found) if isinstance(found, bool) else found
    refuse_unasked(peer, table, expected.variables)
    return Part(peer, answer.seconds, table.with_labels(f"p{number}-"), snapshot=answer.snapshot)


def _free(name: str, taken: Container[str]) -> str:
    """Find a name for a column that the question does not use.

    >>> _free("peer", ("peer", "title"))
    'peer_'
    """
    while name in taken:
        name += "_"
    return name


def _plain(cell: dict[str, str]) -> str:
    return f"_:{cell['value']}" if cell["type"] == "bnode" else cell["value"]
