"""The code lists, and the codes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import URIRef

from registry.graph.question import ask
from registry.reading.record import Record, gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.graph.store import GraphStore

__all__ = ["read_codes", "read_concepts", "read_schemes"]


def read_schemes(store: GraphStore) -> tuple[URIRef, ...]:
    """List the code lists."""
    return tuple(sorted(URIRef(str(row["scheme"])) for row in ask(store, "schemes").rows))


def read_codes(store: GraphStore, codes: Sequence[URIRef]) -> dict[URIRef, Record | None]:
    """Read what codes and terms mean, in which list they stand and which are broader; nothing of others."""
    found = gather(ask(store, "codes", subject=codes))
    return {code: found.get(code) for code in codes}


def read_concepts(store: GraphStore, schemes: Sequence[URIRef]) -> dict[URIRef, tuple[URIRef, ...]]:
    """Read which codes lists hold."""
    found: dict[object, set[URIRef]] = {scheme: set() for scheme in schemes}
    for row in ask(store, "concepts", scheme=schemes).rows:
        found[row["scheme"]].add(URIRef(str(row["concept"])))
    return {scheme: tuple(sorted(found[scheme])) for scheme in schemes}
