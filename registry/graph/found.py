"""What the store found for a query, before it is written down in a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, Protocol, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Found", "Output", "Scope", "ask", "rewritten"]

BASE: Final = "https://w3id.org/koepel/"
"""Where a relative IRI in a query begins, so that `<def#Project>` and `<code/status/running>` are enough."""


@dataclass(frozen=True)
class Scope:
    """The graphs that a query is about (SPARQL 1.1 Protocol, section 2.1.4).

    Nothing given means what the query says itself, and `everywhere` that its default graph is the union of
    all graphs. A query that chooses its graphs with `FROM` is asked with `everywhere` off, because otherwise
    the union takes their place.
    """

    everywhere: bool = True
    default: Sequence[str] = ()
    named: Sequence[str] = ()

    @property
    def is_given(self) -> bool:
        """Whether the reader chose the graphs beside the query, which then decides over what it says."""
        return bool(self.default or self.named)


class Output(Protocol):
    """What an answer can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take in the next piece."""

    def flush(self) -> None:
        """Pass on what has been taken in."""


class Found:
    """An answer that is worked out while it is being written, so that it never has to be held as a whole."""

    def __init__(self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self._result = result

    @property
    def is_graph(self) -> bool:
        """Whether it is statements, as CONSTRUCT and DESCRIBE give, and no table or truth value."""
        return isinstance(self._result, ox.QueryTriples)

    def write(self, output: Output, media_type: str) -> None:
        """Write it down in a format, given by its media type; once only."""
        file = cast("IO[bytes]", output)
        if isinstance(self._result, ox.QueryTriples):
            ox.serialize(self._result, file, ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE)
            return
        table_format = ox.QueryResultsFormat.from_media_type(media_type) or ox.QueryResultsFormat.JSON
        self._result.serialize(file, format=table_format)


def ask(store: ox.Store, query: str, scope: Scope) -> Found:
    """Put a query to a store."""
    if not scope.is_given:
        return Found(store.query(query, base_iri=BASE, use_default_graph_as_union=scope.everywhere))
    default, named = ([ox.NamedNode(name) for name in names] for names in (scope.default, scope.named))
    return Found(store.query(query, base_iri=BASE, default_graph=list(default), named_graphs=list(named)))


def rewritten(n_triples: bytes, media_type: str, prefixes: Mapping[str, str]) -> bytes:
    """Write statements in another format, fast also where there are many."""
    wanted = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE
    statements = (quad.triple for quad in ox.parse(n_triples, format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(statements, format=wanted, prefixes=dict(prefixes)) or b""
