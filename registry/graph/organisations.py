"""What the graph says of organisations that were named before they described themselves.

It is made from the ledger, in a graph of its own: name and type of those that nobody describes yet, and which
organisation took the place of another. What an organisation says of itself takes the place of what it was
called by others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG

from registry.organisation import Organisation, organisations
from registry.vocabulary import GRAPH, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from registry.graph.store import GraphStore, Statement, WritableStore
    from registry.ledger import Event

__all__ = ["ORGANISATIONS", "place_organisations"]

ORGANISATIONS: Final = str(GRAPH.organisations)
"""The name of the graph."""
DESCRIBED: Final = "SELECT ?source ?it ?kind { GRAPH ?source { ?it a ?kind } } LIMIT 1"


def place_organisations(
    store: WritableStore, events: Sequence[Event], *, after: int, sources: Collection[str]
) -> None:
    """Write down how organisations stand, unless nothing has changed that they depend on.

    Args:
        store: The graph, in which the descriptions stand already.
        events: What befell organisations, as far as it counts.
        after: What the graph already knows: the position of the ledger that it was made from.
        sources: Those whose descriptions have changed since.
    """
    known = organisations(events)
    new = any((event.position or 0) > after for event in events)
    if new or any(one.source in sources for one in known.values() if one.source):
        told = [statement for one in known.values() for statement in _statements(store, one)]
        store.remove(ORGANISATIONS)
        store.add_all(told, graph=ORGANISATIONS)


def _statements(store: GraphStore, one: Organisation) -> Iterator[Statement]:
    """Say what nobody else says; who has a successor keeps the name, and is found no more."""
    iri = URIRef(one.iri)
    if one.successor:
        yield iri, DCTERMS.isReplacedBy, URIRef(one.successor)
        yield URIRef(one.successor), DCTERMS.replaces, iri
    if not one.name or _describes_itself(store, one):
        return
    yield iri, FOAF.name, Literal(one.name, lang=one.language or None)
    if not one.successor:
        yield iri, RDF.type, ORG.Organization
        if one.kind:
            yield iri, KOEPEL.organisationType, URIRef(one.kind)


def _describes_itself(store: GraphStore, one: Organisation) -> bool:
    """Tell whether the source that speaks for it says what it is."""
    if not one.source:
        return False
    return bool(store.select(DESCRIBED, {"source": URIRef(one.source), "it": URIRef(one.iri)}).rows)
