"""The other registries that a query may ask, and what they answered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from uuid import uuid4

from registry.errors import PeerError
from registry.ingest.remark import Remark
from registry.sparql.delegation.call import CALL, MOST_CALLS
from registry.sparql.delegation.values import values

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from registry.sparql.delegation.call import Call, Plan
    from registry.sparql.delegation.table import Table

__all__ = ["NOBODY", "Account", "Ask", "Delegated", "Errand", "Peers", "Reply", "completed", "refuse_unasked"]


@dataclass(frozen=True)
class Reply:
    """What a peer answered, and from which of its states."""

    table: Table
    snapshot: str = ""
    seconds: float = 0.0


Ask = Callable[[str, str, int], Reply]
"""Puts to a peer a query with a table for its answer, and takes in no more than so many bytes."""


@dataclass(frozen=True)
class Account:
    """What is told to the reader about one question to a peer."""

    peer: str
    rows: int
    snapshot: str = ""
    seconds: float = 0.0

    @property
    def remark(self) -> Remark:
        """Say it to people."""
        return Remark(
            "peer-answered",
            "{peer}: {rows} found in {seconds} s, snapshot {snapshot}",
            {
                "peer": self.peer,
                "rows": self.rows,
                "seconds": f"{self.seconds:.1f}",
                "snapshot": self.snapshot or "–",
            },
        )


@dataclass(frozen=True)
class Delegated:
    """A query in which the peers' answers stand, and whose they are."""

    query: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class Errand:
    """One question to one peer."""

    address: str
    call: Call


@dataclass(frozen=True)
class Peers:
    """Who may be asked, and how."""

    addresses: frozenset[str] = frozenset()
    """Each is written in a query exactly so."""
    ask: Ask | None = None
    most: int = 20_000_000
    """So many bytes are taken in for one query."""

    def may_be_called(self, query: str) -> bool:
        """Tell at a glance whether a query can have something for them."""
        return bool(self.addresses) and self.ask is not None and CALL in query.lower()

    def errands(self, plan: Plan) -> tuple[Errand, ...]:
        """List the questions to be asked, in the order of the query."""
        return tuple(Errand(address, call) for call in plan.calls for address in call.addresses)

    def run(self, errand: Errand, among: int) -> Reply:
        """Ask one peer, for a fair share of the room.

        Raises:
            PeerError: There is no answer that can be used.
        """
        if self.ask is None or errand.address not in self.addresses:
            raise RuntimeError("Only peers can be asked.")
        reply = self.ask(errand.address, errand.call.query, self.most // among)
        refuse_unasked(errand.address, reply.table, errand.call.names)
        return Reply(reply.table.with_iris(_nameless(errand.address)), reply.snapshot, reply.seconds)

    def fill_in(self, query: str, plan: Plan) -> Delegated:
        """Ask everybody at the same time, and put what they answer into the query."""
        errands = self.errands(plan)
        with ThreadPoolExecutor(MOST_CALLS) as threads:
            replies = tuple(threads.map(lambda errand: self.run(errand, len(errands)), errands))
        return completed(query, plan, replies)


def refuse_unasked(address: str, table: Table, names: Container[str]) -> None:
    """Refuse an answer that says something about variables that nobody asked for.

    Raises:
        PeerError: It does.
    """
    unasked = [name for name in table.variables if name not in names]
    if unasked:
        raise PeerError(
            "peer-unasked",
            "{peer} answered with {names}, which it was not asked for, so its answer is not used. Tell those "
            "who run it.",
            peer=address,
            names=", ".join(unasked),
        )


NOBODY: Final = Peers()


def completed(query: str, plan: Plan, replies: Sequence[Reply]) -> Delegated:
    """Put answers into the query in the place of the calls."""
    accounts = tuple(
        Account(address, len(reply.table.rows), reply.snapshot, reply.seconds)
        for address, reply in zip(_addresses(plan), replies, strict=True)
    )
    rest, pieces, end = iter(replies), [], 0
    for call in plan.calls:
        tables = [next(rest).table for _ in call.addresses]
        pieces += [query[end : call.start], values(call, tables)]
        end = call.end
    return Delegated("".join((*pieces, query[end:])), accounts)


def _addresses(plan: Plan) -> Iterator[str]:
    return (address for call in plan.calls for address in call.addresses)


def _nameless(address: str) -> str:
    """Begin IRIs for what has no name at a peer; no two answers share them.

    >>> _nameless("https://peer.example/sparql").rpartition("/")[0]
    'https://peer.example/.well-known/genid'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/.well-known/genid/{uuid4().hex}-"
