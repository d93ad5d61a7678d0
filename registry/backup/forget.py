"""Takes out of a copy of a registry what the law wants gone."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from registry.certification.proof.evidence import sweep
from registry.companion import forget_noted
from registry.erasure import cleanse_snapshots
from registry.errors import NotFoundError
from registry.home import Home

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from registry.backup.manifest import Erasure

__all__ = ["forget"]


def forget(folder: Path, erasures: Collection[Erasure]) -> None:
    """Destroy sources in a home that nobody uses: in its ledger, beside it, and in the cited snapshots.

    A source that it never had leaves nothing to destroy.
    """
    home = Home(folder)
    with closing(home.ledger) as ledger:
        for erasure in erasures:
            with suppress(NotFoundError):
                ledger.erase(erasure.source, erasure.reason, erasure.actor)
        cleanse_snapshots(home)
        sweep(folder, ledger)
    forget_noted(folder, [one.source for one in erasures])
