"""One act in a case: what was done, on which day, by whom, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from registry.ledger import Event, Happening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["Act"]


@dataclass(frozen=True)
class Act:
    """Something that was done in a case; the ledger keeps it for good.

    >>> act = Act("urn:case", "suspend", date(2026, 5, 4), "urn:example:ada", reason="No coordinator.")
    >>> Act.of(act.event()) == act
    True
    """

    case: str
    """The IRI of the case."""
    name: str
    """A code of the list `case-act`."""
    on: date
    """The day on which it was done, or on which it takes effect."""
    actor: str
    """The IRI of the account."""
    behalf: str = ""
    """The organisation for which the actor acted."""
    via: str = ""
    """How the actor came in."""
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What belongs to this act, such as the level of a grant; see `registry.certification.details`."""
    time: datetime | None = None
    """When it was written down."""
    position: int | None = None

    @classmethod
    def of(cls, event: Event) -> Act:
        """Read an act from the ledger; of one that was erased only the day of writing is left."""
        told: dict[str, Any] = json.loads(event.terms or "{}")
        name, on = told.pop("act", ""), told.pop("on", None)
        day = event.time.date() if on is None and event.time else date.fromisoformat(on or "0001-01-01")
        return cls(
            event.source, name, day, event.actor, event.behalf, event.via, event.reason, told,
            event.time, event.position,
        )  # fmt: skip

    def event(self) -> Event:
        """Write it as an event of the ledger."""
        terms = json.dumps({"act": self.name, "on": self.on.isoformat(), **self.details}, sort_keys=True)
        return Event(
            self.case,
            Happening.ACTED,
            reason=self.reason,
            actor=self.actor,
            behalf=self.behalf,
            via=self.via,
            terms=terms,
            time=self.time,
        )
