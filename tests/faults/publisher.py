"""Publishes one version after another of every source at once, and tells which snapshot shows which.

It is a program of its own: `python -m tests.faults.publisher HOME SECONDS`. All sources have the same number
at any time, so that whoever sees two has been shown a mixture.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.erasure import erase
from registry.graph.rules import rules_digest
from registry.home import Home, publish
from registry.ledger import Event, Happening, Version
from registry.validation.standard import Library, load_library
from tests.conftest import ROOT
from tests.faults.child import tell
from tests.faults.document import SOURCES, version
from tests.faults.place import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.graph.snapshot import Snapshot

__all__ = ["LEAVER"]

LEAVER: Final = "https://buddy.example/leaver"
"""A source that is erased half-way."""
KEEP: Final = 4
CITED_EVERY: Final = 10
PAUSE: Final = 0.2


@dataclass
class Publisher:
    """Publishes, and tells on the standard output what readers may see."""

    home: Home
    rulebook: Library
    number: int = 0
    erased: bool = False

    def publish(self) -> None:
        """Publish the next version of every source, in one step."""
        self.number += 1
        made = [(source, version(source, self.number)) for source in SOURCES]
        self.home.ledger.append_all(_accepted(source, one) for source, one in made)
        taken = publish(self.home, self.rulebook, DAY, keep=KEEP)
        if self.number % CITED_EVERY == 0:
            self.home.snapshots.label(taken, f"paper-{self.number}")
        self.tell(taken)

    def erase(self) -> None:
        """Erase the leaver, while others read."""
        outcome = erase(self.home, LEAVER, "The law asks for it.", "operator", self.rulebook, DAY)
        self.erased = True
        self.tell(outcome.snapshot, still_read=list(outcome.still_read))

    def tell(self, taken: Snapshot, still_read: Sequence[str] = ()) -> None:
        """Tell what a snapshot shows, and which are kept."""
        told = {"number": self.number, "erased": self.erased, "still_read": still_read}
        kept = [one.name for one in self.home.snapshots.all()]
        tell(sys.stdout.fileno(), "published", snapshot=taken.name, kept=kept, **told)


def _accepted(source: str, made: Version) -> tuple[Event, Version]:
    return Event(source, Happening.ACCEPTED, source, made.digest, rules=rules_digest()), made


def main(folder: str, seconds: str) -> None:
    """Publish two versions, wait for a line on the standard input, and publish on for a while."""
    publisher = Publisher(Home(Path(folder)), load_library(ROOT / "tests" / "registry" / "library"))
    publisher.home.ledger.append(*_accepted(LEAVER, version(LEAVER, 0)))
    for _ in range(2):
        publisher.publish()
    sys.stdin.readline()
    start = time.monotonic()
    while (passed := time.monotonic() - start) < float(seconds):
        publisher.publish()
        if not publisher.erased and passed > float(seconds) / 2:
            publisher.erase()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
