"""Compares what readers see with the ledger, statement for statement.

The graph and the newest snapshot each say what they were made from. The same is made again from the ledger
alone, and every statement that only one side has is a difference. How far a part lags behind the ledger is
told, and is no difference.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from registry.erasure import GRAPH_FILES, LEDGER_FILES, NOTED_FILES, overdue, stains
from registry.errors import KoepelError, NotFoundError
from registry.graph.difference import compare
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import bring_up, is_source, load_documents
from registry.graph.rules import rules_digest
from registry.graph.stand import read_stand
from registry.storage import StorageError, explained
from registry.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from registry.graph.difference import Difference
    from registry.graph.snapshot import Snapshot
    from registry.graph.stand import Stand
    from registry.home import Home
    from registry.ledger import Ledger
    from registry.validation.standard import Library

__all__ = ["Examination", "Part", "examine"]


@dataclass(frozen=True)
class Part:
    """What was found in the graph, or in a snapshot of it."""

    name: str = ""
    """The name of the snapshot; the graph that is being written has none."""
    stand: Stand | None = None
    """What it was made from; nothing when it was never finished, and so claims nothing."""
    behind: int = 0
    """How many events it lags behind the ledger."""
    differences: tuple[Difference, ...] = ()
    erased: tuple[str, ...] = ()
    """Sources of which something may be left in it, although they were erased."""
    trouble: KoepelError | None = None
    """Why it cannot be compared."""
    other_rules: bool = False
    """True where another version of the software made it: then only the documents were compared."""

    @property
    def clean(self) -> bool:
        """True when it says what the ledger says."""
        return not (self.differences or self.erased or self.trouble)


@dataclass(frozen=True)
class Examination:
    """What was found in a registry."""

    position: int
    """How far the ledger is."""
    graph: Part
    snapshot: Part
    """The one that readers are pointed to."""
    others: tuple[Part, ...]
    """The other snapshots, in which only erased material was looked for."""
    withdrawn: tuple[str, ...]
    """Snapshots that went because of an erasure, and are still on the disk because somebody reads them."""
    damaged: tuple[KoepelError, ...]
    """What is wrong with versions of documents in the ledger, or may be left of those that were erased."""

    @property
    def clean(self) -> bool:
        """True when all parts of the registry agree, and what was erased is gone."""
        parts = (self.graph, self.snapshot, *self.others)
        return not (self.withdrawn or self.damaged) and all(part.clean for part in parts)


def examine(
    home: Home,
    library: Library,
    tell: Callable[[str], None] = lambda _: None,
    executor: Executor | None = None,
) -> Examination:
    """Compare the graph and the newest snapshot with the ledger, and look for what should be nowhere.

    Nothing is changed. Nobody else changes the registry meanwhile; readers go on reading.

    Args:
        home: The registry.
        library: The standards, against which everything is assessed again.
        tell: Takes a sentence for each long step.
        executor: Does the heavy part, where there is one.
    """
    with home.writing(), TemporaryDirectory(prefix="koepel-doctor-") as folder, ExitStack() as stack:
        bench = _Bench(home.ledger, library, Path(folder), tell, executor, stack)
        current = home.snapshots.current()
        others = (one for one in home.snapshots.all() if current and one.name != current.name)
        return Examination(
            position=bench.position,
            graph=_examine_graph(home, bench),
            snapshot=_examine_snapshot(current, bench) if current else Part(behind=bench.position),
            others=tuple(_look_over(one, bench) for one in others),
            withdrawn=home.snapshots.leftovers(),
            damaged=(*_damage(home.ledger), *_unfinished(home)),
        )


@dataclass
class _Bench:
    """Where is made what should be there, once for all parts that were made from the same."""

    ledger: Ledger
    rulebook: Library
    folder: Path
    tell: Callable[[str], None]
    executor: Executor | None
    stack: ExitStack
    """Closes what was made, before its folder is deleted."""
    made: dict[Stand, EmbeddedStore] = field(default_factory=dict)

    @property
    def position(self) -> int:
        """How far the ledger is."""
        return self.ledger.position()

    def expected(self, stand: Stand) -> EmbeddedStore:
        """Make what a stand stands for; where other rules applied, only the documents can be made."""
        if stand not in self.made:
            folder = self.folder / str(len(self.made))
            store = self.stack.enter_context(closing(EmbeddedStore.create(folder)))
            if stand.rules == rules_digest():
                until = stand.position
                bring_up(store, self.ledger, self.rulebook, stand.day, self.tell, self.executor, until=until)
            else:
                load_documents(store, self.ledger, stand.position)
            self.made[stand] = store
        return self.made[stand]


def _examine_graph(home: Home, bench: _Bench) -> Part:
    if not home.graph.exists():
        return Part(behind=bench.position)
    part = Part(erased=tuple(event.source for event in stains(home, GRAPH_FILES)))
    try:
        with explained(home.graph), closing(EmbeddedStore.open_read_only(home.graph)) as store:
            return _compare(part, store, bench)
    except KoepelError as error:
        return replace(part, trouble=error)


def _examine_snapshot(snapshot: Snapshot, bench: _Bench) -> Part:
    part = _look_over(snapshot, bench)
    try:
        with explained(snapshot.folder), closing(snapshot.open()) as store:
            return _compare(part, store, bench)
    except KoepelError as error:
        return replace(part, trouble=error)


def _look_over(snapshot: Snapshot, bench: _Bench) -> Part:
    """Look whether a snapshot has followed every erasure, without opening it."""
    erased = tuple(event.source for event in overdue(snapshot, bench.ledger.erasures()))
    behind = bench.position - snapshot.stand.position
    return Part(snapshot.name, snapshot.stand, behind, erased=erased)


def _compare(part: Part, store: EmbeddedStore, bench: _Bench) -> Part:
    stand = read_stand(store)
    if stand is None:
        return replace(part, stand=None, behind=bench.position)
    found = replace(part, stand=stand, behind=bench.position - stand.position)
    if trouble := _mismatch(stand, bench):
        return replace(found, trouble=trouble)
    other_rules = stand.rules != rules_digest()
    differences = compare(store, bench.expected(stand), _is_document if other_rules else lambda _: True)
    return replace(found, differences=tuple(differences), other_rules=other_rules)


def _mismatch(stand: Stand, bench: _Bench) -> KoepelError | None:
    if stand.lineage != bench.ledger.lineage:
        return StorageError(
            "graph-foreign",
            "The graph was made from another ledger than this one. Make it again with `koepel rebuild`.",
        )
    if stand.position > bench.position:
        return StorageError(
            "graph-ahead",
            "The graph was made from {position} events, and the ledger has {last}: some were lost. Restore "
            "the ledger from a newer backup, or make the graph again with `koepel rebuild`.",
            position=stand.position,
            last=bench.position,
        )
    return None


def _is_document(graph: str) -> bool:
    return is_source(graph) or graph == str(GRAPH.provenance)


def _damage(ledger: Ledger) -> Iterator[KoepelError]:
    """Look whether each version still is what its digest says."""
    erased = {event.source: event.position or 0 for event in ledger.erasures()}
    kept = {
        event.digest: None
        for event in ledger.events()
        if event.digest and (event.position or 0) > erased.get(event.source, 0)
    }
    for digest in kept:
        try:
            version = ledger.version(digest)
        except NotFoundError:
            yield StorageError(
                "version-lost",
                "The version {digest} is missing in the ledger. Restore the ledger from a backup.",
                digest=digest,
            )
        except StorageError as error:
            yield error
        else:
            if hashlib.sha256(version.canonical).hexdigest() != digest:
                yield StorageError(
                    "version-altered",
                    "The version {digest} in the ledger is not what was once written. Restore the ledger "
                    "from a backup.",
                    digest=digest,
                )


def _unfinished(home: Home) -> Iterator[KoepelError]:
    """Look whether an erasure was broken off before the bytes were overwritten."""
    for event in stains(home, LEDGER_FILES):
        yield StorageError(
            "erasure-begun",
            "{source} was erased, and its bytes may still be in the files of the ledger. Finish the erasure "
            "with `koepel snapshot`.",
            source=event.source,
        )
    for event in stains(home, NOTED_FILES):
        yield StorageError(
            "erasure-noted",
            "{source} was erased, and the notes on visits and messages may still say something about it. "
            "Finish the erasure with `koepel snapshot`.",
            source=event.source,
        )
