"""How careful a harvest is: how often it visits, and how soon it believes a loss."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from federation.source import Source
from registry.ingest.guard import Limits

if TYPE_CHECKING:
    from registry.settings import Settings

__all__ = ["Care"]

USUAL: Final = Source("", "").hours


@dataclass(frozen=True)
class Care:
    """How careful a harvest is; each is explained with the setting of that name."""

    rhythm_hours: float = USUAL
    loss_share: float = 0.5
    loss_members: float = 0.3
    confirm_hours: float = 12.0
    harvest_at_once: int = 16
    document_bytes: int = Limits.document_bytes
    public_address: str = ""

    @classmethod
    def of(cls, chosen: Settings) -> Care:
        """Read it from the settings."""
        return cls(*(getattr(chosen, one.name) for one in fields(cls)))

    @property
    def limits(self) -> Limits:
        """How much one document may ask of the registry."""
        return Limits(document_bytes=self.document_bytes)

    @property
    def patience(self) -> timedelta:
        """How much later a second visit confirms a loss."""
        return timedelta(hours=self.confirm_hours)

    def hours(self, source: Source) -> float:
        """Tell how often a source is visited: in its own rhythm, or in that of the registry.

        >>> care = Care(rhythm_hours=12)
        >>> [care.hours(one) for one in (Source("a:a", "a:a"), Source("a:a", "a:a", hours=6))]
        [12, 6]
        """
        return self.rhythm_hours if source.hours == USUAL else source.hours
