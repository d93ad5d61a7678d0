"""What a graph was made from: how far the ledger was read, by which rules, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rdflib import DCTERMS, XSD, Literal, URIRef

from registry.vocabulary import GRAPH, SCHEMA

if TYPE_CHECKING:
    from registry.graph.store import GraphStore, WritableStore

__all__ = ["Stand", "read_stand", "write_stand"]

REGISTRY = URIRef(GRAPH.registry)
QUESTION = f"""SELECT ?position ?rules ?day ?lineage {{ GRAPH <{REGISTRY}> {{
  <{REGISTRY}> <{SCHEMA.position}> ?position ; <{SCHEMA.version}> ?rules ;
    <{DCTERMS.date}> ?day ; <{DCTERMS.isPartOf}> ?lineage
}} }}"""


@dataclass(frozen=True)
class Stand:
    """What a graph was made from; the same stand always gives the same graph.

    A graph says so itself, in a named graph of its own, which is written last: where it stands, all that
    comes before is there.
    """

    position: int
    """The last event of the ledger that counts."""
    rules: str
    """The digest of the vocabulary and the standards."""
    day: date
    """The day on which the descriptions were assessed, because they age."""
    lineage: str
    """Which ledger it was: two ledgers may have equally many events."""


def read_stand(store: GraphStore) -> Stand | None:
    """Ask a graph what it was made from; one that is new or was never finished does not say.

    >>> from registry.graph.embedded import EmbeddedStore
    >>> store, stand = EmbeddedStore.in_memory(), Stand(412, "3fa91c", date(2026, 11, 21), "9d2e")
    >>> read_stand(store) is None
    True
    >>> write_stand(store, stand)
    >>> read_stand(store) == stand
    True
    """
    rows = store.select(QUESTION).rows
    if len(rows) != 1:
        return None
    row = {name: str(value) for name, value in rows[0].items()}
    return Stand(int(row["position"]), row["rules"], date.fromisoformat(row["day"]), row["lineage"])


def write_stand(store: WritableStore, stand: Stand) -> None:
    """Write down what a graph was made from, in the place of what it said before."""
    facts = (
        (SCHEMA.position, Literal(stand.position)),
        (SCHEMA.version, Literal(stand.rules)),
        (DCTERMS.date, Literal(stand.day.isoformat(), datatype=XSD.date)),
        (DCTERMS.isPartOf, Literal(stand.lineage)),
    )
    lines = "".join(f"{REGISTRY.n3()} {name.n3()} {value.n3()} .\n" for name, value in facts)
    store.replace(str(REGISTRY), lines.encode())
