"""The registry as it was: what a document said, and the documents that it names, at an earlier moment.

The ledger keeps every version that was ever published, so a small graph of the past can be made at will. It
holds the documents of the things that somebody asks for, and of what these point to: one step, no more. What
other documents said of them is not in it, and no conclusions are drawn. The vocabulary and the standards are
those of today; where an initiative stood is worked out anew, as of that day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from registry.graph.embedded import EmbeddedStore
from registry.graph.label import relabel
from registry.graph.provenance import account
from registry.graph.question import ask
from registry.graph.stand import write_stand
from registry.readiness import outcomes
from registry.reading.account import read_lines
from registry.reading.edition import Edition
from registry.reading.standing import read_all_standings
from registry.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from registry.graph.store import GraphStore
    from registry.ledger import Ledger, Publication
    from registry.reading.standing import Standing

__all__ = ["Past", "edition_as_of"]

MOST_NEIGHBOURS: Final = 50
"""So many documents come along, at most, because those that are asked for point to them."""


@dataclass(frozen=True)
class Past(Edition):
    """A few documents as they were at an earlier moment.

    `snapshot` is the state of the registry in which somebody asks; what was erased until then is gone.
    """

    store: EmbeddedStore
    asked: tuple[URIRef, ...]
    """The documents that were asked for, without those that they point to."""
    moment: datetime
    present: GraphStore
    """Knows the vocabulary, of which no past is kept."""

    def standings(self, things: Sequence[URIRef]) -> dict[URIRef, tuple[Standing, ...]]:
        """Tell where initiatives stood on that day; it is worked out when somebody first asks."""
        _ = self._assessed
        return read_all_standings(self.store, self.rulebook, things)

    @cached_property
    def _assessed(self) -> None:
        texts = [(str(source), read_lines(self.store, source)) for source in self.asked]
        for _, lines in outcomes(texts, self.rulebook, self.moment.date()):
            self.store.load(lines, graph=str(GRAPH.assessment), format="application/n-triples")


def edition_as_of(ledger: Ledger, edition: Edition, things: Sequence[URIRef], moment: datetime) -> Past:
    """Make the documents of things as they were published at a moment.

    Nothing is in it of a thing whose document was not published then, or has been erased since.
    """
    position = ledger.position_at(moment)
    published = ledger.published(until=position)
    for event in ledger.erasures():
        if event.position is not None and event.position > position:
            published.pop(event.source, None)
    store = EmbeddedStore.in_memory()
    asked = dict.fromkeys(source for thing in things for source in _sources(thing, published))
    _place(store, ledger, [published[source] for source in asked])
    mentioned = (str(row["thing"]) for row in ask(store, "mentions").rows)
    near = dict.fromkeys(source for one in mentioned for source in _sources(one, published))
    neighbours = islice((source for source in near if source not in asked), MOST_NEIGHBOURS)
    _place(store, ledger, [published[source] for source in neighbours])
    write_stand(store, replace(edition.snapshot.stand, position=position, day=moment.date()))
    return Past(store, edition.rulebook, edition.snapshot, tuple(map(URIRef, asked)), moment, edition.store)


def _place(store: EmbeddedStore, ledger: Ledger, publications: Sequence[Publication]) -> None:
    """Put documents into a graph, with what the ledger knows of them."""
    texts = ledger.canonical(one.digest for one in publications)
    store.replace_all(
        (one.source, relabel(one.source, text)) for one, (_, text) in zip(publications, texts, strict=True)
    )
    store.add_all((fact for one in publications for fact in account(one)), graph=str(GRAPH.provenance))


def _sources(iri: str, published: Mapping[str, Publication]) -> list[str]:
    """Find the sources in whose space a thing lies."""
    return [space for space in _spaces(iri) if space in published]


def _spaces(iri: str) -> Iterable[str]:
    """List the spaces that an IRI can lie in, the narrowest first.

    >>> [one for one in _spaces("https://buddy.example/gent#project") if one[-1] not in "/#"]
    ['https://buddy.example/gent#project', 'https://buddy.example/gent', 'https://buddy.example']
    """
    yield iri
    base = iri.rstrip("/#")
    while (cut := max(base.rfind("/"), base.rfind("#"))) > base.find("://") + 2:
        base = base[:cut]
        yield from (base, f"{base}/", f"{base}#")
