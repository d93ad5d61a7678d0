"""`koepel notify` at the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from federation.source import Source
from registry.home import Home
from registry.ledger import Event, Happening
from tests.federation.notice.post import serve_mail
from tests.registry.cli.conftest import Run

SOURCE = "https://buddy.example/one"


def give_mail(folder: Path) -> None:
    """Let the source be registered with a mail address."""
    with Home(folder / "registry").ledger as ledger:
        terms = Source(SOURCE, SOURCE, mail="info@buddy.example").terms
        ledger.append(Event(SOURCE, Happening.TRANSFERRED, SOURCE, terms=terms, time=datetime.now(UTC)))


def test_without_news_nobody_is_told(run: Run) -> None:
    result = run("notify")

    assert (result.exit_code, result.stdout) == (0, "There is nothing to tell.\n")


def test_a_trial_says_who_would_be_told(run: Run, description: Path, tmp_path: Path) -> None:
    run("add", description)
    give_mail(tmp_path)

    result = run("notify", "--dry-run")

    assert (result.exit_code, result.stdout) == (0, f"due       mail   {SOURCE}\n")


def test_mail_goes_through_the_server_that_the_settings_name(
    run: Run, description: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", description)
    give_mail(tmp_path)
    with serve_mail() as server:
        monkeypatch.setenv("KOEPEL_SMTP_URL", server.url())
        monkeypatch.setenv("KOEPEL_MAIL_FROM", "register@register.example")
        from registry.settings import settings

        settings.cache_clear()
        result = run("notify")

        assert (result.exit_code, result.stdout) == (0, f"asked     mail   {SOURCE}\n")
        assert [one["To"] for one in server.mails] == ["info@buddy.example"]
