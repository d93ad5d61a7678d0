"""Where one registry keeps everything, and how its newest state reaches readers.

The ledger is the truth. The folder `graph` holds the graph that is made from it, which only one process
writes and nobody reads; `snapshots` holds what readers open.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from registry import erasure
from registry.errors import NotAllowedError
from registry.graph.embedded import EmbeddedStore
from registry.graph.projection import bring_up
from registry.graph.snapshot import Snapshots
from registry.graph.stand import read_stand
from registry.ledger import Ledger
from registry.lock import TakenError, lock
from registry.storage import DamagedError, StorageError, explained, is_expected, sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from datetime import date
    from pathlib import Path

    from registry.graph.snapshot import Snapshot
    from registry.settings import Settings
    from registry.validation.standard import Library

__all__ = ["Home", "publish"]


@dataclass(frozen=True)
class Home:
    """The folder of one registry, and the address of its ledger when that is elsewhere."""

    folder: Path
    ledger_url: str | None = None

    @classmethod
    def of(cls, chosen: Settings) -> Home:
        """Find the home that the settings name."""
        return cls(chosen.home, chosen.ledger_url)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, which is opened when it is first asked for and stays open."""
        with explained(self.folder):
            return Ledger.open(self.ledger_url) if self.ledger_url else Ledger.in_folder(self.folder)

    @property
    def snapshots(self) -> Snapshots:
        """The states of the graph that readers open."""
        return Snapshots(self.folder / "snapshots")

    @property
    def graph(self) -> Path:
        """The folder of the graph that is being written."""
        return self.folder / "graph"

    @property
    def visits(self) -> Path:
        """The notebook of the visits to sources; it may be thrown away at any time."""
        return self.folder / "visits.sqlite"

    @contextmanager
    def writing(self, wait: float = 30.0) -> Iterator[None]:
        """Be the only one who changes this registry; within the same thread one may do so again.

        Args:
            wait: How many seconds to wait for another process that is changing it.

        Raises:
            NotAllowedError: The other one did not end in time.
        """
        if not self._turn.acquire(timeout=wait):
            raise self._busy()
        try:
            with ExitStack() as stack:
                if not self._inside:
                    stack.enter_context(self._alone(wait))
                    self._inside.append(True)
                    stack.callback(self._inside.clear)
                yield
        finally:
            self._turn.release()

    @contextmanager
    def opened_graph(self) -> Iterator[EmbeddedStore]:
        """Open the graph as the only one who changes this registry; an empty one is made where there is none.

        Raises:
            NotAllowedError: Another process is changing the registry.
            StorageError: The folder is damaged, or cannot be written.
        """
        with self.writing(), explained(self.folder), ExitStack() as stack:
            for leftover in (self._old, self._fresh):
                if leftover.exists():
                    shutil.rmtree(leftover)
            try:
                store = stack.enter_context(closing(EmbeddedStore.create(self.graph)))
            except OSError as error:
                if is_expected(error):
                    raise
                raise self._busy() if "/LOCK" in str(error) else self._damaged(error) from error
            try:
                yield store
            except DamagedError as error:
                raise self._damaged(error) from error

    @contextmanager
    def fresh_graph(self) -> Iterator[EmbeddedStore]:
        """Make a graph beside the present one, in whose place it comes when all has gone well."""
        with self.writing(), explained(self.folder):
            for leftover in (self._old, self._fresh):
                shutil.rmtree(leftover, ignore_errors=True)
            with closing(EmbeddedStore.create(self._fresh)) as store:
                yield store
            self._exchange_graph(self._fresh)

    def clear_graph(self) -> None:
        """Throw the graph away, so that the next publication makes all of it from the ledger."""
        with self.writing(), explained(self.folder):
            shutil.rmtree(self._old, ignore_errors=True)
            self._exchange_graph(None)

    def renew_graph(self) -> None:
        """Write the graph anew without the texts that were once in it; Oxigraph forgets none otherwise."""
        with self.writing(), explained(self.folder):
            with self.opened_graph() as store:
                store.copy(self._fresh)
            self._exchange_graph(self._fresh)

    @property
    def _old(self) -> Path:
        return self.folder / "graph-old"

    @property
    def _fresh(self) -> Path:
        return self.folder / "graph-fresh"

    def _exchange_graph(self, fresh: Path | None) -> None:
        """Put another graph in the place of the present one; after a crash in between there is none."""
        if self.graph.exists():
            self.graph.rename(self._old)
        if fresh:
            fresh.rename(self.graph)
        sync(self.folder)
        shutil.rmtree(self._old, ignore_errors=True)

    @cached_property
    def _turn(self) -> threading.RLock:
        return threading.RLock()

    @cached_property
    def _inside(self) -> list[bool]:
        """Holds something while this process has the lock on the folder."""
        return []

    @property
    def _lock(self) -> Path:
        return self.folder / "writer.lock"

    @contextmanager
    def _alone(self, wait: float) -> Iterator[None]:
        with ExitStack() as stack:
            with explained(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                try:
                    held = stack.enter_context(lock(self._lock, wait=wait))
                except TakenError:
                    raise self._busy() from None
                os.ftruncate(held, 0)
                os.pwrite(held, str(os.getpid()).encode(), 0)
            yield

    def _damaged(self, error: OSError) -> StorageError:
        return StorageError(
            "graph-damaged",
            "The graph in {folder} is damaged: {reason}. Nothing is lost, because it is made from the "
            "ledger: make it again with `koepel rebuild`.",
            folder=str(self.graph),
            reason=error.strerror or str(error),
        )

    def _busy(self) -> NotAllowedError:
        return NotAllowedError(
            "registry-busy",
            "Another process is changing the registry in {folder}: number {pid}. Wait until it has ended, "
            "and try again.",
            folder=str(self.folder),
            pid=self._lock.read_text(encoding="utf-8") or "?",
        )


def publish(
    home: Home,
    library: Library,
    on: date,
    tell: Callable[[str], None] = lambda _: None,
    executor: Executor | None = None,
    *,
    keep: int = 5,
    force_checkpoint: bool = False,
) -> Snapshot:
    """Bring what readers see in step with the ledger; gives the snapshot that they open from now on.

    Where nothing has changed since the present one, that one stays. What is left of an erasure is destroyed.

    Args:
        home: The registry.
        library: The standards, against which everything is assessed.
        on: The day of the assessment.
        tell: Takes a sentence for each long step.
        executor: Does the heavy part, where there is one.
        keep: How many snapshots without a label stay, the new one included.
        force_checkpoint: Whether a new copy is made also when nothing has changed.
    """
    with home.writing():
        _destroy_traces(home, library, on, tell, executor)
        with home.opened_graph() as store:
            before = read_stand(store)
            stand = bring_up(store, home.ledger, library, on, tell, executor)
            taken = home.snapshots.current()
            if not taken or taken.stand != stand or force_checkpoint:
                if before is None or before.rules != stand.rules:  # nearly all of it is new
                    store.compact()
                taken = home.snapshots.take(store, stand, datetime.now(UTC), afresh=force_checkpoint)
        home.snapshots.prune(keep)  # also when nothing has changed: it clears away what a crash left behind
        erasure.cleanse_snapshots(home)
        erasure.cleanse_dumps(home)
        erasure.cleanse_notes(home)
        return taken


def _destroy_traces(
    home: Home, library: Library, on: date, tell: Callable[[str], None], executor: Executor | None
) -> None:
    """Write the files anew in which something of what was erased may be left."""
    if erasure.stains(home, erasure.LEDGER_FILES):
        home.ledger.overwrite()
        erasure.note_clean(home, erasure.LEDGER_FILES)
    if erasure.stains(home, erasure.GRAPH_FILES):
        with home.opened_graph() as store:
            bring_up(store, home.ledger, library, on, tell, executor)
        home.renew_graph()
        erasure.note_clean(home, erasure.GRAPH_FILES)
