"""A backup is whole or not there, and the older ones lose what the law wants gone."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.backup import manifest
from registry.backup.folder import back_up, backups_in
from registry.companion import KEPT, noted
from registry.errors import InvalidDataError, NotAllowedError
from registry.home import Home
from registry.ledger import Event, Happening
from registry.lock import lock
from tests.registry.backup.conftest import CITED, HOUR, NOON, ONE, REASON, TWO, spoil
from tests.registry.noting import keep_companions


def files(folder: Path) -> set[str]:
    """List the files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_could_itself_be_a_home(home: Home, backups: Path) -> None:
    made = back_up(home, backups, NOON).made

    assert made.name == "2026-11-21T120000Z-4"
    itself = Home(made)
    assert itself.ledger.published() == home.ledger.published()
    assert itself.ledger.lineage == home.ledger.lineage
    assert itself.snapshots.get(CITED).open().digest() == home.snapshots.get(CITED).open().digest()


def test_only_cited_snapshots_are_kept_because_the_graph_can_be_made_again(home: Home, backups: Path) -> None:
    made = back_up(home, backups, NOON).made

    cited = home.snapshots.get(CITED).name
    kept = {path.split("/")[1] for path in files(made) if path.startswith("snapshots/")}
    assert kept == {cited, "labels"}
    assert {path.split("/")[0] for path in files(made)} == {"ledger.sqlite", "manifest.json", "snapshots"}


def test_the_manifest_holds_the_hash_of_every_file(home: Home, backups: Path) -> None:
    made = back_up(home, backups, NOON).made

    told = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert (told["position"], told["time"], told["erasures"]) == (4, NOON.isoformat(), [])
    assert set(told["files"]) == files(made) - {"manifest.json"}
    ledger = (made / "ledger.sqlite").read_bytes()
    assert told["files"]["ledger.sqlite"] == hashlib.sha256(ledger).hexdigest()


def test_a_backup_holds_the_files_beside_the_ledger_that_nothing_else_can_give(
    home: Home, backups: Path
) -> None:
    keep_companions(home.folder, ONE)

    outcome = back_up(home, backups, NOON)

    assert {*KEPT} == {path.name for path in outcome.made.iterdir()} & {"visits.sqlite", *KEPT}
    assert outcome.manifest.files.keys() >= {*KEPT}
    assert (outcome.made / "secret.key").stat().st_mode & 0o777 == 0o600
    assert manifest.verify(outcome.made) == outcome.manifest


def test_a_backup_that_is_made_amid_an_erasure_forgets_the_source_too(home: Home, backups: Path) -> None:
    keep_companions(home.folder, ONE, TWO)
    home.ledger.erase(ONE, REASON, "operator")

    made = back_up(home, backups, NOON).made

    assert noted(home.folder, [ONE]) == {ONE}
    assert noted(made, [ONE, TWO]) == {TWO}


def test_older_backups_keep_their_files_secret_when_something_is_taken_out_of_them(
    home: Home, backups: Path
) -> None:
    keep_companions(home.folder, ONE, TWO)
    made = back_up(home, backups, NOON).made
    home.ledger.erase(ONE, REASON, "operator")

    assert back_up(home, backups, NOON + HOUR).cleaned == (made,)

    assert not any(ONE.encode() in path.read_bytes() for path in made.glob("notices*"))
    assert noted(made, [ONE, TWO]) == {TWO}
    assert (made / "secret.key").stat().st_mode & 0o777 == 0o600
    assert manifest.verify(made).files.keys() >= {*KEPT}


@pytest.mark.parametrize("damage", [spoil, Path.unlink])
def test_damage_is_found(home: Home, backups: Path, damage: Callable[[Path], None]) -> None:
    made = back_up(home, backups, NOON).made
    damage(made / "ledger.sqlite")

    with pytest.raises(InvalidDataError, match="1 of its files differ"):
        manifest.verify(made)


def test_what_was_added_to_a_backup_is_damage_too(home: Home, backups: Path) -> None:
    made = back_up(home, backups, NOON).made
    (made / "snapshots" / "more").touch()

    with pytest.raises(InvalidDataError, match="snapshots/more"):
        manifest.verify(made)


def test_two_backups_within_a_second_do_not_collide(home: Home, backups: Path) -> None:
    made = [back_up(home, backups, NOON).made for _ in range(3)]

    assert backups_in(backups) == made


def test_only_the_newest_are_kept_on_request(home: Home, backups: Path) -> None:
    made = [back_up(home, backups, NOON + number * HOUR).made for number in range(3)]

    outcome = back_up(home, backups, NOON + 3 * HOUR, keep=2)

    assert outcome.dropped == (made[0], made[1])
    assert backups_in(backups) == [made[2], outcome.made]


def test_a_backup_is_true_to_one_moment_while_others_write(home: Home, backups: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            pair = [(Event(source, Happening.UNREACHABLE, source), None) for source in (ONE, TWO)]
            home.ledger.append_all(pair)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        outcomes = [back_up(home, backups, NOON + number * HOUR) for number in range(5)]
    finally:
        stop.set()
        writer.join()

    for outcome in outcomes:
        ledger = Home(outcome.made).ledger
        assert len(list(ledger.events())) == outcome.manifest.position == ledger.position()
        assert ledger.position() % 2 == 0
        ledger.close()


def test_a_backup_in_the_registrys_own_folder_is_refused(home: Home) -> None:
    with pytest.raises(NotAllowedError, match="lies in the registry's own folder"):
        back_up(home, home.folder / "backups", NOON)


def test_two_runs_into_one_folder_take_turns(
    home: Home, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.backup.folder.PATIENCE", 0.1)
    backups.mkdir()

    with lock(backups / "backup.lock"), pytest.raises(NotAllowedError, match="under way"):
        back_up(home, backups, NOON)


def test_a_run_clears_away_what_a_crash_left_behind(home: Home, backups: Path) -> None:
    made = back_up(home, backups, NOON).made
    made.rename(backups / f"replaced-{made.name}")
    for leftover in ("draft-1", "gone-2026-11-20T120000Z-1"):
        (backups / leftover / "snapshots").mkdir(parents=True)

    outcome = back_up(home, backups, NOON + HOUR)

    assert {path.name for path in backups.iterdir()} == {made.name, outcome.made.name, "backup.lock"}
    assert manifest.verify(made).position == 4


FULL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from registry.backup.folder import back_up
from registry.errors import KoepelError
from registry.home import Home
home = Home(Path(sys.argv[1]))
home.ledger.position()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    back_up(home, Path(sys.argv[2]), datetime.now(UTC))
except KoepelError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("limit", [0, 10_000, 100_000])
def test_a_full_disk_leaves_no_half_backup(home: Home, backups: Path, limit: int) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", FULL, home.folder, backups, str(limit)], capture_output=True, text=True
    )

    assert done.stdout == "StorageError\n", done.stderr
    assert [path.name for path in backups.iterdir()] == ["backup.lock"]
