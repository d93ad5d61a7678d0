"""A small registry whose statements are easy to count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from registry.graph.embedded import EmbeddedStore
from registry.graph.snapshot import Snapshot, Snapshots
from registry.graph.stand import Stand

__all__ = ["CHAIN", "GRAPH", "MORE", "STATEMENTS", "freeze", "make_state"]

GRAPH, MORE, CHAIN = "https://example.org/g", "https://example.org/more", "https://example.org/chain"
STATEMENTS = 30_000
"""So many are in the first graph; the second holds one, and the third a chain of links and a ring."""
LINKS = 1_000
DAY, TIME = date(2026, 11, 21), datetime(2026, 11, 21, 12, tzinfo=UTC)


def make_state(folder: Path, statements: int = STATEMENTS) -> Snapshot:
    """Take two snapshots of three graphs, and give the first."""
    store = EmbeddedStore.create(folder / "graph")
    values = (f'<urn:s{n}> <urn:p{n % 7}> "value {n}" .\n' for n in range(statements))
    store.load("".join(values).encode(), graph=GRAPH, format="application/n-triples")
    store.load(b"<urn:more> <urn:p> 1 .", graph=MORE)
    store.load("".join(_links()).encode(), graph=CHAIN, format="application/n-triples")
    first, _ = freeze(folder, store, 1), freeze(folder, store, 2)
    store.close()
    return first


def freeze(folder: Path, store: EmbeddedStore, position: int = 0) -> Snapshot:
    """Take a snapshot."""
    return Snapshots(folder / "snapshots").take(store, Stand(position, "rules", DAY, "lineage"), TIME)


def _links() -> Iterator[str]:
    for n in range(LINKS):
        yield f"<urn:n{n}> <urn:next> <urn:n{n + 1}> .\n"
        yield f"<urn:r{n}> <urn:round> <urn:r{(n + 1) % LINKS}> .\n"
        yield f"<urn:r{n}> <urn:round> <urn:r{(n * 7) % LINKS}> .\n"
