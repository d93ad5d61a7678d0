"""A registry that is brought back says what it said, except what the law wanted gone."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import URL

from registry import doctor
from registry.backup.folder import back_up, backups_in
from registry.backup.restore import Restored, restore
from registry.companion import KEPT, noted
from registry.errors import InvalidDataError, KoepelError, NotAllowedError, NotFoundError
from registry.graph.snapshot import Snapshot
from registry.home import Home, publish
from registry.ledger import Event, Happening
from registry.validation.standard import load_library
from registry.vocabulary import GRAPH
from tests.registry.backup.conftest import CITED, DAY, HOUR, NOON, ONE, REASON, TWO, accept, spoil
from tests.registry.noting import keep_companions


def remake(home: Home) -> None:
    """Make the graph of a home."""
    publish(home, load_library(), DAY)


def bring_back(place: Path, folder: Path, *, replace: bool = False) -> Restored:
    """Restore the home in a folder."""
    return restore(place, Home(folder), NOON, remake, replace=replace)


@contextmanager
def opened(folder: Path, address: str | None = None) -> Iterator[Home]:
    """Look into a home."""
    home = Home(folder, address)
    with closing(home.ledger):
        yield home


def statements(snapshot: Snapshot | None) -> dict[str, bytes]:
    """Read what a snapshot says in each graph, but for the one that says what it was made from."""
    assert snapshot
    store = snapshot.open()
    return {graph: store.contents(graph) for graph in store.graphs() if graph != str(GRAPH.registry)}


@pytest.fixture
def backup(home: Home, backups: Path) -> Path:
    """A backup of the registry."""
    return back_up(home, backups, NOON).made


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Where a registry is brought back to."""
    return tmp_path / "fresh"


def test_a_registry_says_again_what_it_said(home: Home, backup: Path, fresh: Path) -> None:
    restored = bring_back(backup, fresh)

    again = Home(fresh)
    assert (restored.backup, restored.erased, restored.unread, restored.aside) == (backup, (), "", None)
    assert list(again.ledger.events()) == list(home.ledger.events())
    assert statements(again.snapshots.current()) == statements(home.snapshots.current())
    assert again.snapshots.get(CITED).open().digest() == home.snapshots.get(CITED).open().digest()
    assert doctor.examine(again, load_library()).clean


def test_its_history_may_go_another_way_from_here(home: Home, backup: Path, fresh: Path) -> None:
    bring_back(backup, fresh)

    again = Home(fresh)
    assert again.ledger.lineage != home.ledger.lineage
    current = again.snapshots.current()
    assert current
    assert current.name != home.snapshots.get(CITED).name
    assert home.ledger.append(Event(ONE, Happening.REMOVED)) == again.ledger.append(
        Event(TWO, Happening.REMOVED)
    )


def test_a_name_that_was_cited_is_never_given_again(backup: Path, fresh: Path) -> None:
    bring_back(backup, fresh)

    again = Home(fresh)
    current = again.snapshots.current()
    assert current
    with pytest.raises(NotAllowedError, match=CITED):
        again.snapshots.label(current, CITED)


def test_the_newest_backup_in_a_folder_is_meant(home: Home, backups: Path, backup: Path, fresh: Path) -> None:
    accept(home.ledger, "three")
    newer = back_up(home, backups, NOON + HOUR).made

    assert bring_back(backups, fresh).backup == newer
    assert Home(fresh).ledger.position() == 6


def test_a_registry_that_is_there_is_moved_aside_on_request_only(home: Home, backup: Path) -> None:
    accept(home.ledger, "three")
    home.ledger.close()

    with pytest.raises(NotAllowedError, match="--yes"):
        bring_back(backup, home.folder)
    restored = bring_back(backup, home.folder, replace=True)

    assert restored.aside
    assert (Home(home.folder).ledger.position(), Home(restored.aside).ledger.position()) == (4, 6)


def test_a_damaged_backup_changes_nothing(home: Home, backup: Path) -> None:
    spoil(backup / "ledger.sqlite")
    before = sorted(home.folder.parent.iterdir())

    with pytest.raises(InvalidDataError, match="not what was once written"):
        bring_back(backup, home.folder, replace=True)

    assert sorted(home.folder.parent.iterdir()) == before
    assert home.ledger.position() == 4


def test_nothing_changes_when_the_graph_cannot_be_made(home: Home, backup: Path) -> None:
    def fail(_: Home) -> None:
        raise KoepelError("no", "No.")

    before = sorted(home.folder.parent.iterdir())
    with pytest.raises(KoepelError, match="No"):
        restore(backup, home, NOON, fail, replace=True)

    assert sorted(home.folder.parent.iterdir()) == before
    assert home.ledger.position() == 4


def test_what_is_no_backup_is_told(tmp_path: Path, fresh: Path) -> None:
    with pytest.raises(NotFoundError, match="no backup in"):
        bring_back(tmp_path, fresh)


def test_a_registry_that_somebody_reads_is_not_replaced(home: Home, backup: Path) -> None:
    with home.snapshots.get(CITED).lease(), pytest.raises(NotAllowedError, match="koepel serve"):
        bring_back(backup, home.folder, replace=True)


def test_a_registry_that_somebody_changes_is_not_replaced(home: Home, backup: Path) -> None:
    with home.writing(), pytest.raises(NotAllowedError, match="Another process"):
        bring_back(backup, home.folder, replace=True)


def holds(home: Home, source: str) -> bool:
    """Tell whether a registry still has anything that a source published."""
    for event in home.ledger.events(source=source):
        with suppress(NotFoundError):
            if event.digest and home.ledger.version(event.digest).original:
                return True
    return any(source in snapshot.open().graphs() for snapshot in home.snapshots.all())


def test_what_was_erased_in_the_registry_that_is_replaced_does_not_come_back(
    home: Home, backup: Path
) -> None:
    home.ledger.erase(ONE, REASON, "operator")
    home.ledger.close()

    restored = bring_back(backup, home.folder, replace=True)

    assert [one.source for one in restored.erased] == [ONE]
    again = Home(home.folder)
    assert not holds(again, ONE)
    assert holds(again, TWO)
    assert [one.reason for one in again.ledger.erasures()] == [REASON]


def test_what_was_erased_by_the_time_of_a_newer_backup_does_not_come_back(
    home: Home, backups: Path, backup: Path, fresh: Path, tmp_path: Path
) -> None:
    shutil.copytree(backup, tmp_path / "kept")
    home.ledger.erase(ONE, REASON, "operator")
    back_up(home, backups, NOON + HOUR)
    shutil.rmtree(backup)
    shutil.move(tmp_path / "kept", backup)

    bring_back(backup, fresh)

    assert not holds(Home(fresh), ONE)


def test_the_next_run_takes_what_was_erased_out_of_older_backups(
    home: Home, backups: Path, backup: Path
) -> None:
    home.ledger.erase(ONE, REASON, "operator")

    outcome = back_up(home, backups, NOON + HOUR)

    assert outcome.cleaned == (backup,)
    assert not holds(Home(backup), ONE)
    assert Home(backup).snapshots.get(CITED).labels == (CITED,)
    assert back_up(home, backups, NOON + 2 * HOUR).cleaned == ()


def test_a_cleaned_backup_can_still_be_brought_back(
    home: Home, backups: Path, backup: Path, fresh: Path
) -> None:
    home.ledger.erase(ONE, REASON, "operator")
    back_up(home, backups, NOON + HOUR)

    bring_back(backup, fresh)

    assert not holds(Home(fresh), ONE)
    assert holds(Home(fresh), TWO)


def test_a_source_that_returned_after_its_erasure_stays(home: Home, backups: Path, fresh: Path) -> None:
    home.ledger.erase(ONE, REASON, "operator")
    accept(home.ledger, "one", "Back again")
    made = back_up(home, backups, NOON + 9000 * HOUR).made

    assert back_up(home, backups, NOON + 9001 * HOUR).cleaned == ()
    bring_back(made, fresh)

    assert Home(fresh).ledger.publication(ONE) == home.ledger.publication(ONE)


def test_a_damaged_older_backup_is_told_and_left_alone(home: Home, backups: Path, backup: Path) -> None:
    spoil(backup / "ledger.sqlite")
    home.ledger.erase(ONE, REASON, "operator")

    outcome = back_up(home, backups, NOON + HOUR)

    assert (outcome.cleaned, outcome.damaged) == ((), (backup,))
    assert backups_in(backups) == [backup, outcome.made]


def test_the_files_beside_the_ledger_come_back(home: Home, backups: Path, fresh: Path) -> None:
    keep_companions(home.folder, ONE, TWO)
    backup = back_up(home, backups, NOON).made

    bring_back(backup, fresh)

    assert {*KEPT} <= {path.name for path in fresh.iterdir()}
    assert (fresh / "secret.key").read_bytes() == (home.folder / "secret.key").read_bytes()
    assert (fresh / "secret.key").stat().st_mode & 0o777 == 0o600
    assert not (fresh / "visits.sqlite").exists()
    assert noted(fresh, [ONE, TWO]) == {ONE, TWO}
    assert doctor.examine(Home(fresh), load_library()).clean


def test_they_say_nothing_of_what_was_erased_since(home: Home, backups: Path) -> None:
    keep_companions(home.folder, ONE, TWO)
    backup = back_up(home, backups, NOON).made
    home.ledger.erase(ONE, REASON, "operator")
    home.ledger.close()

    bring_back(backup, home.folder, replace=True)

    assert noted(home.folder, [ONE, TWO]) == {TWO}
    assert not any(ONE.encode() in path.read_bytes() for path in home.folder.glob("notices*"))


def test_a_ledger_that_cannot_be_read_is_told_and_replaced_all_the_same(home: Home, backup: Path) -> None:
    home.ledger.close()
    (home.folder / "ledger.sqlite").write_bytes(b"no database at all" * 100)

    restored = bring_back(backup, home.folder, replace=True)

    assert "ledger" in restored.unread
    assert Home(home.folder).ledger.position() == 4


def test_a_ledger_moves_into_a_database(home: Home, backup: Path, postgresql: URL, fresh: Path) -> None:
    address = postgresql.render_as_string(hide_password=False)

    with opened(fresh, address) as target:
        restore(backup, target, NOON, remake)

    with opened(fresh, address) as again:
        assert list(again.ledger.events()) == list(home.ledger.events())
        assert not (fresh / "ledger.sqlite").exists()
        assert doctor.examine(again, load_library()).clean


def test_what_a_database_held_before_is_kept_beside(backup: Path, postgresql: URL, fresh: Path) -> None:
    address = postgresql.render_as_string(hide_password=False)
    with opened(fresh, address) as target:
        accept(target.ledger, "former")

        with pytest.raises(NotAllowedError, match="--yes"):
            restore(backup, target, NOON, remake)
        restored = restore(backup, target, NOON, remake, replace=True)

        assert set(target.ledger.published()) == {ONE, TWO}
    assert restored.aside
    with opened(restored.aside) as former:
        assert set(former.ledger.published()) == {"https://buddy.example/former"}
