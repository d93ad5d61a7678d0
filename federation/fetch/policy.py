"""How far a fetch may go, and how polite it is."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Policy"]


@dataclass(frozen=True)
class Policy:
    """How far a fetch may go, and how polite it is.

    Times are in seconds. `at_once` requests may be under way in all and `host_at_once` at one server, where
    at least `host_pause` lies between the beginnings of two. A site that asks for a longer pause in its
    robots.txt gets it, up to `longest_pause`. One whose robots.txt could not be read is left alone for
    `again_after`. `loopback` is for development on one machine: it opens this machine's own addresses, on
    any port.

    >>> Policy(seconds=5).host_at_once
    2
    """

    bytes: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    loopback: bool = False
    at_once: int = 16
    host_at_once: int = 2
    host_pause: float = 0.2
    longest_pause: float = 10.0
    respect_robots: bool = True
    again_after: float = 60.0
