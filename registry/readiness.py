"""Works out where every initiative stands against every standard, for those who read the registry.

A check of one document tells its publisher what to mend. Here the outcomes of all documents become statements
of the graph, one for each requirement and level, so that readers can filter and compare without checking
anything themselves. They are `earl:Assertion`s (EARL 1.0 Schema, section 2.1) made by machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Graph, Literal, Namespace
from rdflib.namespace import DCTERMS

from registry.validation.assessment import Outcome, assess
from registry.validation.standard import ADDITIONAL, BASIC
from registry.vocabulary import CODE, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rdflib import URIRef
    from rdflib.term import Node

    from registry.validation.assessment import Row, Scorecard
    from registry.validation.standard import Library, Standard

__all__ = ["assertions", "outcomes"]

EARL: Final = Namespace("http://www.w3.org/ns/earl#")
OPEN: Final = frozenset({Outcome.NOT_MET, Outcome.NEEDS_EVIDENCE, Outcome.NEEDS_PERSON})
"""Outcomes after which something remains to be done; the criteria behind them are named."""


def assertions(document: Graph, library: Library, on: date) -> Graph:
    """Tell for each initiative in a document which requirements of each standard are met on a day.

    Each document is looked at by itself, so that the registry says the same as a check of that document.
    Requirements with no criterion at a level say nothing about that level. An assertion about the standard as
    a whole carries the worst outcome of its requirements, never an average. The criteria that keep a
    requirement open stand beside its outcome as `koepel:criterion`.
    """
    found = Graph()
    for standard in library.standards.values():
        if any((None, RDF.type, judged) in document for judged in standard.judges):
            for card in assess(document, library, standard, on).scorecards:
                _write(found, standard, card, on)
    return found


def outcomes(documents: Iterable[bytes], library: Library, on: date) -> bytes:
    """Tell the same of documents in canonical N-Quads, as N-Triples: for a process that does only this."""
    found = Graph()
    for canonical in documents:
        found += assertions(Graph().parse(data=canonical, format="nt"), library, on)
    return found.serialize(format="nt", encoding="utf-8")


def _write(found: Graph, standard: Standard, card: Scorecard, on: date) -> None:
    for level in (BASIC, ADDITIONAL):
        outcomes = []
        for row in card.rows:
            if any(use.level == level for use in row.requirement.uses):
                outcome = row.basic if level == BASIC else row.additional
                outcomes.append(outcome)
                assertion = _assert(found, card.subject, row.requirement.iri, level, outcome)
                found.add((assertion, DCTERMS.date, Literal(on)))
                for criterion in _open_criteria(row, level):
                    found.add((assertion, KOEPEL.criterion, criterion))
        if outcomes:
            assertion = _assert(found, card.subject, standard.iri, level, Outcome.worst(outcomes))
            found.add((assertion, DCTERMS.date, Literal(on)))


def _open_criteria(row: Row, level: URIRef) -> Iterator[URIRef]:
    return (use.criterion.iri for use, outcome in row.criteria if use.level == level and outcome in OPEN)


def _assert(found: Graph, subject: Node, test: URIRef, level: URIRef, outcome: Outcome) -> BNode:
    assertion, result = BNode(), BNode()
    found.add((assertion, RDF.type, EARL.Assertion))
    found.add((assertion, EARL.subject, subject))
    found.add((assertion, EARL.test, test))
    found.add((assertion, EARL.mode, EARL.automatic))
    found.add((assertion, EARL.result, result))
    found.add((assertion, KOEPEL.level, level))
    found.add((result, RDF.type, EARL.TestResult))
    found.add((result, EARL.outcome, CODE[f"outcome/{outcome}"]))
    return assertion
