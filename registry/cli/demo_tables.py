"""What the demonstration shows at its end: what became of the sources, and where the initiatives stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from registry.graph.question import ask
from registry.ledger import Happening
from registry.validation.assessment import Outcome
from registry.vocabulary import CODE, ENGLISH, Labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from federation.demonstration import Site
    from federation.harvest import Harvest
    from registry.graph.store import GraphStore

__all__ = ["print_harvest", "print_readiness"]

TURNED_AWAY = (Happening.HELD, Happening.REJECTED, Happening.UNREACHABLE)
USUAL = (Happening.ACCEPTED, Happening.UNCHANGED, *TURNED_AWAY)
"""What a reader looks for, also where it did not happen."""
Counts = dict[str, Counter[str]]
"""How often each outcome occurs, per standard."""
OUTCOMES = tuple(
    str(CODE[f"outcome/{outcome}"]) for outcome in sorted(Outcome, key=[Outcome.MET, *Outcome].index)
)


def print_harvest(sites: Iterable[Site], visits: list[Harvest]) -> None:
    """Show per site what became of its documents, and why any were turned away."""
    console, table = Console(), Table(title="What the sites published", title_justify="left")
    table.add_column("site")
    happened = {one.event.happening for one in visits}
    columns = [*USUAL, *(one for one in Happening if one in happened and one not in USUAL)]
    for happening in columns:
        table.add_column(happening.value, justify="right")
    for site in sites:
        counts = Counter(one.event.happening for one in visits if one.source in site.sources)
        table.add_row(site.name, *(str(counts[happening] or "·") for happening in columns))
    console.print(table)
    for visit in visits:
        if visit.event.happening in TURNED_AWAY:
            why = visit.event.reason.replace("\n", "; ")
            console.print(Text(f"{visit.event.happening.value}: {visit.source.address}\n  {why}"))


def print_readiness(store: GraphStore) -> None:
    """Show per standard how initiatives and requirements stand, in words and never as an average."""
    whole: Counts = {}
    for row in ask(store, "readiness").rows:
        whole.setdefault(_token(row["standard"]), Counter())[str(row["outcome"])] += 1
    parts: Counts = {}
    for row in ask(store, "requirement-outcomes").rows:
        parts.setdefault(_token(row["standard"]), Counter())[str(row["outcome"])] = int(str(row["times"]))
    _print_outcomes("Initiatives per standard, all basic requirements together", whole)
    _print_outcomes("Basic requirements per standard, over all initiatives", parts)


def _print_outcomes(title: str, counts: Counts) -> None:
    table, labels = Table(title=title, title_justify="left"), Labels()
    table.add_column("standard")
    for outcome in OUTCOMES:
        table.add_column(labels.label(outcome, ENGLISH), justify="right")
    for token, by_outcome in sorted(counts.items()):
        table.add_row(token, *(str(by_outcome[outcome] or "·") for outcome in OUTCOMES))
    Console().print(table)


def _token(standard: Node) -> str:
    return str(standard).partition("#")[0].rpartition("/")[2]
