"""What the registry asks of a store of named graphs, whichever store that is.

Every source has a named graph of its own. Queries see the union of all graphs as the default graph, so a
reader need not know who published what, and can still ask with `GRAPH`. The store that comes along is
`registry.graph.embedded.EmbeddedStore`; a SPARQL 1.1 server can be another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rdflib import BNode, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

__all__ = ["GraphStore", "Row", "Statement", "Table", "WritableStore"]

Row = dict[str, URIRef | Literal | BNode]
"""One answer: a term per variable that is bound."""

Statement = tuple["Node", "Node", "Node"]
"""What is said: subject, property and value."""


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT query: its variables in order, and its rows."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


class GraphStore(Protocol):
    """A set of named graphs that can be asked."""

    def __len__(self) -> int:
        """Count the statements in all graphs."""

    def graphs(self) -> tuple[str, ...]:
        """List the named graphs, in order."""

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Table:
        """Answer a SELECT query of our own, with some of its variables given."""

    def answer(self, query: str, media_type: str, *, everywhere: bool = True) -> bytes:
        """Answer any SPARQL query and write the result in a format, given by its media type.

        A query that chooses its graphs itself with `FROM` is asked with `everywhere` off, because otherwise
        the union of all graphs takes their place.
        """


class WritableStore(GraphStore, Protocol):
    """A set of named graphs that can be asked and changed.

    Things without a name keep the label that they are given, because who writes here has made it unique;
    only `load` and `load_all`, which take documents as they are, give each its own labels.
    """

    def load(self, data: bytes, *, graph: str, format: str = "text/turtle") -> None:
        """Add a document of our own making to a named graph; what strangers wrote goes through ingest."""

    def load_all(self, documents: Iterable[tuple[str, bytes, str]]) -> None:
        """Add many documents at once, each given as its named graph, its bytes and their media type."""

    def add_all(self, statements: Iterable[Statement], *, graph: str) -> None:
        """Add statements to a named graph."""

    def replace(self, graph: str, lines: bytes, *, about: Iterable[Node] | None = None) -> None:
        """Put N-Triples in the place of a named graph, or of what it says about some subjects only."""

    def replace_all(self, versions: Iterable[tuple[str, bytes]]) -> None:
        """Replace many named graphs, each given with its N-Triples; every graph comes once."""

    def remove(self, graph: str) -> None:
        """Remove a named graph; one that is not there is none to remove."""

    def contents(self, graph: str) -> bytes:
        """Write a named graph as N-Triples, its lines sorted: equal graphs give equal bytes."""
