"""The registry as it was: what a document said, and the documents that it names, at an earlier moment.

The ledger keeps every version that was ever published, so a small graph of the past can be made at will. It
holds the documents of the things that somebody asks for, and of what these point to: one step, no more. What
other documents said of them is not in it, and no conclusions are drawn. The vocabulary and the standards are
those of today; where an initiative stood is worked out anew, as of that day. Labels stand as the registry
knew them at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from registry.certification.life.act import Act
from registry.certification.life.case import Case
from registry.certification.statement import label_statements
from registry.graph.certification import CERTIFICATION
from registry.graph.claim import place_claims
from registry.graph.embedded import EmbeddedStore
from registry.graph.label import relabel
from registry.graph.provenance import account
from registry.graph.question import ask
from registry.graph.stand import write_stand
from registry.ledger import Happening
from registry.readiness import outcomes
from registry.reading.account import read_lines
from registry.reading.edition import Edition
from registry.reading.standing import read_all_standings
from registry.scheme.adoption import schemes
from registry.scheme.statement import scheme_statements
from registry.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from registry.graph.store import GraphStore, Statement
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
    _place_labels(store, ledger, edition, things, position, moment.date())
    write_stand(store, replace(edition.snapshot.stand, position=position, day=moment.date()))
    return Past(store, edition.rulebook, edition.snapshot, tuple(map(URIRef, asked)), moment, edition.store)


def _place(store: EmbeddedStore, ledger: Ledger, publications: Sequence[Publication]) -> None:
    """Put documents into a graph, with what the ledger knows of them."""
    texts = ledger.canonical(one.digest for one in publications)
    store.replace_all(
        (one.source, relabel(one.source, text)) for one, (_, text) in zip(publications, texts, strict=True)
    )
    store.add_all((fact for one in publications for fact in account(one)), graph=str(GRAPH.provenance))


def _place_labels(
    store: EmbeddedStore,
    ledger: Ledger,
    edition: Edition,
    things: Sequence[URIRef],
    position: int,
    day: date,
) -> None:
    """Put the labels of things into a graph, and what documents tell of labels, as far as was known then."""
    claimed = (row["thing"] for row in ask(store, "claimed-labels").rows)
    holders = {one for one in (*things, *claimed) if isinstance(one, URIRef)}
    held = ask(edition.store, "held-labels", thing=sorted(holders)).rows
    found = (_case(ledger, str(row["label"]).replace("/label/", "/case/"), position, day) for row in held)
    cases = tuple(case for case in found if case and case.label)
    facts = (one for case in cases for one in label_statements(case, edition.rulebook))
    store.add_all(facts, graph=CERTIFICATION)
    rules = _schemes(ledger, {case.scheme for case in cases}, position)
    store.add_all(rules, graph=CERTIFICATION)
    place_claims(store)


def _case(ledger: Ledger, iri: str, position: int, day: date) -> Case | None:
    """Read one case as it stood on a day, as far as was known at a position of the ledger."""
    events = ledger.events(source=iri, until=position)
    acts = [Act.of(one) for one in events if one.happening is Happening.ACTED and one.terms]
    return Case(iri, tuple(sorted(acts, key=lambda act: act.on)), day).on(day)


def _schemes(ledger: Ledger, iris: Iterable[str], position: int) -> Iterator[Statement]:
    events = [one for iri in sorted(iris) for one in ledger.events(source=iri, until=position)]
    return (fact for scheme in schemes(ledger, events).values() for fact in scheme_statements(scheme))


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
