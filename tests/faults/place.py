"""Where a registry and its backups are, and the day on which everything happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from registry.home import Home

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DAY", "Place"]

DAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Place:
    """A folder with a registry and its backups."""

    folder: Path

    @property
    def home(self) -> Home:
        """The registry, as a process opens it that has just started."""
        return Home(self.folder / "home")

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.folder / "backups"
