"""What the graph says of labels and their schemes: made from the ledger and the day, in a graph of its own.

A label is told anew when something was done in its case, and when it began or ran out between two days; all
labels are when something was erased: with the source of an initiative or of a body go the labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from registry.certification.life.caseload import read_caseload
from registry.certification.life.period import turns
from registry.certification.statement import statements
from registry.graph.question import ask
from registry.ingest.space import is_inside
from registry.ledger import Happening
from registry.vocabulary import GRAPH, KOEPEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rdflib.term import Node

    from registry.certification.life.caseload import Caseload
    from registry.graph.stand import Stand
    from registry.graph.store import GraphStore, WritableStore
    from registry.ledger import Ledger
    from registry.validation.standard import Library

__all__ = ["CERTIFICATION", "forget_labels", "place_labels"]

CERTIFICATION: Final = str(GRAPH.certification)
"""The name of the graph."""
TELLING: Final = frozenset({Happening.ACTED, Happening.ADOPTED})
"""What the graph says something of; roles and keys are not in it."""
PARTS: Final = f"""PREFIX earl: <http://www.w3.org/ns/earl#>
PREFIX koepel: <{KOEPEL}>
SELECT DISTINCT ?whole ?part ?depth {{ GRAPH <{CERTIFICATION}> {{
  {{ ?whole koepel:restsOn/earl:result ?part BIND(2 AS ?depth) }}
  UNION {{
    ?whole koepel:period|koepel:decision|koepel:audit|koepel:condition|koepel:evidence ?part BIND(1 AS ?depth)
  }}
  UNION {{ ?whole koepel:restsOn|koepel:hasLevel|koepel:authority ?part BIND(1 AS ?depth) }}
}} }}"""
SCHEMES: Final = f"SELECT ?scheme {{ GRAPH <{CERTIFICATION}> {{ ?scheme a <{KOEPEL.LabelScheme}> }} }}"


def place_labels(
    store: WritableStore, ledger: Ledger, library: Library, start: Stand | None, goal: Stand
) -> bool:
    """Write down how labels stand, unless nothing has changed that they depend on; tells whether it did.

    Args:
        store: The graph.
        ledger: What was done.
        library: The standards.
        start: What the graph is made from; None where nothing in it can be kept.
        goal: What it is to be made from.
    """
    if start is None or _is_erased(ledger, start, goal):
        store.remove(CERTIFICATION)
        caseload = read_caseload(ledger, goal.position)
        cases = None
    else:
        acts = ledger.acts(after=start.position, until=goal.position)
        news = [event for event in acts if event.happening in TELLING]
        if not news and start.day == goal.day:
            return False
        caseload = read_caseload(ledger, goal.position)
        due = {event.source for event in news} | _turning(caseload, start, goal)
        if not due:
            return False
        cases = tuple(case for iri in sorted(due) if (case := caseload.case(iri, goal.day)))
        labels = {URIRef(iri.replace("/case/", "/label/")) for iri in due}
        _take_out(store, labels | {row["scheme"] for row in store.select(SCHEMES).rows})
    store.add_all(statements(caseload, library, goal.day, cases), graph=CERTIFICATION)
    return True


def forget_labels(store: WritableStore, source: str) -> None:
    """Take out of a graph what it says of labels that have to do with a source, or of the label of a case."""
    _take_out(store, {URIRef(iri) for iri in _labels_about(store, source)})


def _take_out(store: WritableStore, wholes: Collection[Node]) -> None:
    """Take labels and schemes out of the graph, with their parts.

    What leads to a part goes after it, so that work that is broken off can be finished.
    """
    rows = [row for whole in wholes for row in store.select(PARTS, {"whole": whole}).rows]
    for depth in ("2", "1"):
        parts = [row["part"] for row in rows if str(row["depth"]) == depth]
        store.replace(CERTIFICATION, b"", about=parts)
    store.replace(CERTIFICATION, b"", about=wholes)


def _labels_about(store: GraphStore, source: str) -> Iterator[str]:
    for row in ask(store, "held-labels").rows:
        known = (str(row.get(name, "")) for name in ("thing", "body", "source"))
        label = str(row["label"])
        if label == source.replace("/case/", "/label/") or any(is_inside(one, source) for one in known):
            yield label


def _is_erased(ledger: Ledger, start: Stand, goal: Stand) -> bool:
    """Tell whether anything was erased meanwhile; that is rare, and may concern any label."""
    return any(start.position < (event.position or 0) <= goal.position for event in ledger.erasures())


def _turning(caseload: Caseload, start: Stand, goal: Stand) -> set[str]:
    """Name the cases whose label can stand otherwise on one of two days than on the other."""
    first, last = sorted((start.day, goal.day))
    if first == last:
        return set()
    cases = caseload.cases(last)
    return {case.iri for case in cases if any(first < day <= last for day in turns(case))}
