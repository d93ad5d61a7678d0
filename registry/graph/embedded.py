"""The store that comes along: Oxigraph, in memory or in a folder; the only place that knows it."""

from __future__ import annotations

import errno
import hashlib
import io
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef

from registry.errors import InvalidDataError
from registry.graph.found import Found, Scope, ask
from registry.graph.store import Row, Table
from registry.graph.term import parsed, to_oxigraph, to_quad, to_rdflib
from registry.storage import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from rdflib.term import Node

    from registry.graph.store import Statement

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

__all__ = ["BATCH", "EmbeddedStore"]

N_TRIPLES: Final = "application/n-triples"
BATCH: Final = 5_000
"""So many statements go through the log; more are faster written as files of their own.

It also bounds what a checkpoint has to write, which takes some 40 ms for that many.
"""

MANY: Final = 100_000
"""So many statements are held in memory before they are written."""


@contextmanager
def _intact() -> Iterator[None]:
    """Tell a damaged file from a mistake of the program, which Oxigraph reports alike."""
    try:
        yield
    except RuntimeError as error:
        if not str(error).startswith("Corruption"):
            raise
        raise DamagedError(errno.EIO, str(error)) from error


class EmbeddedStore:
    """A set of named graphs, in memory or in a folder.

    >>> store = EmbeddedStore.in_memory()
    >>> store.load(b"<https://example.org/a> a <https://example.org/B> .", graph="https://example.org/g")
    >>> [str(row["kind"]) for row in store.select("SELECT ?kind { ?thing a ?kind }").rows]
    ['https://example.org/B']
    """

    def __init__(self, store: ox.Store, lease: ExitStack | None = None) -> None:
        self._store = store
        self._lease = lease
        self._logged = 0

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Make an empty store that is gone when the program ends."""
        return cls(ox.Store())

    @classmethod
    @_intact()
    def create(cls, folder: Path) -> EmbeddedStore:
        """Open a folder for writing; it is made when it is not there."""
        return cls(ox.Store(str(folder)))

    @classmethod
    @_intact()
    def open_read_only(cls, folder: Path, lease: ExitStack | None = None) -> EmbeddedStore:
        """Open a finished folder for reading; nothing may write to it meanwhile.

        Nor may it be deleted, because only sixteen files are opened from the start and the others when a
        question needs them. So the store holds on to the lease for as long as it is there.
        """
        return cls(ox.Store.read_only(str(folder)), lease)

    @_intact()
    def __len__(self) -> int:
        """Count the statements in all graphs."""
        return len(self._store)

    @_intact()
    def graphs(self) -> tuple[str, ...]:
        """List the named graphs, in order."""
        names = self._store.named_graphs()
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))

    def counts(self) -> dict[str, int]:
        """Count the statements of every named graph."""
        table = self.select("SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph")
        return {str(row["graph"]): int(row["n"]) for row in table.rows}

    @_intact()
    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Table:
        """Answer a SELECT query of our own, with some of its variables given.

        Queries of strangers go through `registry.sparql`, which runs them where they can be stopped.
        """
        given = (bindings or {}).items()
        substitutions: dict[ox.Variable, Term] = {
            ox.Variable(name): to_oxigraph(term) for name, term in given
        }
        found = self._store.query(query, use_default_graph_as_union=True, substitutions=substitutions)
        if not isinstance(found, ox.QuerySolutions):
            raise InvalidDataError("not-a-select", "Only SELECT queries give a table.")
        variables = tuple(variable.value for variable in found.variables)
        return Table(variables, tuple(_rows(variables, found)))

    @_intact()
    def answer(self, query: str, media_type: str, *, everywhere: bool = True) -> bytes:
        """Answer any SPARQL query and write the result in a format, given by its media type.

        A query that chooses its graphs itself with `FROM` is asked with `everywhere` off, because otherwise
        the union of all graphs takes their place.
        """
        written = io.BytesIO()
        self.ask(query, Scope(everywhere)).write(written, media_type)
        return written.getvalue()

    def ask(self, query: str, scope: Scope) -> Found:
        """Put any SPARQL query to some of the graphs; the answer is worked out while it is written."""
        return ask(self._store, query, scope)

    def load(self, data: bytes, *, graph: str, format: str = "text/turtle") -> None:
        """Add a document of our own making to a named graph; what strangers wrote goes through ingest."""
        self.load_all([(graph, data, format)])

    @_intact()
    def load_all(self, documents: Iterable[tuple[str, bytes, str]]) -> None:
        """Add many documents at once, each given as its named graph, its bytes and their media type."""
        self._add(quad for document in documents for quad in parsed(*document))

    @_intact()
    def add_all(self, statements: Iterable[Statement], *, graph: str) -> None:
        """Add statements to a named graph."""
        name = ox.NamedNode(graph)
        self._add(to_quad(statement, name) for statement in statements)

    @_intact()
    def replace(self, graph: str, lines: bytes, *, about: Iterable[Node] | None = None) -> None:
        """Put N-Triples in the place of a named graph, or of what it says about some subjects only.

        Things without a name keep their labels.
        """
        self._add(self._change(graph, lines, about))

    @_intact()
    def replace_all(self, versions: Iterable[tuple[str, bytes]]) -> None:
        """Replace many named graphs, each given with its N-Triples; every graph comes once."""
        new: list[ox.Quad] = []  # nothing may be removed while a store in memory takes in many statements
        for graph, lines in versions:
            new += self._change(graph, lines)
            if len(new) >= MANY:
                self._add(new)
                new = []
        self._add(new)

    @_intact()
    def remove(self, graph: str) -> None:
        """Remove a named graph; one that is not there is none to remove."""
        self._store.remove_graph(ox.NamedNode(graph))

    @_intact()
    def contents(self, graph: str) -> bytes:
        """Write a named graph as N-Triples, its lines sorted: equal graphs give equal bytes."""
        lines = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""
        return b"".join(sorted(lines.splitlines(keepends=True)))

    @_intact()
    def write(self, output: IO[bytes], media_type: str, prefixes: dict[str, str]) -> None:
        """Write everything into a file, statement by statement, so that little of it is in memory at once.

        A format without named graphs gets the statements of all of them together.
        """
        kind = ox.RdfFormat.from_media_type(media_type)
        if kind is None:
            raise InvalidDataError("unknown-format", "'{format}' is no RDF format.", format=media_type)
        if kind.supports_datasets:
            self._store.dump(output, format=kind, prefixes=prefixes)
        else:
            triples = (quad.triple for quad in self._store)
            ox.serialize(triples, output, format=kind, prefixes=prefixes)

    def digest(self) -> str:
        """Hash everything that is in the store: two stores with the same statements have the same digest.

        It is the SHA-256, in hexadecimal, of each graph's name and its sorted N-Triples, in the order of the
        names. Things without a name must have stable labels, as those that the registry writes do.
        """
        hashed = hashlib.sha256()
        for graph in self.graphs():
            if contents := self.contents(graph):
                hashed.update(f"<{graph}>\n".encode() + contents)
        return hashed.hexdigest()

    @_intact()
    def flush(self) -> None:
        """Make sure that everything is on disk."""
        self._store.flush()

    @_intact()
    def compact(self) -> None:
        """Sort all that was written into few files, which makes large questions about twice as fast.

        It takes some seconds per million statements, so it is for when most of them are new.
        """
        self._store.flush()
        self._store.optimize()

    @_intact()
    def checkpoint(self, folder: Path) -> None:
        """Freeze the present state into a new folder, which shares its files with this one by hard links."""
        self._store.backup(str(folder))

    @_intact()
    def copy(self, folder: Path) -> None:
        """Write everything that is said now into a new folder.

        The only way to get rid of a text for good: Oxigraph keeps each that was ever in a store, also when no
        statement has it any more and the files are compacted.
        """
        fresh = ox.Store(str(folder))
        try:
            fresh.bulk_extend(self._store)
            fresh.flush()
        finally:
            del fresh  # an error that somebody keeps would keep the folder locked

    def close(self) -> None:
        """Let go of the folder, so that it can be opened again; whoever asks now gets an error."""
        del self._store
        if self._lease:
            self._lease.close()

    def _found(self, graph: str, about: Iterable[Node] | None) -> Iterator[ox.Quad]:
        name = ox.NamedNode(graph)
        subjects = [None] if about is None else [_subject(one) for one in about]
        for subject in subjects:
            yield from self._store.quads_for_pattern(subject, None, None, name)

    def _change(self, graph: str, lines: bytes, about: Iterable[Node] | None = None) -> set[ox.Quad]:
        """Remove what is no longer said, and tell what is new; what stays is not written again."""
        before = set(self._found(graph, about))
        after = set(parsed(graph, lines, N_TRIPLES, keep_labels=True))
        gone = before - after
        for quad in gone:
            self._store.remove(quad)
        if about is None and not after:
            self.remove(graph)
        self._log(len(gone))
        return after - before

    def _add(self, quads: Iterable[ox.Quad]) -> None:
        """Add few statements through the log, and many as files of their own."""
        rest = iter(quads)
        first = list(islice(rest, BATCH))
        if len(first) < BATCH:
            self._store.extend(first)
            self._log(len(first))
        else:
            self._store.flush()  # what was written before must not be lost in a power cut that this survives
            self._store.bulk_extend(chain(first, rest))

    def _log(self, count: int) -> None:
        """Write to files what has gathered in the log, before it is so much that a checkpoint takes long."""
        self._logged += count
        if self._logged >= BATCH:
            self._store.flush()
            self._logged = 0


def _subject(term: Node) -> ox.NamedNode | ox.BlankNode:
    if not isinstance(term, URIRef | BNode):
        raise TypeError(f"{term!r} is no subject.")
    return ox.BlankNode(str(term)) if isinstance(term, BNode) else ox.NamedNode(str(term))


def _rows(variables: tuple[str, ...], found: ox.QuerySolutions) -> Iterator[Row]:
    """Turn solutions into rows; a term that comes again is turned once and kept once."""
    known: dict[object, URIRef | Literal | BNode] = {}
    for solution in found:
        row: Row = {}
        for name, term in zip(variables, solution, strict=True):
            if term is not None:
                if term not in known:
                    known[term] = to_rdflib(term)
                row[name] = known[term]
        yield row
