"""Turns: when a server may be asked again, and how many requests it bears at a time."""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING, Final

from registry.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Turns"]

MOST_HOSTS: Final = 10_000
"""So many servers are remembered before those are forgotten that may be asked at once anyway."""


@dataclass(slots=True)
class _Host:
    """What is known of one server; moments are those of the clock."""

    under_way: int = 0
    next_turn: float = -math.inf
    shut_until: float = -math.inf


class Turns:
    """Lets requests to one server begin one after the other, with a pause between two.

    >>> turns = Turns(at_once=2)
    >>> turns.shut("buddy.example", 60)
    >>> try:
    ...     turns.require_open("buddy.example")
    ... except PeerError as error:
    ...     print(error.code, round(error.retry_after))
    asked-to-wait 60
    """

    def __init__(self, at_once: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once = at_once
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._changed = Condition()

    def __len__(self) -> int:
        return len(self._hosts)

    def require_open(self, name: str) -> None:
        """Raise `PeerError` when a server has asked to be left alone, and tell for how long it still is."""
        host, now = self._hosts.get(name), self._clock()
        if host and host.shut_until > now:
            raise _left_alone(name, host.shut_until - now)

    @contextmanager
    def take(self, name: str, pause: float) -> Iterator[None]:
        """Wait for a turn at a server and hold it while the block runs; the next one begins after the pause.

        A server that asked to be left alone is not waited for.
        """
        with self._changed:
            host = self._wait(name)
            host.under_way += 1
            host.next_turn = self._clock() + pause
        try:
            yield
        finally:
            with self._changed:
                host.under_way -= 1
                self._changed.notify_all()

    def shut(self, name: str, seconds: float) -> None:
        """Leave a server alone for so long (RFC 9110, section 10.2.3: Retry-After)."""
        with self._changed:
            host = self._host(name)
            host.shut_until = max(host.shut_until, self._clock() + seconds)
            self._changed.notify_all()

    def _wait(self, name: str) -> _Host:
        while True:
            self.require_open(name)
            host, now = self._host(name), self._clock()
            full, early = host.under_way >= self._at_once, host.next_turn - now
            if not full and early <= 0:
                return host
            self._changed.wait(None if full else early)

    def _host(self, name: str) -> _Host:
        if name not in self._hosts and len(self._hosts) >= MOST_HOSTS:
            now = self._clock()
            kept = self._hosts.items()
            self._hosts = {key: host for key, host in kept if not _may_be_asked(host, now)}
        return self._hosts.setdefault(name, _Host())


def _may_be_asked(host: _Host, now: float) -> bool:
    return not host.under_way and max(host.next_turn, host.shut_until) <= now


def _left_alone(host: str, seconds: float) -> PeerError:
    error = PeerError(
        "asked-to-wait",
        "{host} has asked to be left alone for a while. It is visited again in {seconds} seconds at the "
        "earliest; nothing has to be done.",
        host=host,
        seconds=math.ceil(seconds),
    )
    error.retry_after = seconds
    return error
