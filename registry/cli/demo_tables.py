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

    from federation.demonstration import Site, Station
    from federation.harvest import Harvest
    from registry.graph.store import GraphStore
    from registry.ledger import Ledger

__all__ = ["print_followed", "print_harvest", "print_invitations", "print_readiness"]

NOT_MODIFIED = "not-modified"
"""What a visit brings when the server says that nothing has changed."""
TURNED_AWAY = (Happening.HELD, Happening.REJECTED, Happening.UNREACHABLE)
USUAL = (Happening.ACCEPTED, NOT_MODIFIED, *TURNED_AWAY)
"""What a reader looks for, also where it did not happen."""
Counts = dict[str, Counter[str]]
"""How often each outcome occurs, per standard."""
OUTCOMES = tuple(
    str(CODE[f"outcome/{outcome}"]) for outcome in sorted(Outcome, key=[Outcome.MET, *Outcome].index)
)


def print_harvest(sites: Iterable[Site], visits: list[Harvest]) -> None:
    """Show per site what became of its documents, and why any were turned away."""
    console, table = Console(), Table(title="What the countries' registries harvested", title_justify="left")
    table.add_column("site")
    happened = {one.outcome for one in visits}
    columns = [*USUAL, *sorted(happened - set(USUAL))]
    for outcome in columns:
        table.add_column(str(outcome), justify="right")
    for site in sites:
        counts = Counter(one.outcome for one in visits if one.source in site.sources)
        if counts:
            table.add_row(site.name, *(str(counts[outcome] or "·") for outcome in columns))
    console.print(table)
    _print_turned_away(visits)


def print_followed(station: Station, ledger: Ledger, visits: list[Harvest]) -> None:
    """Show how many descriptions a registry has from each one that it follows, and what was turned away."""
    published, registered = ledger.published(), ledger.registrations()
    counts = Counter(registered[source].via for source in published if source in registered)
    table = Table(title=f"What the registry of {station.name} shows its readers", title_justify="left")
    table.add_column("descriptions from")
    table.add_column("number", justify="right")
    for via, number in sorted(counts.items()):
        table.add_row(via or "their own sites", str(number))
    Console().print(table)
    _print_turned_away(visits)


def _print_turned_away(visits: Iterable[Harvest]) -> None:
    for visit in visits:
        if visit.outcome in TURNED_AWAY:
            why = visit.message.replace("\n", "; ")
            Console().print(Text(f"{visit.outcome}: {visit.source.address}\n  {why}"))


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


def print_invitations(invited: Iterable[tuple[str, str]]) -> None:
    """Show with which links somebody can try out the made-up accounts; they are shown once."""
    rows = tuple(invited)
    if not rows:
        return
    table = Table(title="Accounts to try out certification, all made up", title_justify="left")
    table.add_column("account")
    table.add_column("invitation, for one use within seven days", overflow="fold")
    for name, link in rows:
        table.add_row(name, link)
    Console().print(table)


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
