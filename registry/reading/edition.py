"""The finished states of the registry, each with everything that readers need of it."""

from __future__ import annotations

import gc
import time
import weakref
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final

from registry.errors import GoneError, KoepelError, NotFoundError
from registry.reading.catalogue import Catalogue

if TYPE_CHECKING:
    from registry.graph.snapshot import Snapshot, Snapshots
    from registry.graph.store import GraphStore
    from registry.validation.standard import Library

__all__ = ["Edition", "Editions", "NotReadyError"]

MOST_KEPT: Final = 3
"""How many older states stay open for those who ask for them by name."""
LONGEST_IDLE: Final = 300.0
"""Seconds after which an older state that nobody reads is let go, so that it can be deleted."""


class NotReadyError(KoepelError):
    """The registry runs, and cannot answer at this moment."""

    status: ClassVar[int] = 503


@dataclass(frozen=True)
class Edition:
    """A graph that no longer changes, the catalogue read from it, and the standards.

    Equal snapshots mean that two answers come from the same state.
    """

    store: GraphStore
    rulebook: Library
    snapshot: Snapshot
    _reading: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @property
    def catalogue(self) -> Catalogue:
        """Everything that can be found in it; read once, when it is first asked for."""
        with self._reading:
            return self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue.read(self.store)

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The names of the graphs, most of which are documents."""
        return frozenset(self.store.graphs())


class Editions:
    """The states that readers can ask for: the newest, and older ones by name.

    The newest is followed as other processes take snapshots: while the next is being read, the one before
    goes on answering. Whoever reads an edition keeps its snapshot from being deleted.
    """

    def __init__(self, snapshots: Snapshots, library: Library) -> None:
        self.snapshots = snapshots
        self._library = library
        self._newest: Edition | None = None
        self._older: dict[str, tuple[Edition, float]] = {}
        self._opened: list[weakref.ref[Edition]] = []
        self._opening = Lock()

    @property
    def newest(self) -> Edition | None:
        """The state that readers get who ask for none, if there is one yet."""
        return self._newest

    def current(self) -> Edition:
        """Give the newest state, or say kindly that there is nothing to read yet."""
        if self._newest is None:
            raise NotReadyError(
                "nothing-published",
                "This register is still empty. It opens as soon as the first descriptions are collected.",
            )
        return self._newest

    def get(self, name: str) -> Edition:
        """Give a kept state by its name or by a label.

        The disk is asked every time, so that what was erased is gone at once.

        Raises:
            GoneError: It was there, and is kept no longer; its parameter `nearest` names what is.
            NotFoundError: No state can have this name.
        """
        snapshot = self.snapshots.get(name)
        if self._newest is not None and self._newest.snapshot.name == snapshot.name:
            return self._newest
        with self._opening:
            known = self._older.pop(snapshot.name, None)
            edition = known[0] if known else self._open(snapshot)
            self._older[snapshot.name] = (edition, time.monotonic())
            while len(self._older) > MOST_KEPT:
                self._older.pop(next(iter(self._older)))
            return edition

    def follow(self) -> bool:
        """Look whether there is a newer snapshot and serve that from now on; tell whether there was."""
        self._let_go()
        snapshot = self.snapshots.current()
        if snapshot is None or (self._newest and self._newest.snapshot.name == snapshot.name):
            return False
        try:
            edition = self._open(snapshot)
        except (GoneError, NotFoundError):  # a still newer one has taken its place meanwhile
            return False
        _ = edition.catalogue, edition.graphs
        self._newest = edition
        return True

    def close(self) -> None:
        """Let go of everything; what is still being read is let go when its reader has done."""
        self._newest = None
        self._older.clear()

    def _let_go(self) -> None:
        """Close what nobody has read for long, and at once what was taken away from readers."""
        latest = time.monotonic() - LONGEST_IDLE
        with self._opening:
            self._older = {
                name: (edition, used)
                for name, (edition, used) in self._older.items()
                if used > latest and not edition.snapshot.withdrawn
            }
            self._break_rings()

    def _break_rings(self) -> None:
        """Free what only points to itself: a request that is over can keep what was erased on the disk so."""
        alive = [(one, edition) for one in self._opened if (edition := one()) is not None]
        self._opened = [one for one, _ in alive]
        overdue = any(edition.snapshot.withdrawn for _, edition in alive)
        alive.clear()
        if overdue:
            gc.collect()

    def _open(self, snapshot: Snapshot) -> Edition:
        """Open a snapshot; the store holds it for as long as anybody holds the edition."""
        edition = Edition(snapshot.open(), self._library, snapshot)
        self._opened.append(weakref.ref(edition))
        return edition
