"""Frozen states of the graph: what readers open, cite and compare, each under a name of its own.

A snapshot is a folder that never changes, made by hard links from the graph that is being written. The file
`current` names the one that readers should open; a file per label, in `labels`, names one that is cited.
Each of these appears in one step, so that a crash leaves the old or the new and never a half.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Final

from registry.errors import GoneError, InvalidDataError, KoepelError, NotAllowedError, NotFoundError
from registry.graph import shelf
from registry.graph.embedded import EmbeddedStore
from registry.graph.stand import Stand
from registry.lock import TakenError
from registry.storage import StorageError, explained, is_expected, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Snapshot", "Snapshots"]

NAME: Final = re.compile(r"\d+-[0-9a-f]{8}")
LABEL: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
STORE: Final = "store"


@dataclass(frozen=True)
class Snapshot:
    """A state of the graph that never changes."""

    name: str
    """What to call it: the position in the ledger, and a hash of all that it was made from."""
    folder: Path
    """Where its store is."""
    time: datetime
    """When it was taken, in UTC."""
    stand: Stand
    labels: tuple[str, ...] = ()
    """The names under which it is cited."""
    erasures: tuple[int, ...] = ()
    """The positions in the ledger of what was erased from it afterwards."""

    def open(self) -> EmbeddedStore:
        """Open it for reading; the store holds a lease until it is closed or let go of."""
        with ExitStack() as stack, explained(self.folder):
            folder = stack.enter_context(self.lease())
            try:
                return EmbeddedStore.open_read_only(folder, stack.pop_all())
            except OSError as error:
                if is_expected(error):
                    raise
                raise StorageError(
                    "snapshot-damaged",
                    "The snapshot {name} cannot be opened: {reason}. Make a new one with `koepel rebuild`, "
                    "or get this one from a backup.",
                    name=self.name,
                    reason=str(error),
                ) from error

    @contextmanager
    def lease(self) -> Iterator[Path]:
        """Keep it from being deleted for as long as one reads; gives the folder of its store.

        A lease ends with the process that holds it, however that ends.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(shelf.leased(self.folder.parent))
            except (FileNotFoundError, TakenError) as error:
                raise Snapshots(self.folder.parents[1]).missing(self.name) from error
            yield self.folder

    def distance(self, name: str) -> int:
        """Say how many events lie between this snapshot and one of another name.

        What it was made from by an erasure is nearer than any other.
        """
        former = (_name(self.stand, self.erasures[:number]) for number in range(len(self.erasures)))
        return -1 if name in former else abs(self.stand.position - int(name.partition("-")[0]))

    @property
    def withdrawn(self) -> bool:
        """Whether readers get it no longer; who has a lease lets go then, so that it can be deleted."""
        return not shelf.on_shelf(self.folder.parent)


@dataclass(frozen=True)
class Snapshots:
    """The snapshots of one registry, in a folder that the writer and all readers share."""

    folder: Path

    def current(self) -> Snapshot | None:
        """Find the snapshot that readers should open, or nothing when none was ever taken."""
        name = self._pointed()
        found = self._read(name)
        return found if found or name == self._pointed() else self.current()

    def all(self) -> tuple[Snapshot, ...]:
        """List every snapshot that is kept, the oldest first."""
        names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        labels = self._labels()
        found = (self._read(name, labels) for name in names)
        return tuple(sorted((one for one in found if one), key=lambda one: (one.time, one.stand.position)))

    def get(self, name: str) -> Snapshot:
        """Find a snapshot by its name or by one of its labels.

        Raises:
            GoneError: It is kept no longer; the parameter `nearest` names the kept one that stands nearest.
            NotFoundError: No snapshot is or was called so.
        """
        target = name if NAME.fullmatch(name) else self._labels().get(name, "")
        found = self._read(target)
        if found is None:
            raise self.missing(name, target)
        return found

    def leftovers(self) -> tuple[str, ...]:
        """Name what readers get no longer and is still on the disk, because somebody is reading it."""
        return tuple(sorted(path.name for path in shelf.unfinished(self.folder) if NAME.fullmatch(path.name)))

    def take(self, store: EmbeddedStore, stand: Stand, time: datetime, *, afresh: bool = False) -> Snapshot:
        """Freeze the state of a store, and point readers to it.

        A stand of which there is a snapshot is not frozen again, unless `afresh` asks for one more, under
        another name.
        """
        with shelf.changing(self.folder):
            found = None if afresh else self._read(_name(stand))
            if found is None:
                with shelf.draft(self.folder) as draft:
                    store.checkpoint(draft / STORE)
                    found = self._place(draft, Snapshot("", draft, time, stand))
            put(self.folder / "current", found.name)
            return found

    def label(self, snapshot: Snapshot, label: str) -> Snapshot:
        """Give a snapshot a name for citation, which keeps it from being deleted and is never used again."""
        if not LABEL.fullmatch(label) or NAME.fullmatch(label):
            raise InvalidDataError(
                "label-wrong",
                "A snapshot cannot be called '{label}'. Take up to 64 small letters, digits, dots and "
                "hyphens, and begin with a letter or a digit: 2026-paper, for example.",
                label=label,
            )
        with shelf.changing(self.folder):
            if self._labels().get(label, snapshot.name) != snapshot.name:
                raise NotAllowedError(
                    "label-taken",
                    "Another snapshot is or was called '{label}' already. Choose another name, so that what "
                    "others cite stays the same.",
                    label=label,
                )
            self.get(snapshot.name)
            (self.folder / shelf.LABELS).mkdir(exist_ok=True)
            put(self.folder / shelf.LABELS / label, snapshot.name)
        return self.get(snapshot.name)

    def prune(self, keep: int) -> tuple[str, ...]:
        """Delete older snapshots, and name them: all but the last few.

        Never one that has a label, that readers are pointed to, or that somebody is reading.
        """
        with shelf.changing(self.folder):
            current = self._pointed()
            plain = [one for one in self.all() if not one.labels]
            surplus = [one for one in plain[: max(0, len(plain) - keep)] if one.name != current]
            return tuple(one.name for one in surplus if shelf.remove(one.folder.parent))

    def discard(self, snapshot: Snapshot, wait: float = 0.0) -> bool:
        """Give a snapshot to no reader any more, and delete it as soon as nobody reads it.

        Says whether it is deleted; where somebody reads on after so many seconds, a later change of the
        snapshots deletes it. Its labels are never used again.
        """
        with shelf.changing(self.folder):
            shelf.withdraw(snapshot.folder.parent)
        with explained(self.folder):
            return shelf.remove(snapshot.folder.parent, wait)

    def rewrite(self, snapshot: Snapshot, erasure: int, forget: Callable[[EmbeddedStore], None]) -> Snapshot:
        """Make a snapshot anew without what was erased, under a new name that takes over its labels.

        The old one is still there and is the caller's to discard.

        Args:
            snapshot: The one to rewrite.
            erasure: The position of the erasure in the ledger.
            forget: Removes from a store what was erased.
        """
        with (
            shelf.changing(self.folder),
            snapshot.lease() as old,
            shelf.draft(self.folder) as draft,
            shelf.draft(self.folder) as scratch,
        ):
            shutil.copytree(old, scratch / STORE)
            with closing(EmbeddedStore.create(scratch / STORE)) as store:
                forget(store)
                store.copy(draft / STORE)
            erasures = (*snapshot.erasures, erasure)
            made = self._place(draft, replace(snapshot, folder=draft, erasures=erasures))
            for label in snapshot.labels:
                put(self.folder / shelf.LABELS / label, made.name)
            if self._pointed() == snapshot.name:
                put(self.folder / "current", made.name)
            return replace(made, labels=snapshot.labels)

    def missing(self, name: str, target: str = "") -> KoepelError:
        """Say that a snapshot is not here, and which one is nearest when it may once have been."""
        found = NAME.fullmatch(target or name)
        kept = self.all()
        if found is None or not kept:
            return NotFoundError(
                "no-such-snapshot",
                "There is no snapshot '{name}'. Leave the name out to get the newest.",
                name=name,
            )
        nearest = min(reversed(kept), key=lambda one: one.distance(target or name))
        return GoneError(
            "snapshot-gone",
            "The snapshot '{name}' is kept no longer. The nearest one that is kept is {nearest}.",
            name=name,
            nearest=nearest.name,
        )

    def _place(self, draft: Path, snapshot: Snapshot) -> Snapshot:
        """Make a draft a snapshot, under the first name that is free."""
        names = (_name(snapshot.stand, snapshot.erasures, copy) for copy in count())
        name = next(name for name in names if not (self.folder / name).exists())
        shelf.place(draft, self.folder / name, _account(snapshot))
        return replace(snapshot, name=name, folder=self.folder / name / STORE, labels=())

    def _read(self, name: str, labels: dict[str, str] | None = None) -> Snapshot | None:
        """Read what a snapshot says of itself; one that does not is none."""
        folder = self.folder / name
        if not NAME.fullmatch(name):
            return None
        try:
            account = json.loads((folder / shelf.ACCOUNT).read_text(encoding="utf-8"))
            time, erasures = datetime.fromisoformat(account.pop("time")), tuple(account.pop("erasures"))
            stand = Stand(**account | {"day": date.fromisoformat(account["day"])})
        except (FileNotFoundError, KeyError, TypeError, ValueError):
            return None
        pointing = self._labels() if labels is None else labels
        called = sorted(label for label, one in pointing.items() if one == name)
        return Snapshot(name, folder / STORE, time, stand, tuple(called), erasures)

    def _labels(self) -> dict[str, str]:
        files = (self.folder / shelf.LABELS).glob("*") if self.folder.is_dir() else ()
        return {file.name: file.read_text(encoding="utf-8") for file in files if LABEL.fullmatch(file.name)}

    def _pointed(self) -> str:
        try:
            return (self.folder / "current").read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""


def _name(stand: Stand, erasures: tuple[int, ...] = (), copy: int = 0) -> str:
    made_from = [stand.lineage, stand.position, stand.rules, stand.day.isoformat(), *erasures]
    text = "\n".join(map(str, made_from)) + f"\ncopy {copy}" * bool(copy)
    return f"{stand.position}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _account(snapshot: Snapshot) -> str:
    stand = asdict(snapshot.stand) | {"day": snapshot.stand.day.isoformat()}
    account = {"time": snapshot.time.isoformat(), **stand, "erasures": snapshot.erasures}
    return json.dumps(account, indent=2) + "\n"
