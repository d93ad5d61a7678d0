"""One page of a stream: where it leads, and which members it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from federation.follow.bookmark import Key, read_key
from federation.follow.member import Member, read_member
from federation.follow.profile import TREE, Profile, read_profile
from registry.errors import KoepelError
from registry.ingest.canonical import to_graph
from registry.ingest.guard import Limits
from registry.ingest.sandbox import read_bundle_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from federation.fetch import Fetched

__all__ = ["ACCEPT", "LIMITS", "Lead", "Page", "read_page"]

ACCEPT: Final = (
    "application/trig, application/n-quads;q=0.9, text/turtle;q=0.8, application/n-triples;q=0.7, "
    "application/ld+json;q=0.6, */*;q=0.1"
)
LIMITS: Final = Limits(
    document_bytes=20_000_000, statements=500_000, blank_nodes=250_000, seconds=60, memory_bytes=2**31
)
LOWER: Final = (TREE.GreaterThanRelation, TREE.GreaterThanOrEqualToRelation)
UPPER: Final = (TREE.LessThanRelation, TREE.LessThanOrEqualToRelation)


@dataclass(frozen=True)
class Lead:
    """Where a page leads: an address, and between which keys the members there lie, as far as it is said."""

    address: str
    low: Key | None = None
    high: Key | None = None


@dataclass(frozen=True)
class Page:
    """What a page of a stream holds."""

    profile: Profile
    leads: tuple[Lead, ...]
    members: tuple[Member, ...]
    unclear: tuple[str, ...]
    """Why other members could not be understood."""


def read_page(fetched: Fetched, asked: str, profile: Profile | None) -> Page:
    """Read a page of a stream; the first one, which is its view, says how the stream tells things.

    The text is read in a process that can be stopped, like every text of a stranger.

    Raises:
        KoepelError: It cannot be read.
    """
    bundle = read_bundle_apart(
        fetched.data, media_type=fetched.media_type, address=fetched.final_address, limits=LIMITS
    )
    graph = to_graph(bundle.main, blank_prefix="page")
    known = profile or read_profile(graph, (asked, fetched.final_address))
    members, unclear = [], []
    for here in sorted({one for one in graph.objects(None, TREE.member) if isinstance(one, URIRef)}):
        try:
            members.append(read_member(here, known, graph, bundle.graphs))
        except KoepelError as error:
            unclear.append(error.message)
    return Page(known, tuple(_leads(graph, known.order)), tuple(members), tuple(unclear))


def _leads(graph: Graph, order: str) -> Iterator[Lead]:
    """List where the page leads; several relations to one page together say what it holds."""
    found: dict[str, list[Node]] = {}
    for relation in graph.objects(None, TREE.relation):
        for node in graph.objects(relation, TREE.node):
            found.setdefault(str(node), []).append(relation)
    for address, relations in sorted(found.items()):
        own = read_key(str(graph.value(URIRef(address), URIRef(order), any=True) or ""))
        low = own if own is not None else _bound(graph, relations, order, LOWER)
        yield Lead(address, low, _bound(graph, relations, order, UPPER))


def _bound(graph: Graph, relations: list[Node], order: str, kinds: tuple[Node, ...]) -> Key | None:
    for relation in relations:
        is_one = any((relation, RDF.type, kind) in graph for kind in kinds)
        if is_one and (relation, TREE.path, URIRef(order)) in graph:
            return read_key(str(graph.value(relation, TREE.value, any=True) or ""))
    return None
