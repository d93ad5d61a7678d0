"""A disk that is full, or closed for writing: a clear word, nothing half done, and no harm to readers."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from registry import home as homes
from registry.backup import folder as backups
from registry.backup.folder import back_up, backups_in
from registry.backup.manifest import verify
from registry.cli import app
from registry.doctor import examine
from registry.erasure import erase
from registry.graph.snapshot import Snapshot, Snapshots
from registry.home import Home, publish
from registry.ledger import Event, Happening, Ledger
from registry.settings import settings
from registry.storage import StorageError
from tests.faults.document import SOURCES, numbers, version
from tests.faults.place import DAY, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from registry.validation.standard import Library
    from tests.faults.disk import Disk

SOURCE = SOURCES[0]
FULL = {"disk-full", "ledger-full"}
PHASES: dict[str, tuple[object, str]] = {
    "ledger": (Ledger, "append_all"),
    "projection": (homes, "bring_up"),
    "checkpoint": (Snapshots, "take"),
    "backup": (Ledger, "copy_to"),
    "citations": (backups, "copy_cited"),
}
"""What begins when the disk turns out to be full."""
ROOMS = (0, 20_000, 60_000, 100_000)
"""So many bytes are left then, so that it is full at once or in the middle."""


def work(place: Place, home: Home, library: Library) -> None:
    """Do what an operator does."""
    made = version(SOURCE, 2)
    home.ledger.append(Event(SOURCE, Happening.ACCEPTED, SOURCE, made.digest), made)
    publish(home, library, DAY)
    back_up(home, place.backups, datetime.now(UTC))


def seen(home: Home) -> int:
    """Tell which version readers see."""
    snapshot = home.snapshots.current()
    assert snapshot is not None
    with closing(snapshot.open()) as store:
        return numbers(store)[SOURCE]


def graphs(snapshot: Snapshot) -> tuple[str, ...]:
    """Name the graphs in a snapshot."""
    with closing(snapshot.open()) as store:
        return store.graphs()


def fill_before(phase: str, disk: Disk, room: int, patch: pytest.MonkeyPatch) -> None:
    """Let the disk be full when a phase begins."""
    owner, name = PHASES[phase]
    act: Callable[..., object] = getattr(owner, name)

    def on_full_disk(*arguments: object, **options: object) -> object:
        disk.fill(leave=room)
        return act(*arguments, **options)

    patch.setattr(owner, name, on_full_disk)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("phase", PHASES)
def test_a_full_disk_is_told_and_leaves_nothing_half_done(
    place: Place, disk: Disk, library: Library, phase: str, room: int
) -> None:
    home, codes = place.home, set[str]()
    with pytest.MonkeyPatch.context() as patch:
        fill_before(phase, disk, room, patch)
        try:
            work(place, home, library)
        except StorageError as error:
            codes.add(error.code)

    assert codes <= FULL
    assert seen(home) in {1, 2}
    assert all(verify(one) for one in backups_in(place.backups))


@pytest.mark.parametrize("phase", PHASES)
def test_when_there_is_room_again_everything_goes_on(
    place: Place, disk: Disk, library: Library, phase: str
) -> None:
    home = place.home
    with pytest.MonkeyPatch.context() as patch, suppress(StorageError):
        fill_before(phase, disk, 0, patch)
        work(place, home, library)

    disk.make_room()
    work(place, home, library)

    assert seen(home) == 2
    assert examine(home, library).clean
    assert not [path for path in place.folder.rglob("*draft*")]


@pytest.mark.parametrize("room", [0, 40_000, 200_000, 500_000, 2_000_000, 8_000_000])
def test_an_erasure_that_found_no_room_is_finished_later(
    place: Place, disk: Disk, library: Library, room: int
) -> None:
    home = place.home
    home.ledger.published()  # opened while there is room
    disk.fill(leave=room)
    with pytest.raises(StorageError) as refused:
        erase(home, SOURCE, "The law asks for it.", "operator", library, DAY)

    disk.make_room()
    if refused.value.code == "ledger-full":  # nothing was begun
        erase(home, SOURCE, "The law asks for it.", "operator", library, DAY)
    publish(home, library, DAY)

    assert examine(home, library).clean
    assert not any(SOURCE in graphs(one) for one in home.snapshots.all())


def test_readers_read_on_when_the_disk_is_full(place: Place, disk: Disk) -> None:
    disk.fill()

    assert seen(place.home) == 1


@pytest.fixture
def run(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run a command on the registry on the small disk."""
    monkeypatch.setenv("KOEPEL_HOME", str(place.home.folder))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)])
    settings.cache_clear()


COMMANDS = (
    ("add", "DESCRIPTION", "--space", SOURCES[2]),
    ("remove", SOURCE, "--reason", "It is over."),
    ("erase", SOURCE, "--reason", "The law asks for it.", "--yes"),
    ("snapshot",),
    ("snapshot", "--name", "2026-paper"),
    ("rebuild",),
    ("backup", "BACKUPS"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_does_a_thing_on_a_full_disk(
    run: Callable[..., Result], place: Place, disk: Disk, tmp_path: Path, command: tuple[str, ...]
) -> None:
    disk.fill()

    answer = run(*_filled_in(command, place, tmp_path))

    assert answer.exit_code == 2, answer.output
    assert "full" in answer.stderr or "no room" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert seen(place.home) == 1


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_does_a_thing_on_a_closed_disk(
    run: Callable[..., Result], place: Place, disk: Disk, tmp_path: Path, command: tuple[str, ...]
) -> None:
    with disk.closed():
        answer = run(*_filled_in(command, place, tmp_path))

        assert answer.exit_code == 2, answer.output
        assert "may not write" in answer.stderr
        assert len(answer.stderr.splitlines()) == 1
        assert seen(place.home) == 1


def test_readers_read_on_when_the_disk_is_closed(place: Place, disk: Disk) -> None:
    with disk.closed():
        assert seen(place.home) == 1


def _filled_in(command: tuple[str, ...], place: Place, folder: Path) -> list[str]:
    description = folder / "description.ttl"
    description.write_bytes(version(SOURCES[2], 1).original)
    places = {"DESCRIPTION": str(description), "BACKUPS": str(place.backups)}
    return [places.get(word, word) for word in command]
