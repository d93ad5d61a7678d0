"""The documents that the registry publishes: who wrote them, what they describe, since when they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import PROV, URIRef
from rdflib.namespace import DCTERMS

from registry.graph.question import ask
from registry.reading.entry import last_part
from registry.reading.record import Record, gather
from registry.reading.text import Text, choose
from registry.vocabulary import GRAPH, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib import Literal

    from registry.graph.store import GraphStore

__all__ = ["Account", "read_accounts", "read_contents", "read_homes", "read_lines", "sources"]

DIGEST: Final = "sha256:"


@dataclass(frozen=True)
class Account:
    """What is known of one document: what it says of itself, and what the registry says of it."""

    source: URIRef
    """The address space under which it is registered; its graph is called the same."""
    record: Record = field(repr=False)

    def title(self, *languages: str) -> Text:
        """What it is called."""
        titles = self.record.literals(DCTERMS.title)
        return choose(titles, *languages) or Text(last_part(self.source))

    @property
    def address(self) -> URIRef | None:
        """Where it was fetched."""
        return self.record.link(PROV.hadPrimarySource)

    @property
    def accepted(self) -> Literal | None:
        """When this version of it was published here."""
        return self.record.literal(PROV.generatedAtTime)

    @property
    def position(self) -> Literal | None:
        """The event of the ledger that published it."""
        return self.record.literal(SCHEMA.position)

    @property
    def digest(self) -> str | None:
        """The hash of its statements, by which its versions are told apart."""
        found = map(str, self.record.literals(DCTERMS.identifier))
        return next((one for one in found if one.startswith(DIGEST)), None)

    @property
    def publisher(self) -> URIRef | None:
        """Who speaks in it."""
        return self.record.link(DCTERMS.publisher)

    @property
    def licence(self) -> URIRef | None:
        """Under which conditions it may be used."""
        return self.record.link(DCTERMS.license)

    @property
    def modified(self) -> Literal | None:
        """When its publisher last changed it."""
        return self.record.literal(DCTERMS.modified)


def sources(graphs: Iterable[str]) -> tuple[URIRef, ...]:
    """Tell which of the named graphs are documents, in order; the registry fills the others itself.

    >>> sources(["https://buddy.example/profile", "https://w3id.org/koepel/graph/vocabulary"])
    (rdflib.term.URIRef('https://buddy.example/profile'),)
    """
    return tuple(sorted(URIRef(one) for one in graphs if one not in GRAPH))


def read_lines(store: GraphStore, source: URIRef) -> bytes:
    """Read the statements of a document, given by the name of its graph, as N-Triples."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {source.n3()} {{ ?s ?p ?o }} }}"
    return store.answer(query, "application/n-triples")


def read_accounts(store: GraphStore, named: Sequence[URIRef]) -> dict[URIRef, Account]:
    """Read what is known of documents, given by the names of their graphs."""
    found = gather(ask(store, "documents", source=named), "source")
    return {source: Account(source, found.get(source, Record(source, {}))) for source in named}


def read_contents(store: GraphStore, named: Sequence[URIRef]) -> dict[URIRef, tuple[URIRef, ...]]:
    """Read which things documents describe."""
    rows = ask(store, "contents", source=named).rows
    return _several(named, ((row["source"], row["thing"]) for row in rows))


def read_homes(store: GraphStore, things: Sequence[URIRef]) -> dict[URIRef, tuple[URIRef, ...]]:
    """Read in which documents things are described."""
    rows = ask(store, "homes", thing=things).rows
    return _several(things, ((row["thing"], row["graph"]) for row in rows))


def _several(
    keys: Sequence[URIRef], pairs: Iterable[tuple[object, object]]
) -> dict[URIRef, tuple[URIRef, ...]]:
    found: dict[object, set[URIRef]] = {key: set() for key in keys}
    for key, value in pairs:
        found[key].add(URIRef(str(value)))
    return {key: tuple(sorted(found[key])) for key in keys}
