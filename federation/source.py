"""A source: an address from which a description is fetched, and what it may describe."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Source"]


@dataclass(frozen=True)
class Source:
    """Where a publisher keeps a description, and the IRI space inside which it may speak.

    >>> Source("https://example.org/profile.ttl", "https://example.org/profile").name
    'profile'
    """

    address: str
    space: str

    @property
    def name(self) -> str:
        """The last part of the IRI space, for people who watch the harvest."""
        return self.space.rstrip("/#").rpartition("/")[2]
