"""Finds the parts of a query that are for peers, so that they can be asked beforehand and one by one.

A call is `SERVICE`, the full address of a peer or a variable, and a group in braces. A variable has its
addresses from a `VALUES` block right before the call. Whatever else holds the word is left to the check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.errors import InvalidDataError, KoepelError, LimitError, NotAllowedError
from registry.graph.found import BASE
from registry.sparql.check import Form, check_query
from registry.sparql.mistake import unreadable
from registry.sparql.token import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["CALL", "MOST_CALLS", "Call", "Plan", "plan_calls"]

MOST_CALLS: Final = 10
"""How many times one query may ask a peer."""
CALL: Final = "service"
FORMS: Final = frozenset({"select", "ask", "construct", "describe"})
#: Stands where a call stands, is as long as its keyword, and calls nobody.
IN_PLACE: Final = "GRAPH  "


@dataclass(frozen=True)
class Call:
    """One part of a query, and the peers that it is for."""

    start: int
    end: int
    """Where it stands in the query."""
    addresses: tuple[str, ...]
    query: str
    """What each of them is asked."""
    names: frozenset[str]
    """The variables of the part: a peer can say nothing about others."""
    variable: str = ""
    """The variable that stands for the peer, where there is one."""


@dataclass(frozen=True)
class Plan:
    """What is to be asked elsewhere, before the rest of a query can be answered here."""

    calls: tuple[Call, ...]
    form: Form
    rehearsal: str
    """The same query without a call, to see whether it can be read before anybody is bothered."""


def plan_calls(query: str, peers: frozenset[str]) -> Plan:
    """Find out which parts of a query are for which peers.

    >>> there = "https://peer.example/sparql"
    >>> plan = plan_calls(f"SELECT ?s {{ SERVICE <{there}> {{ ?s a ?kind }} }}", frozenset({there}))
    >>> plan.calls[0].query
    'BASE <https://w3id.org/koepel/> SELECT * { ?s a ?kind }'
    >>> plan.rehearsal
    'SELECT ?s { GRAPH   <https://peer.example/sparql> { ?s a ?kind } }'

    Raises:
        NotAllowedError: It calls somebody else, or in a way that may hide a failure.
        LimitError: It asks too often.
        InvalidDataError: Its brackets do not close.
    """
    calls = tuple(_Reader(query, peers).calls())
    if calls and (
        "\\u" in query or "\\U" in query
    ):  # two readers may not agree what is a text and what is not
        raise _elsewhere(peers)
    if sum(len(call.addresses) for call in calls) > MOST_CALLS:
        raise LimitError(
            "too-many-calls",
            "A query may ask other servers at most {limit} times with SERVICE. Ask in several queries.",
            limit=MOST_CALLS,
        )
    rehearsal = _replaced(query, [(call.start, call.start + len(CALL)) for call in calls], IN_PLACE)
    rest = _replaced(query, [(call.start, call.end) for call in calls], "{}")
    try:
        check_query(rehearsal)
        return Plan(calls, check_query(rest), rehearsal)
    except NotAllowedError as refused:
        raise (_elsewhere(peers) if refused.code == "service-refused" else refused) from None


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    def is_word(self, word: str) -> bool:
        """Tell whether this is a keyword."""
        return self.kind == "word" and self.text.lower() == word

    @property
    def is_form(self) -> bool:
        """Tell whether this ends the prologue of a query."""
        return self.kind == "word" and self.text.lower() in FORMS

    def is_mark(self, mark: str) -> bool:
        """Tell whether this is a bracket or an operator."""
        return self.kind == "mark" and self.text == mark


END: Final = _Token("end", "", 0, 0)


def _tokens(query: str) -> Iterator[_Token]:
    """List the tokens but comments; a kind that does not matter is empty, and so is the text."""
    for found in TOKEN.finditer(query):
        kind = found.lastgroup or ""
        if kind == "open":
            return
        if kind != "comment":
            yield _Token(kind, found[kind] if kind else "", found.start(), found.end())


class _Reader:
    """Goes through a query from its start to its end."""

    def __init__(self, query: str, peers: frozenset[str]) -> None:
        self._query = query
        self._peers = peers
        self._tokens = list(_tokens(query))

    def calls(self) -> Iterator[Call]:
        """Find the calls."""
        form = next((token.start for token in self._tokens if token.is_form), None)
        position = 0
        while position < len(self._tokens):
            if form is not None and self._tokens[position].is_word(CALL):
                call, position = self._call(position, self._query[:form])
                yield call
            position += 1

    def _call(self, position: int, prologue: str) -> tuple[Call, int]:
        target, brace = self._at(position + 1), position + 2
        if target.is_word("silent"):
            raise NotAllowedError(
                "service-silent",
                "SERVICE SILENT is not accepted: a server that fails would be missing without a word. Leave "
                "SILENT out.",
            )
        addresses = self._addresses(target, position)
        if not addresses or not self._peers.issuperset(addresses):
            raise _elsewhere(self._peers)
        close = self._close(brace)
        start, end = self._tokens[brace].start, self._tokens[close].end
        return Call(
            self._tokens[position].start,
            end,
            addresses,
            f"BASE <{BASE}> {prologue}SELECT * {self._query[start:end]}",
            frozenset(token.text for token in self._tokens[brace:close] if token.kind == "variable"),
            target.text if target.kind == "variable" else "",
        ), close

    def _addresses(self, target: _Token, position: int) -> tuple[str, ...]:
        """Give the address that a call names, or those that a block right before it gives its variable."""
        if target.kind == "iri":
            return (target.text,)
        start = position - 1
        while start > 0 and self._tokens[start - 1].kind == "iri":
            start -= 1
        before = self._tokens[max(0, start - 3) : start]
        if target.kind != "variable" or not self._at(position - 1).is_mark("}") or len(before) < 3:
            return ()
        values, variable, brace = before
        if not (values.is_word("values") and variable[:2] == target[:2] and brace.is_mark("{")):
            return ()
        return tuple(dict.fromkeys(token.text for token in self._tokens[start : position - 1]))

    def _close(self, position: int) -> int:
        """Find the brace that closes a group."""
        depth = 0
        for here in range(position, len(self._tokens)):
            token = self._tokens[here]
            if token.is_word(CALL):
                raise NotAllowedError(
                    "service-nested",
                    "What is handed to another server with SERVICE may hand on no part of itself. Put the "
                    "two parts beside each other.",
                )
            depth += token.is_mark("{") - token.is_mark("}")
            if depth <= 0:
                if token.is_mark("}"):
                    return here
                raise self._unreadable(token.start)
        raise self._unreadable(len(self._query.rstrip()) - 1)

    def _at(self, position: int) -> _Token:
        return self._tokens[position] if 0 <= position < len(self._tokens) else END

    def _unreadable(self, offset: int) -> InvalidDataError:
        line_start = self._query.rfind("\n", 0, offset) + 1
        return unreadable(self._query, self._query.count("\n", 0, offset) + 1, offset - line_start + 1)


def _replaced(query: str, places: Sequence[tuple[int, int]], text: str) -> str:
    """Put a text in some places of a query."""
    starts = (0, *(end for _, end in places))
    ends = (*(start for start, _ in places), len(query))
    return text.join(query[start:end] for start, end in zip(starts, ends, strict=True))


def _elsewhere(peers: frozenset[str]) -> KoepelError:
    return NotAllowedError(
        "service-elsewhere",
        "With SERVICE a query may call only these servers, each by its full address and without escapes: "
        "{peers}. Leave other calls out.",
        peers=", ".join(sorted(peers)),
    )
