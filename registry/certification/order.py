"""What somebody wants to do in a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["Order"]


@dataclass(frozen=True)
class Order:
    """An act that is asked for; it becomes one when nothing forbids it."""

    act: str
    """A code of the list `case-act`."""
    on: date
    """The day on which it is done, or was done where history is entered."""
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What belongs to the act, in plain JSON values; see `registry.certification.details`."""
