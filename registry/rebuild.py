"""Makes the graph again from the ledger alone, as after the loss of everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.erasure import GRAPH_FILES, note_clean
from registry.graph.projection import bring_up
from registry.home import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from datetime import date

    from registry.graph.snapshot import Snapshot
    from registry.home import Home
    from registry.validation.standard import Library

__all__ = ["rebuild"]


def rebuild(
    home: Home,
    library: Library,
    on: date,
    tell: Callable[[str], None] = lambda _: None,
    executor: Executor | None = None,
) -> Snapshot:
    """Make the graph again, and give readers a new snapshot of it; damage to the old one does not matter.

    The old graph stays in use until the new one is complete. It is the same to the last statement as one that
    was kept up with every event.
    """
    with home.writing():
        with home.fresh_graph() as store:
            bring_up(store, home.ledger, library, on, tell, executor)
            store.compact()
        note_clean(home, GRAPH_FILES)
        return publish(home, library, on, tell, executor, force_checkpoint=True)
