"""The state of the registry that an answer comes from."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from registry.graph.snapshot import Snapshot as Taken

__all__ = ["Snapshot", "told"]


@strawberry.type(
    description="A frozen state of the registry. Answers from one snapshot belong together; `?snapshot=` in "
    "the address asks for a kept one."
)
class Snapshot:
    """A frozen state of the registry."""

    id: strawberry.ID = strawberry.field(description="Its name.")
    time: datetime = strawberry.field(description="When it was taken.")
    position: int = strawberry.field(description="The last event of the ledger that is in it.")
    day: date = strawberry.field(description="The day as of which initiatives were assessed.")
    labels: list[str] = strawberry.field(description="The names under which it is cited.")

    @classmethod
    def of(cls, taken: Taken) -> Snapshot:
        """Give a snapshot to a client."""
        return cls(
            id=strawberry.ID(taken.name),
            time=taken.time,
            position=taken.stand.position,
            day=taken.stand.day,
            labels=list(taken.labels),
        )


def told(taken: Taken) -> dict[str, object]:
    """Say in the extensions of every answer which state it comes from."""
    return {"id": taken.name, "time": taken.time.isoformat(), "position": taken.stand.position}
