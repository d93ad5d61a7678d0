"""Works out where every initiative stands against every standard, for those who read the registry.

A check of one document tells its publisher what to mend. Here the outcomes of all documents become statements
of the graph, one for each requirement and level, so that readers can filter and compare without checking
anything themselves. They are `earl:Assertion`s (EARL 1.0 Schema, section 2.1) made by machine; the graph says
once, for all of them, on which day they held.
"""

from __future__ import annotations

import hashlib
import pickle
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Namespace

from registry.ingest.canonical import to_graph
from registry.validation.assessment import Outcome, score
from registry.validation.standard import ADDITIONAL, BASIC
from registry.vocabulary import CODE, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor
    from datetime import date

    from rdflib import Graph, URIRef
    from rdflib.term import Node

    from registry.validation.assessment import Row, Scorecard
    from registry.validation.standard import Library, Standard

    Document = tuple[str, bytes]

__all__ = ["EARL", "assertions", "outcomes", "readiness", "unpacked"]

EARL: Final = Namespace("http://www.w3.org/ns/earl#")
OPEN: Final = frozenset({Outcome.NOT_MET, Outcome.NEEDS_EVIDENCE, Outcome.NEEDS_PERSON})
"""Outcomes after which something remains to be done; the criteria behind them are named."""
ROUND: Final = 256
"""So many documents are in memory at once."""
SHARE: Final = 4
"""So many documents go to a process together."""
LABEL_DIGITS: Final = 31  # with a letter before them Oxigraph keeps a label as a number


def readiness(
    documents: Iterable[Document], library: Library, on: date, executor: Executor | None = None
) -> Iterator[Document]:
    """Tell of each document where the initiatives in it stand on a day.

    A document is given by its source and its N-Quads; the answer has the source again, with N-Triples. The
    work runs in the executor, where there is one.
    """
    remaining = iter(documents)
    packed = pickle.dumps(library) if executor else b""
    while batch := list(islice(remaining, ROUND)):
        if executor is None or len(batch) <= SHARE:  # starting other processes would take longer
            yield from outcomes(batch, library, on)
            continue
        shares = [batch[start : start + SHARE] for start in range(0, len(batch), SHARE)]
        for share in executor.map(partial(_outcomes_apart, packed=packed, on=on), shares):
            yield from share


def outcomes(documents: Iterable[Document], library: Library, on: date) -> list[Document]:
    """Tell the same in the process that asks."""
    return [
        (source, _lines(assertions(_read(n_quads), library, on, source))) for source, n_quads in documents
    ]


def assertions(
    document: Graph, library: Library, on: date, source: str = ""
) -> Iterator[tuple[Node, Node, Node]]:
    """Tell for each initiative in a document which requirements of each standard are met on a day.

    Each document is looked at by itself, so that the registry says the same as a check of that document.
    Requirements with no criterion at a level say nothing about that level. An assertion about the standard as
    a whole carries the worst outcome of its requirements, never an average. The criteria that keep a
    requirement open stand beside its outcome as `koepel:criterion`. The source keeps apart what two documents
    say of the same initiative.
    """
    for standard, cards in score(document, library, on):
        for card in cards:
            yield from _tell(standard, card, source)


def _outcomes_apart(documents: list[Document], packed: bytes, on: date) -> list[Document]:
    """Work in a process of its own."""
    return outcomes(documents, unpacked(packed), on)


@lru_cache(maxsize=2)
def unpacked(packed: bytes) -> Library:
    """Read the standards that another process packed; they are kept from one share to the next."""
    library: Library = pickle.loads(packed)  # noqa: S301 - the registry itself packed it a moment ago
    return library


def _read(n_quads: bytes) -> Graph:
    return to_graph(n_quads, blank_prefix="")


def _lines(statements: Iterable[tuple[Node, Node, Node]]) -> bytes:
    return "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in statements).encode()


def _tell(standard: Standard, card: Scorecard, source: str) -> Iterator[tuple[Node, Node, Node]]:
    for level in (BASIC, ADDITIONAL):
        found = []
        for row in card.rows:
            if any(use.level == level for use in row.requirement.uses):
                outcome = row.basic if level == BASIC else row.additional
                found.append(outcome)
                yield from _assert(source, card.subject, row.requirement.iri, level, outcome)
                assertion = _label(source, card.subject, row.requirement.iri, level)
                for criterion in _open_criteria(row, level):
                    yield assertion, KOEPEL.criterion, criterion
        if found:
            yield from _assert(source, card.subject, standard.iri, level, Outcome.worst(found))


def _open_criteria(row: Row, level: URIRef) -> Iterator[URIRef]:
    return (use.criterion.iri for use, outcome in row.criteria if use.level == level and outcome in OPEN)


def _assert(
    source: str, subject: Node, test: URIRef, level: URIRef, outcome: Outcome
) -> Iterator[tuple[Node, Node, Node]]:
    assertion = _label(source, subject, test, level)
    result = BNode(f"e{assertion[1:]}")
    yield assertion, RDF.type, EARL.Assertion
    yield assertion, EARL.subject, subject
    yield assertion, EARL.test, test
    yield assertion, EARL.mode, EARL.automatic
    yield assertion, EARL.result, result
    yield assertion, KOEPEL.level, level
    yield result, RDF.type, EARL.TestResult
    yield result, EARL.outcome, CODE[f"outcome/{outcome}"]


def _label(source: str, subject: Node, test: URIRef, level: URIRef) -> BNode:
    """Call an assertion the same whenever it is made again."""
    digest = hashlib.sha256(f"{source} {subject.n3()} {test} {level}".encode()).hexdigest()
    return BNode(f"a{digest[:LABEL_DIGITS]}")
