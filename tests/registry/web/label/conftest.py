"""A site with one label on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.label.play import ADDRESS, Play, play


@pytest.fixture
def started(tmp_path: Path) -> Play:
    """A registry in which a label was granted, and from which nothing was published yet."""
    return play(tmp_path)


@pytest.fixture
def client(started: Play) -> Iterator[TestClient]:
    """A reader who follows no redirects by themselves."""
    home = started.desk.home
    app = create_app(home, Settings(home=home.folder, address=ADDRESS))
    app.state.desk = started.desk
    with TestClient(app, follow_redirects=False, headers={"accept-language": "en"}) as client:
        yield client
