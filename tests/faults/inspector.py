"""Starts a registry after a crash as an operator would, and looks whether everything is as it should be."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from registry.backup import manifest
from registry.backup.folder import backups_in
from registry.doctor import examine
from registry.home import publish
from registry.ledger import Happening
from registry.ledger.version import pack
from tests.faults.child import tell
from tests.faults.document import numbers, version
from tests.faults.place import DAY
from tests.faults.writer import KEEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.home import Home
    from registry.validation.standard import Library
    from tests.faults.place import Place

__all__ = ["Texts", "inspect"]

Texts = dict[str, list[int]]


def inspect(place: Place, library: Library, texts: Texts, pipe: int) -> None:
    """Bring readers in step with the ledger, and tell what they see and what the doctor says.

    Args:
        place: The registry and its backups.
        library: The standards.
        texts: Which numbers there ever were of each source.
        pipe: Where to tell.
    """
    home = place.home
    taken = publish(home, library, DAY, keep=KEEP)
    examination = examine(home, library)
    if not examination.clean or examination.graph.behind or examination.snapshot.behind:
        tell(pipe, "fault", text=f"The doctor found: {examination}")
    with closing(taken.open()) as store:
        tell(pipe, "seen", numbers=numbers(store))
    status = home.ledger.status()
    erased = [one for one in texts if one in status and status[one].happening is Happening.ERASED]
    for source in erased:
        for trace in _traces(home, source, texts[source]):
            tell(pipe, "fault", text=trace)
    tell(pipe, "backups", positions=[manifest.verify(one).position for one in backups_in(place.backups)])


def _traces(home: Home, source: str, numbers: list[int]) -> Iterator[str]:
    """Find what is left of a source that was erased: a graph in any snapshot, or bytes in any file."""
    for snapshot in home.snapshots.all():
        with closing(snapshot.open()) as store:
            if source in store.graphs():
                yield f"{source} was erased, and is in snapshot {snapshot.name}."
    texts = [version(source, number).original for number in numbers]
    for file in home.folder.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        if any(text in data or pack(text) in data for text in texts):
            yield f"{source} was erased, and bytes of it are in {file}."
