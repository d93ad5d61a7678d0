"""A process that works on a registry as the commands do, and tells of each step that it takes.

It is a fork of `conductor`, and dies in the middle.
"""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from registry import erasure
from registry import home as homes
from registry.backup import folder as backups
from registry.graph.rules import rules_digest
from registry.graph.snapshot import Snapshots
from registry.ledger import Event, Happening, Ledger
from tests.faults.document import SOURCES, version
from tests.faults.place import DAY
from tests.faults.plan import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.home import Home
    from registry.validation.standard import Library
    from tests.faults.place import Place
    from tests.faults.plan import Plan

__all__ = ["KEEP", "work"]

KEEP = 3
MOST = 200
"""After so many changes a writer stops that should have died long ago."""


def work(place: Place, library: Library, plan: Plan, pipe: int) -> None:
    """Work on the registry until the plan puts an end to it."""
    stage = Stage(pipe, plan)
    _set(stage)
    writer = _Writer(place, place.home, library, stage, random.Random(plan.seed))  # noqa: S311 - no secret
    for _ in range(MOST):
        writer.do_something()


def _set(stage: Stage) -> None:
    """Have the phases told from here on; this process does nothing else."""
    Ledger.append_all = stage.during("ledger", Ledger.append_all)  # type: ignore[method-assign]
    Ledger.erase = stage.during("tombstone", Ledger.erase)  # type: ignore[method-assign]
    homes.bring_up = stage.during("projection", homes.bring_up)  # type: ignore[attr-defined]
    Snapshots.take = stage.during("checkpoint", Snapshots.take)  # type: ignore[method-assign]


@dataclass
class _Writer:
    place: Place
    home: Home
    rulebook: Library
    stage: Stage
    chance: random.Random

    def do_something(self) -> None:
        """Change something, show readers, and sometimes make a backup."""
        published = self.home.ledger.published()
        source = self.chance.choice(SOURCES)
        if source not in published or self.chance.random() < 0.6:
            self.accept(source)
        elif self.chance.random() < (0.8 if self.stage.plan.phase in {"tombstone", "erasure"} else 0.3):
            self.erase(source)
        else:
            self.end(source, self.chance.choice([Happening.REMOVED, Happening.WITHDRAWN]))
        if self.stage.plan.phase == "backup" or self.chance.random() < 0.05:
            self.back_up()

    def accept(self, source: str) -> None:
        number = self.home.ledger.position() + 1
        made, address = version(source, number), f"{source}/profile.ttl"
        accepted = Event(source, Happening.ACCEPTED, address, made.digest, rules=rules_digest())
        with self.change(source, number), self.home.writing():
            self.home.ledger.append_all(
                [(Event(source, Happening.REGISTERED, address), None), (accepted, made)]
            )
        self.show_readers()

    def end(self, source: str, happening: Happening) -> None:
        with self.change(source, None), self.home.writing():
            self.home.ledger.append_all([(Event(source, happening, reason="It is over."), None)])
        self.show_readers()

    def erase(self, source: str) -> None:
        with self.change(source, None), self.stage.phase("erasure"):
            erasure.erase(self.home, source, "The law asks for it.", "operator", self.rulebook, DAY)

    @contextmanager
    def change(self, source: str, number: int | None) -> Iterator[None]:
        """Tell what is tried, and that it is done."""
        self.stage.tell("try", source=source, number=number)
        yield
        self.stage.tell("done", source=source, number=number)

    def show_readers(self) -> None:
        taken = homes.publish(self.home, self.rulebook, DAY, keep=KEEP)
        labels = [label for one in self.home.snapshots.all() for label in one.labels]
        if len(labels) < 2:
            self.home.snapshots.label(taken, f"paper-{taken.name}x")

    def back_up(self) -> None:
        with self.stage.phase("backup"):
            outcome = backups.back_up(self.home, self.place.backups, datetime.now(UTC), keep=2)
        if outcome.damaged:
            self.stage.tell("mistake", text=f"Damaged backups: {outcome.damaged}")
        self.stage.tell("kept", position=outcome.manifest.position)
