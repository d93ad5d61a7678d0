"""What all visits of one harvest have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from federation.loss import measure
from federation.visit import Guard, Visit
from registry.arrival import Known
from registry.ledger.event import ENDING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from datetime import datetime

    from federation.fetch import Fetcher
    from federation.harvest.books import Books
    from federation.harvest.call import Call
    from federation.harvest.care import Care
    from registry.arrival import History

__all__ = ["Means"]


@dataclass(frozen=True)
class Means:
    """What all visits of one harvest have in common."""

    books: Books
    history: History
    fetcher: Fetcher
    threads: Executor
    """Fetch."""
    executor: Executor
    """Reads and checks."""
    care: Care
    rules: str
    """The digest of the rules under which everything is decided on."""
    clock: Callable[[], datetime]

    def visit(self, call: Call) -> Visit:
        """Bring together what is needed to tell what befell a source."""
        known = Known(call.last)
        return Visit(call.source, known, self.rules, self.clock().date(), limits=self.care.limits)

    def guarded_visit(self, call: Call) -> Visit:
        """Bring together what is needed to decide on a text, and to notice when it has lost much."""
        known = self.history.of(call.source.space)
        visit = replace(self.visit(call), known=known)
        if known.published is None or known.happening in ENDING or known.published.digest is None:
            return visit
        ((_, canonical),) = self.books.ledger.canonical([known.published.digest])
        guard = Guard(measure(canonical), self.clock(), self.care.loss_share, self.care.patience)
        return replace(visit, guard=guard)
