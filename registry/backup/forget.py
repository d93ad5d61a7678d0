"""Takes out of a copy of a registry what the law wants gone."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from registry.erasure import cleanse_snapshots
from registry.errors import NotFoundError
from registry.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from registry.backup.manifest import Erasure

__all__ = ["forget"]


def forget(folder: Path, erasures: Iterable[Erasure]) -> None:
    """Destroy sources in a home that nobody uses: in its ledger, and in the snapshots that are cited.

    A source that it never had leaves nothing to destroy.
    """
    home = Home(folder)
    with closing(home.ledger) as ledger:
        for erasure in erasures:
            with suppress(NotFoundError):
                ledger.erase(erasure.source, erasure.reason, erasure.actor)
        cleanse_snapshots(home)
