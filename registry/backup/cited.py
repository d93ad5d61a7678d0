"""Copies the snapshots that somebody cites, which cannot be made from the ledger again."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from registry.errors import GoneError

if TYPE_CHECKING:
    from pathlib import Path

    from registry.graph.snapshot import Snapshots

__all__ = ["copy_cited"]

ATTEMPTS: Final = 5


def copy_cited(snapshots: Snapshots, target: Path, position: int) -> None:
    """Copy the snapshots that have a label, and every label ever given, because none is given twice.

    One of a later state than the ledger that goes with it is left to the next backup. An erasure may put
    another snapshot in the place of one meanwhile; then the copy is begun anew.
    """
    for _ in range(ATTEMPTS):
        with suppress(GoneError):
            return _copy(snapshots, target, position)
        shutil.rmtree(target)
    return _copy(snapshots, target, position)


def _copy(snapshots: Snapshots, target: Path, position: int) -> None:
    """Copy snapshots as they were listed; a label that is given meanwhile is only noted as taken."""
    (target / "labels").mkdir(parents=True)
    cited = [one for one in snapshots.all() if one.labels and one.stand.position <= position]
    if (snapshots.folder / "labels").is_dir():
        shutil.copytree(snapshots.folder / "labels", target / "labels", dirs_exist_ok=True)
    for one in cited:
        with one.lease() as store:
            shutil.copytree(store.parent, target / one.name)
        for label in one.labels:
            (target / "labels" / label).write_text(one.name, encoding="utf-8")
