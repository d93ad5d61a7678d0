"""Kills harvests in the middle of their work, and compares what comes of them with an undisturbed one.

It is a program of its own: `python -m tests.faults.harvester FOLDER SITE SEED SECONDS` prints one line of
JSON. Every harvest is a fork of it, and dies at a moment that chance decides, again and again in the same
registry, until one is let go to its end.
"""

from __future__ import annotations

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.request import urlopen

import pytest

from federation.campaign import turn
from federation.harvest import books
from registry.doctor import examine
from registry.home import Home, publish
from registry.ingest import document, reader
from registry.ledger import Event, Happening
from registry.settings import Settings
from registry.validation.standard import load_library
from tests.faults.child import Child, tell
from tests.faults.conductor import lighten
from tests.faults.harvested import CHANGE, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.ingest.guard import Limits
    from registry.ingest.reader import Reading

FIRST: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND: Final = FIRST + timedelta(hours=30)
LIBRARY: Final = Path(__file__).parents[1] / "registry" / "library"
KILLS: Final = 5
"""So often a harvest dies before one is let go to its end."""
CHOSEN: Final = Settings(allow_loopback=True, host_pause=0, host_at_once=16, fetch_seconds=5)

Story = dict[str, list[tuple[str, ...]]]
"""What befell each source, in the order in which it did."""


@dataclass
class Conductor:
    """Kills, and keeps the books."""

    folder: Path
    site: str
    chance: random.Random
    kills: int = 0
    faults: list[str] = field(default_factory=list)
    usual: float = 1.0
    """How many seconds an undisturbed harvest takes."""

    def conduct(self, seconds: float) -> None:
        """Kill harvests of the sites as they are at first, then after the change; all within a time."""
        began, homes = time.monotonic(), list[Home]()
        while time.monotonic() - began < seconds / 2:
            homes.append(self._begin(len(homes)))
            self._harvest(homes[-1], FIRST, kills=KILLS * (len(homes) > 1))
        self._compare(homes)
        self._ask(CHANGE)
        for number, home in enumerate(homes):
            if time.monotonic() - began < seconds:
                self._harvest(home, SECOND, kills=KILLS * (number > 0))
                changed = number
        self._compare(homes[: changed + 1])

    def _begin(self, number: int) -> Home:
        home = Home(self.folder / str(number))
        registered = [
            Event(one.space, Happening.REGISTERED, one.address, terms=one.terms) for one in sources(self.site)
        ]
        home.ledger.append_all((one, None) for one in registered)
        home.ledger.close()
        return Home(home.folder)

    def _harvest(self, home: Home, moment: datetime, kills: int) -> None:
        """Let harvests die, and then one go to its end."""
        for _ in range(kills):
            child = Child.start(lambda pipe: work(home.folder, moment, pipe))
            time.sleep(self.chance.uniform(0.05, 1) * self.usual)
            child.kill()
            self._hear(child)
            self.kills += child.bury()
        began = time.monotonic()
        child = Child.start(lambda pipe: work(home.folder, moment, pipe))
        ended = "end" in self._hear(child)
        if child.bury() or not ended:
            self.faults.append("A harvest did not come to its end.")
        self.usual = min(self.usual, time.monotonic() - began)

    def _hear(self, child: Child) -> set[str]:
        told = list(child.hear())
        self.faults += [one["text"] for one in told if "text" in one]
        return {one["what"] for one in told}

    def _compare(self, homes: list[Home]) -> None:
        """Hold every registry against the first, whose harvest was never disturbed, and ask the doctor."""
        library, usual = load_library(LIBRARY), None
        for number, home in enumerate(homes):
            publish(home, library, SECOND.date())
            examination = examine(home, library)
            if not examination.clean:
                self.faults.append(f"Registry {number}: the doctor found {examination}")
            found = story(home)
            usual = usual or found
            self.faults += [
                f"Registry {number}, {one}: {found.get(one)} and not {usual.get(one)}"
                for one in usual.keys() | found.keys()
                if found.get(one) != usual.get(one)
            ]
            home.ledger.close()

    def _ask(self, path: str) -> None:
        with urlopen(self.site + path) as answer:  # noqa: S310 - a server of our own
            answer.read()


def story(home: Home) -> Story:
    """Tell what befell each source, and at last what readers see of it."""
    told: Story = {}
    for one in home.ledger.events():
        about = (one.happening.value, one.digest or "", one.reason, one.via, one.terms)
        told.setdefault(one.source, []).append(about)
    for source, publication in home.ledger.published().items():
        told[source].append(("shown", publication.digest))
    return told


def work(folder: Path, moment: datetime, pipe: int) -> None:
    """Make one round, in this process alone so that it dies as a whole."""
    home = Home(folder)
    with turn.campaign(home, CHOSEN, clock=lambda: moment) as begun:
        outcomes = [one.outcome for one in begun.visits]
    tell(pipe, "end", outcomes=outcomes)


@contextmanager
def threads() -> Iterator[ThreadPoolExecutor]:
    """Give threads in the place of processes, which would outlive the one that is killed."""
    with ThreadPoolExecutor(2) as executor:
        yield executor


def read_here(data: bytes, *, media_type: str | None, address: str, limits: Limits, **more: Any) -> Reading:
    """Read a document in this process, which is quicker."""
    more.pop("whole", None)
    return reader.read(data, media_type=media_type, address=address, limits=limits, **more)


def main(folder: str, site: str, seed: str, seconds: str) -> None:
    """Kill harvests for so many seconds, and report."""
    chance = random.Random(int(seed))  # noqa: S311 - no secret
    with pytest.MonkeyPatch.context() as patch:
        lighten(patch, in_files=False)
        patch.setattr(books, "TOGETHER", 3)
        patch.setattr(turn, "crew", threads)
        patch.setattr(document, "read_apart", read_here)
        load_library()
        conductor = Conductor(Path(folder), site, chance)
        conductor.conduct(float(seconds))
    sys.stdout.write(json.dumps({"kills": conductor.kills, "faults": conductor.faults}))


if __name__ == "__main__":
    main(*sys.argv[1:])
