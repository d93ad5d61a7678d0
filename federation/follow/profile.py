"""How a stream tells things: which property gives the order of its members, which names what they are about.

After the Linked Data Event Streams specification and TREE, on which it is built, as of May 2026:
<https://w3id.org/ldes/specification>, <https://w3id.org/tree/specification>.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Namespace, URIRef
from rdflib.namespace import DCTERMS

from registry.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["LDES", "TREE", "Profile", "read_profile"]

LDES: Final = Namespace("https://w3id.org/ldes#")
TREE: Final = Namespace("https://w3id.org/tree#")


@dataclass(frozen=True)
class Profile:
    """How one stream tells things."""

    stream: str
    order: str
    """The property that gives a member's place in the stream: a number, else a time."""
    version_of: str | None
    """The property that names the thing whose version a member is; without it the member is the thing."""
    times: tuple[str, ...] = ()
    """The properties that belong to the member and not to the thing; when it was modified belongs to both."""
    deleted: str | None = None
    """The class of members that tell that their thing is gone."""


def read_profile(graph: Graph, addresses: Iterable[str]) -> Profile:
    """Read from a view how its stream tells things.

    Args:
        graph: What the view says.
        addresses: Under which addresses the view was asked for and found.

    Raises:
        InvalidDataError: It is no view of a stream, or the stream gives its members no order.
    """
    views = {stream for one in addresses for stream in graph.subjects(TREE.view, URIRef(one))}
    streams = sorted(views or set(graph.subjects(RDF.type, LDES.EventStream)), key=str)
    if not streams:
        raise InvalidDataError(
            "stream-missing",
            "A stream of changes was expected, but the document describes none (ldes:EventStream). Give the "
            "address of the stream's view.",
        )
    here = streams[0]
    times = [
        str(one)
        for way in (LDES.sequencePath, LDES.timestampPath)
        for one in graph.objects(here, way)
        if isinstance(one, URIRef)
    ]
    if not times:
        raise InvalidDataError(
            "stream-without-order",
            "The stream {stream} does not say in which order its members came (ldes:timestampPath), so it "
            "cannot be followed.",
            stream=str(here),
        )
    version_of, deleted = graph.value(here, LDES.versionOfPath), graph.value(here, LDES.versionDeleteObject)
    own = tuple(one for one in times if one != str(DCTERMS.modified))
    return Profile(str(here), times[0], _name(version_of), own, _name(deleted))


def _name(node: Node | None) -> str | None:
    return str(node) if isinstance(node, URIRef) else None
