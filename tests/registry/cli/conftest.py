"""The command line as a person meets it who has no registry yet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from registry.cli import app
from registry.settings import settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command in English, in a place without a registry."""
    monkeypatch.setenv("KOEPEL_HOME", str(tmp_path / "registry"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    settings.cache_clear()
    yield lambda *arguments, **options: CliRunner().invoke(app, [*map(str, arguments)], **options)
    settings.cache_clear()
