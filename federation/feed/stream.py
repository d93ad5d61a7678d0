"""The event stream of the registry: its addresses, and its view, from which every page is found.

The stream follows the Linked Data Event Streams specification (LDES) and the TREE hypermedia that it is built
on. Both are living standards; this is written after their state of May 2026:
<https://w3id.org/ldes/specification>, <https://w3id.org/tree/specification>.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import Namespace
from rdflib.namespace import DCTERMS, PROV

from federation.feed.line import A, iri, line, moment, number, text
from registry.vocabulary import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from registry.ledger import Sheet

__all__ = ["AS", "LDES", "POSITION", "TIME", "TREE", "Stream", "view"]

AS: Final = Namespace("https://www.w3.org/ns/activitystreams#")
LDES: Final = Namespace("https://w3id.org/ldes#")
TREE: Final = Namespace("https://w3id.org/tree#")
TIME: Final = iri(PROV.generatedAtTime)
POSITION: Final = iri(SCHEMA.position)
POLLING: Final = 60
"""Seconds that a client should wait between two looks."""
TOKEN: Final = 8
"""So many characters tell one lineage from another."""


@dataclass(frozen=True)
class Stream:
    """The addresses of the stream.

    A registry that was restored from a backup has another history from then on, so it is another stream.

    >>> stream = Stream("https://koepel.example", "3f2a9c1d-5c7e", 250)
    >>> stream.iri, stream.page(3), stream.page(3, touched=1)[-7:]
    ('https://koepel.example/feed#3f2a9c1d', 'https://koepel.example/feed/3f2a9c1d/250/3', '250/3-1')
    """

    address: str
    """Of the registry, without a slash at the end."""
    lineage: str
    """Of its ledger."""
    size: int
    """How many events of the ledger a page is about."""
    name: str = ""
    """Of the registry."""

    @property
    def root(self) -> str:
        """Where the view is found."""
        return f"{self.address}/feed"

    @property
    def iri(self) -> str:
        """The stream itself."""
        return f"{self.root}#{self.token}"

    @property
    def token(self) -> str:
        """What stands in every address of this stream, and in none of another."""
        return self.lineage[:TOKEN]

    @property
    def shape(self) -> str:
        """What every member says."""
        return f"{self.root}/shape"

    def page(self, number: int, touched: int = 0) -> str:
        """Where a page is found; its address changes with every erasure that touched it."""
        return f"{self.root}/{self.token}/{self.size}/{number}" + (f"-{touched}" if touched else "")

    def member(self, position: int) -> str:
        """Name a member by its position in the ledger."""
        return f"{self.root}/{self.token}/event/{position}"


def view(stream: Stream, sheets: Iterable[Sheet], touched: Mapping[int, int], until: int) -> Iterator[str]:
    """Write down what the stream is, and where its pages are.

    Args:
        stream: The stream.
        sheets: The parts of the ledger that have a page.
        touched: How many erasures touched each of them, by number.
        until: The position up to which the ledger was read.
    """
    found = tuple(sheets)
    yield from _about(stream)
    if found:
        retention = iri(f"{stream.root}#retention")
        yield line(iri(stream.root), iri(LDES.retentionPolicy), retention)
        yield line(retention, A, iri(LDES.RetentionPolicy))
        yield line(retention, iri(LDES.startingFrom), moment(min(one.start for one in found)))
    for sheet in found:
        page = stream.page(sheet.number, touched.get(sheet.number, 0))
        yield from _relations(stream, sheet, page, is_full=sheet.number * stream.size <= until)


def _about(stream: Stream) -> Iterator[str]:
    root, here = iri(stream.root), iri(stream.iri)
    yield line(root, A, iri(TREE.Node))
    yield line(root, A, iri(LDES.EventSource))
    yield line(here, A, iri(LDES.EventStream))
    yield line(here, iri(TREE.view), root)
    yield line(here, iri(TREE.shape), iri(stream.shape))
    yield line(here, iri(LDES.timestampPath), TIME)
    yield line(here, iri(LDES.sequencePath), POSITION)
    yield line(here, iri(LDES.versionOfPath), iri(DCTERMS.isVersionOf))
    for kind in ("Create", "Update", "Delete"):
        yield line(here, iri(LDES[f"version{kind}Object"]), iri(AS[kind]))
    yield line(here, iri(LDES.pollingInterval), number(POLLING))
    if stream.name:
        yield line(here, iri(DCTERMS.title), text(stream.name))


def _relations(stream: Stream, sheet: Sheet, page: str, *, is_full: bool) -> Iterator[str]:
    """Say which changes a page holds: from when on, and until when as far as that is certain.

    The position of the first one stands beside it, not in a relation: clients take the value of any relation
    for a moment.
    """
    bounds = [("start", TREE.GreaterThanOrEqualToRelation, sheet.start)]
    if is_full:
        bounds.append(("end", TREE.LessThanOrEqualToRelation, sheet.end))
    for name, kind, time in bounds:
        relation = iri(f"{stream.root}#{name}-{sheet.number}")
        yield line(iri(stream.root), iri(TREE.relation), relation)
        yield line(relation, A, iri(kind))
        yield line(relation, iri(TREE.node), iri(page))
        yield line(relation, iri(TREE.path), TIME)
        yield line(relation, iri(TREE.value), moment(time))
    yield line(iri(page), POSITION, number(sheet.first))
