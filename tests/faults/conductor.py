"""Kills writers in the middle of their work, and has a new process look each time at what they leave behind.

It is a program of its own (`python -m tests.faults.conductor FOLDER SEED ROUNDS`), which prints one line of
JSON: how many it killed in which phase, and what was wrong. Every writer and every inspector is a fork of it,
so that none of them has to load the standards and start the reasoner again.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import ontology
from registry.graph import embedded, rules
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import bring_up
from registry.ledger import Event, Happening, Ledger
from registry.validation.standard import load_library
from registry.vocabulary import GRAPH
from tests.faults.child import Child
from tests.faults.document import SOURCES, version
from tests.faults.inspector import Texts, inspect
from tests.faults.place import DAY, Place
from tests.faults.plan import PHASES, STEPPED, Plan
from tests.faults.writer import work

if TYPE_CHECKING:
    from registry.validation.standard import Library

__all__ = ["Conductor"]

LIBRARY: Final = Path(__file__).parents[1] / "registry" / "library"
TWICE: Final = 10
"""So often two are killed in a row."""
MOST_STEPS: Final = 40
"""The latest step on files at which a writer dies."""


@dataclass
class Conductor:
    """Kills, and keeps the books."""

    place: Place
    rulebook: Library
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    allowed: dict[str, set[int | None]] = field(default_factory=lambda: defaultdict(lambda: {None}))
    """Which number readers may see of a source; two, where a change was begun and not acknowledged."""
    texts: Texts = field(default_factory=lambda: defaultdict(list))
    """Which numbers there ever were of each source."""
    backed_up: int = 0
    """How far the ledger was in the last backup that was reported as made."""
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def conduct(self, rounds: int) -> None:
        """Kill a writer and look, again and again; now and then another is killed before anybody looks."""
        for number in range(1, rounds + 1):
            plan = self._plan(PHASES[number % len(PHASES)])
            before = len(self.faults)
            self._let_work(plan)
            if number % TWICE:
                self._look()
            self.faults[before:] = [f"Round {number}, {plan}: {fault}" for fault in self.faults[before:]]

    def _plan(self, phase: str) -> Plan:
        """Choose a moment in a phase: a step on files, or any between its beginning and its usual end."""
        seed, skip = self.chance.randrange(2**32), self.chance.randrange(3)
        if phase in STEPPED and self.chance.random() < 0.5:
            return Plan(seed, phase, skip, step=self.chance.randint(1, MOST_STEPS))
        usual = statistics.median(self.seconds[phase][-20:] or [0.01])
        return Plan(seed, phase, skip, seconds=self.chance.uniform(0, 0.8 * usual))

    def _let_work(self, plan: Plan) -> None:
        """Let a writer work until it is killed, and note what it tells."""
        writer = Child.start(lambda pipe: work(self.place, self.rulebook, plan, pipe))
        begun: dict[str, float] = {}
        for told in writer.hear():
            match told["what"]:
                case "begin":
                    begun[told["phase"]] = told["time"]
                case "end":
                    self.seconds[told["phase"]].append(told["time"] - begun.pop(told["phase"]))
                case "try":
                    self.allowed[told["source"]].add(told["number"])
                    if told["number"] is not None:
                        self.texts[told["source"]].append(told["number"])
                case "done":
                    self.allowed[told["source"]] = {told["number"]}
                case "kept":
                    self.backed_up = told["position"]
                case _:
                    self.faults.append(told["text"])
        if not writer.bury():
            self.faults.append("The writer ended by itself.")
        self.kills[next(reversed(begun), "between")] += 1

    def _look(self) -> None:
        """Compare what is there with what was acknowledged."""
        inspector = Child.start(lambda pipe: inspect(self.place, self.rulebook, self.texts, pipe))
        everything = list(inspector.hear())
        inspector.bury()
        self.faults += [told["text"] for told in everything if "text" in told]
        told = {one["what"]: one for one in everything}
        if "backups" not in told:
            return
        for source in SOURCES:
            found = told["seen"]["numbers"].get(source)
            if found not in self.allowed[source]:
                self.faults.append(f"{source} is at {found}, and should be at {self.allowed[source]}.")
            self.allowed[source] = {found}
        if max(told["backups"]["positions"], default=0) < self.backed_up:
            self.faults.append(f"The backup of position {self.backed_up} is not there.")


def warm(library: Library) -> None:
    """Draw the conclusions that the descriptions lead to, so that no fork has to start the reasoner."""
    ledger = Ledger.open("sqlite://")
    for number, source in enumerate(SOURCES[:2]):
        made = version(source, number)
        ledger.append(Event(source, Happening.ACCEPTED, digest=made.digest), made)
    bring_up(EmbeddedStore.in_memory(), ledger, library, DAY)
    ledger.close()


def lighten(patch: pytest.MonkeyPatch, *, in_files: bool) -> None:
    """Leave out most of the vocabulary, which no crash can change, so that looking takes a third of the time.

    Args:
        patch: What takes it back.
        in_files: Whether the store writes few statements in the way that is meant for many.
    """
    definitions = (
        (str(GRAPH.vocabulary), tuple(one for one in ontology.module_files() if one.stem == "definitions")),
    )
    patch.setattr(rules, "_files", lambda: definitions)
    patch.setattr(embedded, "BATCH", 20 if in_files else 20_000)


def main(folder: str, seed: str, rounds: str) -> None:
    """Kill as many writers as asked for, and report."""
    library = load_library(LIBRARY)
    chance = random.Random(int(seed))  # noqa: S311 - no secret
    with pytest.MonkeyPatch.context() as patch:
        lighten(patch, in_files=int(seed) % 2 == 1)
        warm(library)
        conductor = Conductor(Place(Path(folder)), library, chance)
        conductor.conduct(int(rounds))
    sys.stdout.write(json.dumps({"kills": conductor.kills, "faults": conductor.faults}))


if __name__ == "__main__":
    main(*sys.argv[1:])
