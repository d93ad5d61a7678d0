"""`koepel label verify` with an address: everything that a label names is fetched from a real server."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from registry.home import Home
from registry.settings import Settings, settings
from registry.web.app import create_app
from tests.registry.cli.conftest import Run
from tests.registry.label.play import NUMBER, Play, play
from tests.registry.web.server import served


@pytest.fixture
def started(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """Another registry, on a port of this machine, in which a label was granted."""
    app = create_app(Home(tmp_path / "other"), Settings(home=tmp_path / "other"))
    monkeypatch.setenv("KOEPEL_ALLOW_LOOPBACK", "true")
    settings.cache_clear()
    with served(app) as address:
        started = play(tmp_path / "other", day=date.today(), address=address)
        app.state.desk = started.desk
        yield started


@pytest.mark.parametrize("path", ["", "/credential.json", "/open-badge.json", "/badge.svg", "/badge.png"])
def test_a_label_is_checked_by_its_address(run: Run, started: Play, path: str) -> None:
    result = run("label", "verify", f"{started.address}/label/{NUMBER}{path}")

    assert (result.exit_code, result.stdout.startswith("The label holds: ")) == (0, True), result.output


def test_a_file_leads_to_the_registry_that_issued_it(run: Run, started: Play, tmp_path: Path) -> None:
    path = tmp_path / "label.json"
    path.write_text(json.dumps(started.issuer.credential(started.case)))
    assert run("label", "verify", path).exit_code == 0

    started.act("revoke", date(2026, 6, 1), reason="It ended.")

    result = run("label", "verify", path)
    assert (result.exit_code, "The label was revoked" in result.stdout) == (1, True)


def test_an_issuer_that_cannot_be_asked_is_told(run: Run, started: Play, tmp_path: Path) -> None:
    path = tmp_path / "label.json"
    told = started.issuer.credential(started.case)
    told["issuer"]["id"] = "did:web:127.0.0.1%3A1:body:nobody"
    path.write_text(json.dumps(told))

    result = run("label", "verify", path)

    assert (result.exit_code, "The keys of the issuer cannot be read." in result.stdout) == (1, True)
    assert run("label", "verify", "http://127.0.0.1:1/label/1").exit_code == 2
