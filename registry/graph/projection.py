"""Brings the graph in step with the ledger, from which all of it can be made.

The graph depends on nothing but what the ledger publishes, the rules and the day. It says itself what it was
made from (`registry.graph.stand`), so only what has changed since is made again:

- a graph per source with the description as it was published, and in the graph `provenance` what the ledger
  knows of it;
- a graph per source with where its initiatives stand against each standard;
- organisations that were named before they described themselves, in the graph `organisations`;
- labels that certifying bodies awarded, in the graph `certification`, and how well those are backed that
  documents tell of, in the graph `claims`;
- what follows from all descriptions together, in the graph `inference`;
- the vocabulary and the standards.

What the graph was made from is written last. Work that ended half-way is done again from the same point, and
leads to the same statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rdflib import URIRef
from rdflib.namespace import DCTERMS

from registry.graph.ageing import outdated
from registry.graph.certification import forget_labels, place_labels
from registry.graph.claim import place_claims
from registry.graph.conclusions import conclude, read_facts, things_between
from registry.graph.embedded import EmbeddedStore
from registry.graph.label import relabel
from registry.graph.organisations import place_organisations
from registry.graph.provenance import account
from registry.graph.rules import load_fixed, rules_digest
from registry.graph.stand import Stand, read_stand, write_stand
from registry.readiness import readiness
from registry.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from concurrent.futures import Executor
    from datetime import date

    from rdflib.term import Node

    from registry.ledger import Ledger, Publication
    from registry.validation.standard import Library

    Texts = Iterator[tuple[str, bytes]]

__all__ = ["assessment_graph", "bring_up", "forget", "is_source"]

SHARE: Final = 250
"""So many documents are written at once."""
UNFINISHED: Final = str(GRAPH.unfinished)
"""Names the things that must be reasoned over again, until that has been done."""


def assessment_graph(source: str) -> str:
    """Name the graph that says where the initiatives of a source stand.

    >>> assessment_graph("https://buddy.example/gent")
    'https://w3id.org/koepel/graph/assessment?source=https%3A%2F%2Fbuddy.example%2Fgent'
    """
    return f"{GRAPH.assessment}?source={quote(source, safe='')}"


def is_source(graph: str) -> bool:
    """Tell the graphs that publishers fill from those of the registry.

    >>> is_source("https://buddy.example/gent"), is_source(assessment_graph("https://buddy.example/gent"))
    (True, False)
    """
    return not graph.startswith(str(GRAPH))


def bring_up(
    store: EmbeddedStore,
    ledger: Ledger,
    library: Library,
    on: date,
    tell: Callable[[str], None] = lambda _: None,
    executor: Executor | None = None,
    *,
    until: int | None = None,
) -> Stand:
    """Bring the graph in step with the ledger; gives what it is made from then.

    Args:
        store: The graph, as it is.
        ledger: What was published.
        library: The standards against which everything is assessed.
        on: The day of the assessment.
        tell: Takes a sentence for each long step, and for each contradiction between descriptions.
        executor: Does the heavy part, where there is one.
        until: The last position in the ledger that counts; without it all do. What was erased later stays
            away all the same.
    """
    goal = Stand(ledger.position() if until is None else until, rules_digest(), on, ledger.lineage)
    start = read_stand(store)
    if start == goal:
        return goal
    change = _find_change(ledger, start, goal)
    _place_ledger(store, ledger, library, change)
    tell("Working out where each initiative stands against each standard")
    _place_standings(store, ledger, library, change, executor)
    tell("Drawing the conclusions that the vocabulary allows")
    conclude(store, None if change.renews_all else _unfinished(store), tell)
    store.remove(UNFINISHED)
    write_stand(store, goal)
    return goal


def load_documents(store: EmbeddedStore, ledger: Ledger, until: int) -> None:
    """Put into an empty graph what readers saw at a position of the ledger, and nothing made from it."""
    published = _published(ledger, until)
    store.replace_all(_texts(ledger, published, published))
    _place_accounts(store, published, published)


def forget(store: EmbeddedStore, source: str) -> None:
    """Take a source out of a graph, with all that was made from it; the rest is as if it had never been."""
    things = things_between(_facts(store, source), frozenset())
    for graph in (source, assessment_graph(source)):
        store.remove(graph)
    store.replace(str(GRAPH.provenance), b"", about=[URIRef(source)])
    forget_labels(store, source)
    place_claims(store)
    conclude(store, things, lambda _: None)


def _place_ledger(store: EmbeddedStore, ledger: Ledger, library: Library, change: _Change) -> None:
    """Write down what the ledger tells by itself, before anything is worked out from it."""
    if change.start is None:
        for graph in store.graphs():
            store.remove(graph)
    _place_texts(store, ledger, change)
    _place_accounts(store, change.published, change.sources)
    _place_organisations(store, ledger, change)
    _place_certification(store, ledger, library, change)


@dataclass(frozen=True)
class _Change:
    """The way from what a graph was made from to what it is to be made from."""

    start: Stand | None
    goal: Stand
    published: Mapping[str, Publication]
    sources: Collection[str]
    """Those whose text is to be put in the graph, exchanged or taken away."""

    @property
    def renews_all(self) -> bool:
        """True where other rules apply, or nothing is there that can be kept."""
        return self.start is None or self.start.rules != self.goal.rules


def _find_change(ledger: Ledger, start: Stand | None, goal: Stand) -> _Change:
    """Find out what to do; a graph of another ledger, or of one that was longer, is of no use."""
    published = _published(ledger, goal.position)
    if start is None or start.lineage != goal.lineage or start.position > goal.position:
        return _Change(None, goal, published, tuple(published))
    return _Change(start, goal, published, ledger.changed(start.position, goal.position))


def _published(ledger: Ledger, until: int) -> dict[str, Publication]:
    """Tell what readers saw at a position, without what has been erased since."""
    published = ledger.published(until=until)
    for event in ledger.erasures():
        if event.position and event.position > until:
            published.pop(event.source, None)
    return published


def _place_texts(store: EmbeddedStore, ledger: Ledger, change: _Change) -> None:
    """Give each source the graph of the version that readers see.

    What must be reasoned over again is noted before the old version goes, since nobody could tell afterwards.
    """
    texts = _texts(ledger, change.published, change.sources)
    if change.renews_all:
        load_fixed(store)
        store.replace_all(texts)
        return
    while share := list(islice(texts, SHARE)):
        later = EmbeddedStore.in_memory()
        later.replace_all(share)
        things = {
            thing
            for source, _ in share
            for thing in things_between(_facts(store, source), _facts(later, source))
        }
        store.add_all(((thing, DCTERMS.isRequiredBy, GRAPH.inference) for thing in things), graph=UNFINISHED)
        store.replace_all(share)


def _place_accounts(
    store: EmbeddedStore, published: Mapping[str, Publication], sources: Iterable[str]
) -> None:
    """Say of each source where its document came from, and which version of it readers see since when."""
    order = sorted(sources)
    told = (statement for source in order if source in published for statement in account(published[source]))
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in told)
    store.replace(str(GRAPH.provenance), lines.encode(), about=map(URIRef, order))


def _place_organisations(store: EmbeddedStore, ledger: Ledger, change: _Change) -> None:
    """Say who is named and who took whose place; the descriptions must be there already."""
    counted = [one for one in ledger.organisations() if (one.position or 0) <= change.goal.position]
    after = change.start.position if change.start else 0
    place_organisations(store, counted, after=after, sources=frozenset(change.sources))


def _place_certification(store: EmbeddedStore, ledger: Ledger, library: Library, change: _Change) -> None:
    """Say how labels stand, and what that means for those that descriptions tell of."""
    start = None if change.renews_all else change.start
    if place_labels(store, ledger, library, start, change.goal) or change.sources:
        place_claims(store)


def _place_standings(
    store: EmbeddedStore, ledger: Ledger, library: Library, change: _Change, executor: Executor | None
) -> None:
    """Assess again what changed, and what a date makes look different on another day."""
    due = set(change.published if change.renews_all else change.sources)
    if change.start and not change.renews_all:
        due |= outdated(store, library, change.start.day, change.goal.day)
    gone = [source for source in due if source not in change.published]
    for source in gone:
        store.remove(assessment_graph(source))
    texts = _texts(ledger, change.published, due.difference(gone))
    found = readiness(texts, library, change.goal.day, executor)
    while share := list(islice(found, SHARE)):
        for source, lines in share:
            if not lines:
                store.remove(assessment_graph(source))
        store.replace_all((assessment_graph(source), lines) for source, lines in share if lines)


def _texts(ledger: Ledger, published: Mapping[str, Publication], sources: Iterable[str]) -> Texts:
    """Read what readers see of sources, in N-Triples with labels of its own; of some they see nothing."""
    order = sorted(sources)
    digests = (published[source].digest for source in order if source in published)
    canonical = ledger.canonical(digests)
    for source in order:
        yield source, relabel(source, next(canonical)[1]) if source in published else b""


def _facts(store: EmbeddedStore, source: str) -> frozenset[tuple[Node, Node, Node]]:
    return read_facts(store, graph=URIRef(source))


def _unfinished(store: EmbeddedStore) -> set[Node]:
    rows = store.select(f"SELECT ?thing {{ GRAPH <{UNFINISHED}> {{ ?thing ?property ?value }} }}").rows
    return {row["thing"] for row in rows}
