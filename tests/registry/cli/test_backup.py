"""`koepel backup` and `koepel restore` at the command line."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from federation.notice.tray import Tray
from registry.settings import settings
from tests.registry.cli.conftest import Logged, Run, Seen
from tests.registry.ledger.conftest import postgresql, server
from tests.registry.noting import WHO_AGREED, keep_companions

__all__ = ["postgresql", "server"]

ONE = "https://buddy.example/one"


@pytest.fixture
def backups(run: Run, description: Path, tmp_path: Path) -> Path:
    """A folder with a backup of a registry with one source."""
    folder = tmp_path / "backups"
    run("add", description)
    result = run("backup", folder)
    assert (result.exit_code, result.stdout.split(" to ")[0]) == (0, "Backed up 3 events")
    return folder


def test_a_registry_comes_back(run: Run, seen: Seen, logged: Logged, backups: Path) -> None:
    run("remove", ONE, "--reason", "By mistake.")

    result = run("restore", backups, "--yes")

    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Restored 3 events from ")
    assert "What was there before is now in " in result.stdout
    assert logged() == ["registered", "fetched", "accepted"]
    assert seen(ONE)
    assert run("doctor").exit_code == 0


def test_a_registry_that_is_there_is_not_replaced_without_a_yes(
    run: Run, logged: Logged, backups: Path
) -> None:
    run("remove", ONE, "--reason", "By mistake.")

    result = run("restore", backups)

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert logged()[-1] == "removed"


def test_a_registry_comes_back_elsewhere(run: Run, backups: Path, tmp_path: Path) -> None:
    result = run("restore", backups, "--into", tmp_path / "elsewhere")

    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "elsewhere" / "ledger.sqlite").exists()


def test_the_secret_and_who_agreed_to_mail_come_back(run: Run, description: Path, tmp_path: Path) -> None:
    run("add", description)
    keep_companions(tmp_path / "registry", ONE)
    run("backup", tmp_path / "backups")

    result = run("restore", tmp_path / "backups", "--into", tmp_path / "elsewhere")

    assert result.exit_code == 0, result.stderr
    for name in ("secret.key", "registrations.txt"):
        assert (tmp_path / "elsewhere" / name).read_bytes() == (tmp_path / "registry" / name).read_bytes()
    with Tray(tmp_path / "elsewhere" / "notices.sqlite") as tray:
        assert tray.mailbox(WHO_AGREED).confirmed


def test_what_was_erased_does_not_come_back(run: Run, seen: Seen, logged: Logged, backups: Path) -> None:
    run("erase", ONE, "--reason", "Its publisher asked for it.", "--yes")

    result = run("restore", backups, "--yes")

    assert result.exit_code == 0, result.stderr
    assert f"Not brought back, because it was erased: {ONE}" in result.stdout
    assert logged()[-1] == "erased"
    assert not seen(ONE)


def test_the_next_backup_takes_it_out_of_the_older_ones(run: Run, backups: Path) -> None:
    run("erase", ONE, "--reason", "Its publisher asked for it.", "--yes")

    result = run("backup", backups)

    assert result.exit_code == 0
    assert "Took out what was erased: " in result.stdout


def test_older_backups_are_deleted_on_request(run: Run, backups: Path) -> None:
    result = run("backup", backups, "--keep", 1)

    assert "Deleted: " in result.stdout
    assert len([path for path in backups.iterdir() if path.is_dir()]) == 1


def test_a_damaged_backup_is_refused(run: Run, backups: Path, tmp_path: Path) -> None:
    (next(backups.glob("*/manifest.json"))).write_text("{}", encoding="utf-8")

    result = run("restore", backups, "--into", tmp_path / "elsewhere")

    assert result.exit_code == 2
    assert "is damaged" in result.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_registry_moves_into_a_database(
    run: Run, seen: Seen, backups: Path, tmp_path: Path, postgresql: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOEPEL_LEDGER_URL", postgresql.render_as_string(hide_password=False))
    monkeypatch.setenv("KOEPEL_HOME", str(tmp_path / "elsewhere"))
    settings.cache_clear()

    assert run("restore", backups).exit_code == 0
    assert seen(ONE)
    assert run("remove", ONE, "--reason", "It has ended.").exit_code == 0
    assert run("backup", tmp_path / "of-database").stdout.startswith("Backed up 4 events")
    assert run("doctor").exit_code == 0
