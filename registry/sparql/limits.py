"""How far the registry goes for the query of a stranger."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """How far the registry goes for one query, and for one reader."""

    seconds: float = 10.0
    """How long a query may run; what is still running then is ended."""
    bytes: int = 20_000_000
    """Largest answer."""
    memory: int = 1 << 30
    """How much memory working on a query may take, in bytes, beside what an open graph takes."""
    at_once: int = 4
    """How many queries are worked on at the same time."""
    per_client: int = 2
    """How many of them can be one reader's, from the question to the end of the answer."""
    query_characters: int = 1_000_000
    """Longest query."""
