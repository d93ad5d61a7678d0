"""Snapshots are taken in one step, found by name, and kept while somebody cites or reads them."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from pkgutil import resolve_name

import pytest

from registry.errors import GoneError, InvalidDataError, NotAllowedError, NotFoundError
from registry.graph import shelf
from registry.graph.embedded import BATCH, EmbeddedStore
from registry.graph.snapshot import Snapshot, Snapshots
from registry.graph.stand import Stand
from registry.storage import StorageError

PROCESSES = get_context("spawn")
GRAPH, TITLE = "https://buddy.example/profile", "http://purl.org/dc/terms/title"
MOMENT = datetime(2026, 11, 21, 12, tzinfo=UTC)
EVERYTHING = "SELECT ?title { ?it ?says ?title }"


def stand(position: int) -> Stand:
    return Stand(position, "3fa91c", date(2026, 11, 21), "9d2e")


def said(title: str) -> bytes:
    return f'<urn:it> <{TITLE}> "{title}" .\n'.encode()


def titles(store: EmbeddedStore) -> set[str]:
    return {str(row["title"]) for row in store.select(EVERYTHING).rows}


class Registry:
    """A store that is being written, and its snapshots."""

    def __init__(self, folder: Path) -> None:
        self.store = EmbeddedStore.create(folder / "graph")
        self.snapshots = Snapshots(folder / "snapshots")

    def take(self, position: int, *, afresh: bool = False) -> Snapshot:
        """Say something new, and freeze that; every snapshot is a minute later than the one before."""
        self.store.replace(GRAPH, said(str(position)))
        moment = MOMENT + timedelta(minutes=position)
        return self.snapshots.take(self.store, stand(position), moment, afresh=afresh)

    def names(self) -> list[str]:
        """Name what is on the disk."""
        return sorted(path.name for path in self.snapshots.folder.iterdir())


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path)


def read(folder: Path, name: str, ready: Path) -> None:
    """Read a snapshot in a process of its own until it is killed."""
    with Snapshots(folder).get(name).lease():
        ready.touch()
        time.sleep(60)


@contextmanager
def read_elsewhere(snapshot: Snapshot) -> Iterator[None]:
    """Let another process read a snapshot, and kill it afterwards."""
    shelves, ready = snapshot.folder.parents[1], snapshot.folder.parents[2] / "ready"
    process = PROCESSES.Process(target=read, args=(shelves, snapshot.name, ready), daemon=True)
    process.start()
    try:
        while process.is_alive() and not ready.exists():
            time.sleep(0.01)
        yield
    finally:
        process.kill()
        process.join()


def test_before_the_first_there_is_nothing_to_read(registry: Registry) -> None:
    snapshots = registry.snapshots

    assert (snapshots.current(), snapshots.all(), snapshots.leftovers()) == (None, (), ())
    with pytest.raises(NotFoundError):
        snapshots.get("412-3fa91c02")


def test_a_snapshot_shows_what_was_said_then_and_says_what_it_was_made_from(registry: Registry) -> None:
    taken = registry.take(7)
    registry.store.replace(GRAPH, said("later"))

    assert titles(taken.open()) == {"7"}
    assert (taken.stand, taken.time) == (stand(7), MOMENT + timedelta(minutes=7))
    assert re.fullmatch(r"7-[0-9a-f]{8}", taken.name)
    assert registry.snapshots.current() == registry.snapshots.get(taken.name) == taken


def test_readers_are_pointed_to_the_last_and_find_the_others_by_name(registry: Registry) -> None:
    taken = tuple(registry.take(position) for position in (1, 2, 3))

    assert registry.snapshots.all() == taken
    assert registry.snapshots.current() == taken[-1]
    assert titles(registry.snapshots.get(taken[0].name).open()) == {"1"}


def test_the_same_stand_is_frozen_once_unless_it_is_asked_for_afresh(registry: Registry) -> None:
    first, again, afresh = registry.take(1), registry.take(1), registry.take(1, afresh=True)

    assert again == first
    assert afresh.name != first.name
    assert registry.snapshots.current() == afresh


@pytest.mark.parametrize(
    "other", [{"position": 2}, {"rules": "x"}, {"day": date(2026, 11, 22)}, {"lineage": "x"}], ids=str
)
def test_another_stand_has_another_name(registry: Registry, other: dict[str, object]) -> None:
    one = registry.snapshots.take(registry.store, stand(1), MOMENT)
    two = registry.snapshots.take(registry.store, replace(stand(1), **other), MOMENT)  # type: ignore[arg-type]

    assert one.name != two.name


def test_a_label_names_a_snapshot_for_good(registry: Registry) -> None:
    cited = registry.snapshots.label(registry.take(1), "2026-paper")
    registry.take(2)

    assert cited.labels == ("2026-paper",)
    assert registry.snapshots.get("2026-paper") == registry.snapshots.label(cited, "2026-paper") == cited
    with pytest.raises(NotAllowedError, match="already"):
        registry.snapshots.label(registry.take(3), "2026-paper")


def test_a_label_is_not_used_again_when_its_snapshot_is_gone(registry: Registry) -> None:
    cited, later = registry.snapshots.label(registry.take(1), "v1.0"), registry.take(2)

    assert registry.snapshots.discard(cited)

    with pytest.raises(NotAllowedError):
        registry.snapshots.label(later, "v1.0")
    with pytest.raises(GoneError) as raised:
        registry.snapshots.get("v1.0")
    assert raised.value.params == {"name": "v1.0", "nearest": later.name}


@pytest.mark.parametrize(
    "label", ["", "Paper", "-a", ".a", "a/b", "../a", "a b", "a\n", "é", "a" * 65, "412-3fa91c02"]
)
def test_a_label_that_others_could_not_cite_is_refused(registry: Registry, label: str) -> None:
    with pytest.raises(InvalidDataError, match="cannot be called"):
        registry.snapshots.label(registry.take(1), label)


@pytest.mark.parametrize("name", ["", "none", "../1", "1-xyz", "1-3fa91c02\n", "labels", "current"])
def test_what_no_snapshot_can_be_called_is_not_found(registry: Registry, name: str) -> None:
    registry.take(1)

    with pytest.raises(NotFoundError, match="no snapshot"):
        registry.snapshots.get(name)


@pytest.mark.parametrize(("gone", "nearest"), [(0, 1), (3, 1), (4, 6), (6, 6), (999, 6)])
def test_one_that_is_gone_is_told_with_the_nearest_that_is_kept(
    registry: Registry, gone: int, nearest: int
) -> None:
    kept = {position: registry.take(position).name for position in (1, 6)}

    with pytest.raises(GoneError) as raised:
        registry.snapshots.get(f"{gone}-3fa91c02")

    assert raised.value.status == 410
    assert raised.value.params["nearest"] == kept[nearest]


def test_the_last_few_are_kept_and_those_that_are_cited(registry: Registry) -> None:
    taken = [registry.take(position) for position in range(1, 6)]
    registry.snapshots.label(taken[0], "cited")

    assert registry.snapshots.prune(keep=2) == (taken[1].name, taken[2].name)
    assert [one.stand.position for one in registry.snapshots.all()] == [1, 4, 5]


def test_what_readers_are_pointed_to_is_kept_also_when_it_is_not_the_last(registry: Registry) -> None:
    first, _ = registry.take(1), registry.take(2)
    registry.snapshots.take(registry.store, stand(1), MOMENT)

    registry.snapshots.prune(keep=0)

    assert registry.snapshots.all() == (first,)


def test_what_another_process_reads_is_kept_until_that_one_is_killed(registry: Registry) -> None:
    first, _ = registry.take(1), registry.take(2)
    with read_elsewhere(first):
        assert registry.snapshots.prune(keep=1) == ()
        assert registry.snapshots.get(first.name) == first

    assert registry.snapshots.prune(keep=1) == (first.name,)


def test_what_is_discarded_is_given_to_nobody_and_goes_when_its_last_reader_does(registry: Registry) -> None:
    first, second = registry.take(1), registry.take(2)
    with read_elsewhere(first):
        assert not registry.snapshots.discard(first, wait=0.05)
        assert (first.withdrawn, second.withdrawn) == (True, False)
        assert registry.snapshots.leftovers() == (first.name,)
        for ask in (first.open, lambda: registry.snapshots.get(first.name)):
            with pytest.raises(GoneError):
                ask()

    registry.take(3)
    assert first.name not in registry.names()
    assert registry.snapshots.leftovers() == ()


def test_one_waits_for_the_last_reader_of_what_is_discarded(registry: Registry) -> None:
    first, _ = registry.take(1), registry.take(2)
    with first.lease():
        pass
    reader = first.open()
    assert not registry.snapshots.discard(first)
    reader.close()

    assert registry.snapshots.discard(first, wait=5)
    assert registry.snapshots.discard(first), "a second time there is nothing to do"


def test_an_open_snapshot_answers_from_all_its_files_also_when_it_is_withdrawn(registry: Registry) -> None:
    for part in range(4):  # makes more files than a store opens from the start
        registry.store.load(
            b"".join(said(f"{part} {number}") for number in range(BATCH)), graph=f"urn:{part}"
        )
    first = registry.take(1)
    reader = first.open()
    registry.take(2)

    assert registry.snapshots.prune(keep=1) == ()
    assert not registry.snapshots.discard(first)

    assert len(list(first.folder.glob("*.sst"))) > 16
    assert len(titles(reader)) == 4 * BATCH + 1


def without(graph: str) -> Callable[[EmbeddedStore], None]:
    """Say how to take a graph out of a store."""
    return lambda store: store.remove(graph)


def test_a_cited_snapshot_is_rewritten_without_what_is_erased_and_keeps_its_label(registry: Registry) -> None:
    registry.store.replace("urn:erased", said("a text that has to go"))
    old = registry.snapshots.label(registry.take(1), "cited")
    registry.take(2)

    new = registry.snapshots.rewrite(old, 3, without("urn:erased"))
    registry.snapshots.discard(old)

    assert registry.snapshots.get("cited") == new
    assert (new.time, new.stand, new.erasures) == (old.time, old.stand, (3,))
    assert titles(new.open()) == {"1"}
    assert not any(b"a text that has to go" in path.read_bytes() for path in new.folder.iterdir())


def test_the_nearest_to_what_was_rewritten_is_what_it_became(registry: Registry) -> None:
    old = registry.take(1)
    new = registry.snapshots.rewrite(old, 3, without("urn:erased"))
    newest = registry.snapshots.rewrite(new, 4, without("urn:erased"))
    registry.snapshots.take(
        registry.store, replace(stand(1), day=date(2026, 11, 22)), MOMENT + timedelta(days=1)
    )
    for one in (old, new):
        registry.snapshots.discard(one)

    for one in (old, new):
        with pytest.raises(GoneError) as raised:
            registry.snapshots.get(one.name)
        assert raised.value.params["nearest"] == newest.name


def test_readers_of_what_is_rewritten_are_pointed_to_what_it_becomes(registry: Registry) -> None:
    new = registry.snapshots.rewrite(registry.take(1), 3, without("urn:erased"))

    assert registry.snapshots.current() == new


def die(*_: object) -> None:
    """End this process as the system does when it takes no answer: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def act(folder: Path, action: str, step: str) -> None:
    """Change the snapshots in a process of its own, and die at a step of that."""
    registry = Registry(folder)
    place, _, name = step.rpartition(".")
    setattr(resolve_name(place), name, die)
    if action == "take":
        registry.take(2)
    elif action == "label":
        registry.snapshots.label(registry.take(1), "cited")
    else:
        registry.snapshots.prune(keep=1)


def act_and_die(registry: Registry, action: str, step: str) -> None:
    """Let another process do something to the snapshots and die at a step of that."""
    registry.store.close()
    folder = registry.snapshots.folder.parent
    process = PROCESSES.Process(target=act, args=(folder, action, step))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    registry.store = EmbeddedStore.create(folder / "graph")


@pytest.mark.parametrize(
    "step",
    [
        "registry.graph.embedded.EmbeddedStore.checkpoint",
        "pathlib.Path.touch",
        "os.fsync",
        "pathlib.Path.rename",
    ],
)
def test_a_crash_while_one_is_taken_leaves_the_one_before_and_no_litter(
    registry: Registry, step: str
) -> None:
    first = registry.take(1)
    act_and_die(registry, "take", step)

    assert registry.snapshots.current() == first
    assert registry.snapshots.all() == (first,)

    second = registry.take(2)
    assert registry.names() == sorted(["current", "lock", first.name, second.name])


def test_a_crash_before_readers_are_pointed_to_a_new_one_is_made_up_for(registry: Registry) -> None:
    first = registry.take(1)
    act_and_die(registry, "take", "pathlib.Path.replace")
    assert registry.snapshots.current() == first

    assert registry.take(2) == registry.snapshots.current() != first


def test_a_crash_while_one_is_deleted_leaves_none_that_is_found(registry: Registry) -> None:
    first, second = registry.take(1), registry.take(2)
    act_and_die(registry, "prune", "shutil.rmtree")

    assert registry.snapshots.all() == (second,)
    assert registry.snapshots.leftovers() == (first.name,)
    registry.snapshots.prune(keep=1)
    assert first.name not in registry.names()


def test_a_crash_while_one_is_labelled_leaves_it_without_the_label(registry: Registry) -> None:
    first = registry.take(1)
    act_and_die(registry, "label", "pathlib.Path.replace")

    assert registry.snapshots.all() == (first,)
    assert registry.snapshots.label(first, "cited").labels == ("cited",)


def test_two_processes_do_not_change_the_snapshots_at_once(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = registry.take(1)
    monkeypatch.setattr(shelf, "PATIENCE", 0.05)

    with (
        shelf.changing(registry.snapshots.folder),
        pytest.raises(NotAllowedError, match="Another process is changing the snapshots"),
    ):
        registry.snapshots.label(first, "cited")


def test_a_damaged_snapshot_is_called_that(registry: Registry) -> None:
    first = registry.take(1)
    (first.folder / "CURRENT").write_text("nothing that Oxigraph knows")

    with pytest.raises(StorageError, match=f"{first.name} cannot be opened"):
        first.open()
    assert registry.snapshots.discard(first)


@pytest.mark.parametrize("account", ["", "[]", "{}", '{"time": "yesterday"}'])
def test_a_folder_whose_account_cannot_be_read_is_no_snapshot(registry: Registry, account: str) -> None:
    first, second = registry.take(1), registry.take(2)
    (first.folder.parent / "about.json").write_text(account)

    assert registry.snapshots.all() == (second,)
    with pytest.raises(GoneError):
        registry.snapshots.get(first.name)
