"""What runs in a process of its own: it answers one query after the other, and can be ended at any moment."""

from __future__ import annotations

import os
import traceback
from contextlib import ExitStack, closing, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final

from registry.errors import KoepelError
from registry.sparql.check import check_query
from registry.sparql.confinement import confine, limit_memory, limit_time, peak
from registry.sparql.evaluation import evaluate, plan
from registry.sparql.frame import Failed, Order, Planned, Planning, pack, receive
from registry.sparql.outlet import Outlet
from registry.sparql.refusal import failure, too_big
from registry.sparql.seal import seal
from registry.storage import StorageError

if TYPE_CHECKING:
    from pathlib import Path
    from socket import socket

    from registry.graph.embedded import EmbeddedStore
    from registry.graph.snapshot import Snapshot
    from registry.sparql.frame import Frame
    from registry.sparql.limits import Limits

__all__ = ["work"]

LONGEST_IDLE: Final = 3.0
"""Seconds after which a snapshot that nobody asks is let go, so that it can be deleted."""
MOST_GROWTH: Final = 1 << 28
"""A process that has grown by so many bytes is replaced, because it never gives all of them back."""


def work(channel: socket, limits: Limits, paper: Path, first: Snapshot | None) -> None:
    """Answer queries until the registry ends this process, or has come to an end itself.

    It has no network from the start.

    Args:
        channel: Brings orders, and takes frames.
        limits: How far to go for one query.
        paper: Where to write what does not fit into a frame; nobody else uses this path.
        first: What will probably be asked first; opening the first takes longest.
    """
    confine()
    seal()
    orders: SimpleQueue[Order | Planning] = SimpleQueue()
    Thread(target=_listen, args=(channel, orders, paper), daemon=True).start()
    desk = Desk(channel, limits, paper)
    if first is not None:
        desk.prepare(first)
    while True:
        try:
            order = orders.get(timeout=LONGEST_IDLE)
        except Empty:
            desk.close()
        else:
            desk.serve(order)


def _listen(channel: socket, orders: SimpleQueue[Order | Planning], paper: Path) -> None:
    """Pass orders on; when the other end is gone, so is the reason to work on, and who would clear up."""
    try:
        with channel.makefile("rb") as incoming:
            while order := receive(incoming):
                orders.put(order)
        paper.unlink(missing_ok=True)
        paper.parent.rmdir()  # the last one succeeds
    finally:
        os._exit(0)


class Desk:
    """Where one process works: the snapshot that it has open, and how far it may go."""

    def __init__(self, channel: socket, limits: Limits, paper: Path) -> None:
        self._channel = channel
        self._limits = limits
        self._paper = paper
        self._before = peak()
        self._snapshot: Snapshot | None = None
        self._store: EmbeddedStore | None = None
        self._lease = ExitStack()

    def prepare(self, snapshot: Snapshot) -> None:
        """Open a snapshot before it is asked, if that can be done."""
        with suppress(KoepelError, OSError):
            self._open(snapshot)

    def serve(self, order: Order | Planning) -> None:
        """Answer a query, or tell why not."""
        try:
            limit_time(self._limits.seconds)
            store = self._open(order.snapshot)
            if isinstance(order, Planning):
                self._tell(Planned(plan(order.question, order.peers), self._is_spent))
            else:
                self._answer(order, store)
        except StorageError as error:  # which names folders, and those are nobody's business
            self._tell(Failed(failure(), spent=True, note=str(error)))
        except KoepelError as error:
            self._tell(Failed(error, self._is_spent))
        except MemoryError:
            self._tell(Failed(too_big(), spent=True))
        except BaseException:  # whatever it is, the registry has to know, and this process cannot be trusted
            self._tell(Failed(failure(), spent=True, note=traceback.format_exc()))
            raise

    def close(self) -> None:
        """Let go of the snapshot."""
        self._lease.close()
        self._snapshot = self._store = None

    def _answer(self, order: Order, store: EmbeddedStore) -> None:
        reply = evaluate(store, order.question, order.form or check_query(order.question.query))
        with closing(Outlet(self._paper, self._limits.bytes, self._tell)) as outlet:
            outlet.media_type = reply.media_type
            reply.write(outlet)
            outlet.finish(spent=self._is_spent)

    def _open(self, snapshot: Snapshot) -> EmbeddedStore:
        if self._store is None or snapshot != self._snapshot:
            self.close()
            limit_memory(None)
            with ExitStack() as lease:
                lease.enter_context(snapshot.lease())
                self._store = snapshot.open()
                lease.callback(self._store.close)
                self._lease = lease.pop_all()
            self._snapshot = snapshot
            limit_memory(self._limits.memory)
        return self._store

    @property
    def _is_spent(self) -> bool:
        return peak() - self._before > MOST_GROWTH

    def _tell(self, message: Frame) -> None:
        self._channel.sendall(pack(message))
