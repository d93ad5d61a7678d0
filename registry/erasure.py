"""Destroys what a source published, because the law asks for it (GDPR, article 17).

A tombstone without content remains in the ledger. What was done in cases about its initiatives goes too, with
the uploads, and so do the labels that a body in it granted; of a label only its revocation stays, without a
word about whose it was. The graph is written anew, because a store keeps the text of what is no longer said;
snapshots go, and those that are cited are made anew without the source. Dumps go; the next night makes one
anew. The small files beside the ledger forget the source. Work that ended half-way is finished by the next
publication, and so is what somebody else erased from the ledger only.
"""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.certification.proof.evidence import sweep
from registry.companion import forget_noted, noted
from registry.graph.projection import forget
from registry.storage import explained, put

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from registry.graph.embedded import EmbeddedStore
    from registry.graph.snapshot import Snapshot
    from registry.home import Home
    from registry.ledger import Event, Ledger
    from registry.validation.standard import Library

__all__ = [
    "DUMPS",
    "GRAPH_FILES",
    "LEDGER_FILES",
    "NOTED_FILES",
    "Erasure",
    "cleanse_dumps",
    "cleanse_notes",
    "cleanse_snapshots",
    "erase",
    "note_clean",
    "overdue",
    "stains",
    "still_noted",
]

PATIENCE: Final = 30.0
"""Seconds to wait for those who still read a snapshot."""
PAUSE: Final = 0.1
DUMPS: Final = "dumps"
"""The folder with the dumps, each of which bears the name of the snapshot that it was made from."""
DUMP: Final = re.compile(r"\.?(\d+)-[0-9a-f]+")
"""The name of a dump, or of one that is being made; it begins with a position in the ledger."""
LEDGER_FILES: Final = "ledger-clean"
GRAPH_FILES: Final = "graph-clean"
NOTED_FILES: Final = "notes-clean"
"""The files that say up to which erasure the files of the ledger, of the graph, and of what is noted beside
them, hold no trace."""


@dataclass(frozen=True)
class Erasure:
    """What came of an erasure."""

    position: int
    """Where the tombstone stands in the ledger."""
    snapshot: Snapshot
    """What readers get from now on."""
    still_read: tuple[str, ...]
    """Snapshots that somebody goes on reading; they are deleted at the next change after that ends."""


def erase(
    home: Home, source: str, reason: str, actor: str, library: Library, on: date, *, wait: float = PATIENCE
) -> Erasure:
    """Destroy what a source published: in the ledger, in the graph, in every snapshot and beside them.

    Args:
        home: The registry.
        source: The IRI space under which it is registered.
        reason: Why, for the tombstone; it holds no personal data.
        actor: Who erases.
        library: The standards, for what readers get afterwards.
        on: The day of the assessment.
        wait: How many seconds those who read an older snapshot have to let go of it.

    Raises:
        NotFoundError: The ledger knows nothing of the source.
    """
    from registry.home import publish  # which finishes erasures, and so needs this module

    with home.writing():
        position = home.ledger.erase(source, reason, actor)
        note_clean(home, LEDGER_FILES)
        snapshot = publish(home, library, on)
    end = time.monotonic() + wait
    while (left := home.snapshots.leftovers()) and time.monotonic() < end:
        time.sleep(PAUSE)
        home.snapshots.prune(len(home.snapshots.all()))  # deletes nothing but what is given to nobody
    return Erasure(position, snapshot, left)


def stains(home: Home, where: str) -> list[Event]:
    """List the erasures of which the files of the ledger, of the graph, or of notes may hold traces."""
    try:
        clean = int((home.folder / where).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        clean = 0
    return [one for one in home.ledger.erasures() if _position(one) > clean]


def note_clean(home: Home, where: str) -> None:
    """Write down that these files hold no trace of what was erased until now."""
    last = max(map(_position, home.ledger.erasures()), default=0)
    with explained(home.folder):
        put(home.folder / where, str(last))


def overdue(snapshot: Snapshot, erasures: tuple[Event, ...]) -> list[Event]:
    """List the erasures that a snapshot has not followed yet."""
    return [one for one in erasures if _position(one) > max((snapshot.stand.position, *snapshot.erasures))]


def cleanse_snapshots(home: Home) -> None:
    """Take what was erased out of every snapshot.

    One without a label is deleted. One that is cited, or that readers are pointed to, is made anew under
    another name; its labels lead there.
    """
    erasures, current = home.ledger.erasures(), home.snapshots.current()
    for snapshot in home.snapshots.all():
        due = overdue(snapshot, erasures)
        if due and (snapshot.labels or snapshot == current):
            _rewrite(home, snapshot, due)
        elif due:
            home.snapshots.discard(snapshot)


def cleanse_dumps(home: Home) -> None:
    """Delete the dumps that were made before the last erasure, also those that are only half made."""
    last = max(map(_position, home.ledger.erasures()), default=0)
    folder = home.folder / DUMPS
    for path in folder.iterdir() if folder.is_dir() else ():
        named = DUMP.fullmatch(path.name)
        if named and int(named[1]) < last:
            shutil.rmtree(path, ignore_errors=True)


def cleanse_notes(home: Home) -> None:
    """Let the small files beside the ledger forget what was erased, and destroy uploads that belong nowhere.

    A visit that was under way meanwhile may note something afterwards; the next publication finds that.
    """
    sweep(home.folder, home.ledger)
    sources = still_noted(home.folder, home.ledger)
    if sources or stains(home, NOTED_FILES):
        forget_noted(home.folder, sources)
        note_clean(home, NOTED_FILES)


def still_noted(folder: Path, ledger: Ledger) -> list[str]:
    """List the sources that were erased and did not come back, and that files in a folder still name."""
    erased = {one.source: _position(one) for one in ledger.erasures()}
    found = sorted(noted(folder, erased)) if erased else []
    return [source for source in found if not any(ledger.events(after=erased[source], source=source))]


def _rewrite(home: Home, snapshot: Snapshot, due: list[Event]) -> None:
    """Make a snapshot anew; a crash leaves the one or the other, and the next try finds what is overdue."""
    for event in due:

        def leave_out(store: EmbeddedStore, source: str = event.source) -> None:
            forget(store, source)

        made = home.snapshots.rewrite(snapshot, _position(event), leave_out)
        home.snapshots.discard(snapshot)
        snapshot = made


def _position(event: Event) -> int:
    return event.position or 0
