"""The command line as a person meets it who has no registry yet."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from registry.cli import app
from registry.settings import settings
from tests.federation.description import text

Run = Callable[..., Result]
Seen = Callable[[str], bool]
Logged = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command in English, in a place without a registry."""
    monkeypatch.setenv("KOEPEL_HOME", str(tmp_path / "registry"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    settings.cache_clear()
    yield lambda *arguments, **options: CliRunner().invoke(app, [*map(str, arguments)], **options)
    settings.cache_clear()


@pytest.fixture
def description(tmp_path: Path) -> Path:
    """A file with a description that passes."""
    path = tmp_path / "one.ttl"
    path.write_bytes(text())
    return path


@pytest.fixture
def seen(run: Run) -> Seen:
    """Tell whether readers see anything of a source."""
    return lambda source: (
        run("query", "-", input=f"ASK {{ GRAPH <{source}> {{ ?s ?p ?o }} }}").stdout == "true\n"
    )


@pytest.fixture
def logged(run: Run) -> Logged:
    """Say what the log holds, in the word for each event."""

    def read(*source: str) -> list[str]:
        events = json.loads(run("log", *source, "--format", "json").stdout)["events"]
        return [event["happening"] for event in events]

    return read
