"""How the registry is at this moment: whether readers see the newest, and whether anything came in lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from registry.errors import KoepelError

if TYPE_CHECKING:
    from registry.graph.snapshot import Snapshot
    from registry.ledger import Ledger
    from registry.settings import Settings
    from registry.web.site import Premises

__all__ = ["Condition", "examine"]


@dataclass(frozen=True)
class Condition:
    """What an operator wants to know; nothing stands where it cannot be told."""

    at: datetime
    snapshot: Snapshot | None
    """What readers see."""
    workers: int
    busy: int
    position: int | None = None
    """How far the ledger is."""
    lag_events: int | None = None
    """How many events readers do not see yet."""
    lag_seconds: float | None = None
    """For how long the oldest of them has been waiting."""
    last_success: datetime | None = None
    """When a source was last visited without trouble."""

    def checks(self, chosen: Settings) -> dict[str, dict[str, Any]]:
        """Say of each part whether it is as it should be, and by which figures."""
        age = self.at - self.last_success if self.last_success else None
        lag, oldest = self.lag_seconds, timedelta(hours=chosen.ready_age_hours)
        return {
            "snapshot": {"ok": self.snapshot is not None, **_named(self.snapshot)},
            "ledger": {"ok": self.position is not None, "position": self.position},
            "projection": {
                "ok": lag is not None and lag <= chosen.ready_lag_seconds,
                "lag_events": self.lag_events,
                "lag_seconds": lag,
            },
            "harvest": {
                "ok": age is not None and age <= oldest,
                "last_success": self.last_success and self.last_success.isoformat(),
            },
            "sparql": {"ok": self.workers > 0, "workers": self.workers, "busy": self.busy},
        }


def examine(premises: Premises) -> Condition:
    """Look at every part; a ledger that cannot be read is told as such."""
    newest, now = premises.editions.newest, datetime.now(UTC)
    snapshot = newest.snapshot if newest else None
    pool = premises.pool
    condition = Condition(now, snapshot, pool.size, pool.busy)
    try:
        return _with_ledger(condition, premises.home.ledger, premises.last_answer())
    except KoepelError:
        return condition


def _with_ledger(bare: Condition, ledger: Ledger, answered: datetime | None) -> Condition:
    seen = bare.snapshot.stand.position if bare.snapshot else 0
    position = ledger.position()
    waiting = len(ledger.changed(seen, position)) > 0
    first = next(ledger.events(after=seen, until=position), None) if waiting else None
    return Condition(
        bare.at,
        bare.snapshot,
        bare.workers,
        bare.busy,
        position,
        position - seen if waiting else 0,
        (bare.at - first.time).total_seconds() if first and first.time else 0.0,
        max(filter(None, (ledger.last_success(), answered)), default=None),
    )


def _named(snapshot: Snapshot | None) -> dict[str, str]:
    return {"name": snapshot.name, "time": snapshot.time.isoformat()} if snapshot else {}
